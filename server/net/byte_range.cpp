#include "server/net/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "server/net/http_head.h"

namespace roundelay {
namespace {

// Digits alone; what is too large for a file is as large as can be.
std::optional<int64_t> number_of(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) return std::nullopt;
  int64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc() ? number : INT64_MAX;
}

}  // namespace

RangeAnswer range_answer(std::string_view range, std::string_view if_range, std::string_view etag, int64_t bytes) {
  RangeAnswer whole{.bytes = bytes};
  constexpr std::string_view kUnit = "bytes=";
  if (!if_range.empty() && trimmed_field(if_range) != etag) return whole;
  if (in_small_letters(range.substr(0, kUnit.size())) != kUnit) return whole;
  range = trimmed_field(range.substr(kUnit.size()));
  const size_t dash = range.find('-');
  if (dash == range.npos) return whole;
  const std::string_view from = trimmed_field(range.substr(0, dash));
  const std::string_view to = trimmed_field(range.substr(dash + 1));
  const auto first = number_of(from);
  const auto last = number_of(to);
  if ((!from.empty() && !first) || (!to.empty() && !last) || (!first && !last) || (first && last && *last < *first)) return whole;

  int64_t begin = 0;
  int64_t end = bytes;
  if (first) {
    begin = *first;
    if (last) end = std::min(*last, bytes - 1) + 1;
  } else {
    begin = bytes - std::min(*last, bytes);  // the last so many
  }
  if (begin >= end) return {.status = 416, .content_range = "content-range: bytes */" + std::to_string(bytes) + "\r\n"};
  return {.status = 206,
          .first = begin,
          .bytes = end - begin,
          .content_range = "content-range: bytes " + std::to_string(begin) + "-" + std::to_string(end - 1) + "/" +
                           std::to_string(bytes) + "\r\n"};
}

bool etag_is_known(std::string_view if_none_match, std::string_view etag) {
  while (!if_none_match.empty()) {
    const size_t comma = std::min(if_none_match.find(','), if_none_match.size());
    std::string_view each = trimmed_field(if_none_match.substr(0, comma));
    if (each == "*") return true;
    if (each.starts_with("W/")) each.remove_prefix(2);
    if (!each.empty() && each == etag) return true;
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
  }
  return false;
}

}  // namespace roundelay
