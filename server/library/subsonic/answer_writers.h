// The answer of a player's method as text. Pure.
#pragma once

#include <string>
#include <string_view>

#include "server/library/subsonic/answer_node.h"

namespace roundelay {

enum class SubsonicFormat { kXml, kJson, kJsonp };

// Whether a script may be told to call this: a name of JavaScript, dots between its parts, at most 100 characters.
[[nodiscard]] bool is_callback_name(std::string_view name);

// The element "subsonic-response" with what is in `root`. What XML has no place for (control characters, half characters) becomes
// U+FFFD.
[[nodiscard]] std::string subsonic_xml(const SubsonicNode& root);
[[nodiscard]] std::string subsonic_json(const SubsonicNode& root);
// `callback` has been checked. No script ends in the middle of it.
[[nodiscard]] std::string subsonic_jsonp(const SubsonicNode& root, std::string_view callback);

[[nodiscard]] std::string_view content_type_of(SubsonicFormat format);

}  // namespace roundelay
