// What somebody may have meant by a name that there is not. Pure.
#pragma once

#include <span>
#include <string_view>

namespace roundelay {

// The nearest of these names, capitals and hyphens taken as small letters and underscores; of those that are equally near, the
// first. Empty where none is near: more than a third of the letters differ, and none holds the word as a part.
[[nodiscard]] std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names);

}  // namespace roundelay
