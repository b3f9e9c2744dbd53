// The head of an HTTP/1.1 request: from bytes to a checked value, or to what is to be answered. Pure; RFC 9110, RFC 9112.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

// Why a request is not taken; the connection is closed after the answer.
struct HttpFault {
  int status = 400;
  std::string code = "bad_message";  // as in PROTOCOL.md
  std::string message;               // a sentence for people
  std::string more_headers = {};     // whole lines
};

struct HttpHead {
  std::string method;
  std::string path;                                         // percent-decoded, UTF-8 without control characters
  std::vector<std::string> arguments;                       // "name=value" of the query, decoded likewise
  std::string query;                                        // as it came, for those who decode it in another way
  std::vector<std::pair<std::string, std::string>> fields;  // names in small letters, in their order
  int64_t content_length = -1;                              // -1: not given
  bool keep_alive = true;
  bool expects_continue = false;

  // The first field of this name (in small letters), or nothing.
  [[nodiscard]] std::string_view field(std::string_view name) const;
  // True if one of the comma-separated words of this field is `word` (in small letters), whatever the case.
  [[nodiscard]] bool lists(std::string_view name, std::string_view word) const;
};

// Without the spaces and tabs at its ends (OWS of RFC 9110).
[[nodiscard]] std::string_view trimmed_field(std::string_view text);

inline constexpr size_t kMaxHeadBytes = 32'768;  // browsers send every cookie of the host
inline constexpr size_t kMaxTargetBytes = 8'192;
inline constexpr size_t kMaxFields = 100;

// How many bytes belong to the head that `bytes` begin with, its empty line among them; nothing while that has not come.
[[nodiscard]] std::optional<size_t> head_length(std::string_view bytes);
// `head` is what head_length() found.
[[nodiscard]] tl::expected<HttpHead, HttpFault> parse_head(std::string_view head);

// The text with ASCII letters made small.
[[nodiscard]] std::string in_small_letters(std::string_view text);

}  // namespace roundelay
