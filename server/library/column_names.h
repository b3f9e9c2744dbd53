// What the columns of a table of songs are called: in English, German, Spanish, French and Russian, as people write it over their
// tables. Pure; one thread (the names are gathered at the first use).
#pragma once

#include <string>
#include <string_view>

namespace roundelay {

// "artist" for "Artist", "Künstler", "Interpret:", "исполнитель"; "length" for "Dauer (mm:ss)". Empty: no column is called so.
// `name`: UTF-8.
[[nodiscard]] std::string_view column_named(std::string_view name);

// Whether it may be a song's title where no column is called so more plainly: "Name".
[[nodiscard]] bool may_mean_title(std::string_view name);

}  // namespace roundelay
