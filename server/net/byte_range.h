// Which part of a resource a request asks for (RFC 9110, section 14). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace roundelay {

struct RangeAnswer {
  int status = 200;   // 200: all of it; 206: a part; 416: there is no such part
  int64_t first = 0;  // byte
  int64_t bytes = 0;  // that are sent
  // The header "content-range" with its end of line; empty with 200.
  std::string content_range = {};
};

// `range` and `if_range` are the request's headers, empty where there is none; `etag` and `bytes` the resource's. What is no
// range of bytes, or several at once, gets all of it, as the RFC allows; so does an If-Range that is not this etag.
[[nodiscard]] RangeAnswer range_answer(std::string_view range, std::string_view if_range, std::string_view etag, int64_t bytes);

// True if one of the entity tags of If-None-Match is this one, weak or not, or "*".
[[nodiscard]] bool etag_is_known(std::string_view if_none_match, std::string_view etag);

}  // namespace roundelay
