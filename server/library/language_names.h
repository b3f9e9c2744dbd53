// Languages as people write them: by a name instead of a tag. Pure; one thread (the names are gathered at the first use).
#pragma once

#include <string>
#include <string_view>

namespace roundelay {

// "de" for "German", "Deutsch", "Allemand": a name in English, German, Spanish, French or Russian, or in the language itself,
// whatever its case and accents. Empty: no language is called so. `name`: UTF-8.
[[nodiscard]] std::string language_named(std::string_view name);

}  // namespace roundelay
