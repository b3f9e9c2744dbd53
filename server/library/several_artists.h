// Names that tags and tables give to whoever an album of many is by. Pure.
#pragma once

#include <string_view>

namespace roundelay {

inline constexpr std::string_view kSeveralArtists = "Various Artists";

// "Various Artists" and the like, in the languages of the page.
[[nodiscard]] bool are_several_artists(std::string_view name);

}  // namespace roundelay
