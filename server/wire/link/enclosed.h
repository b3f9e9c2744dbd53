// A text may stand behind a message in its line, as it is: so an answer that is only passed on is not parsed and written again.
// Between the two stands a byte that JSON never has. Pure; never throws.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace roundelay::link {

// Where the reader of a line finds the text in its message.
inline constexpr const char* kEnclosed = "enclosed";
inline constexpr char kEnclosedBehind = '\x1e';
[[nodiscard]] inline bool may_be_enclosed(std::string_view text) {
  return text.find('\n') == std::string_view::npos && text.find(kEnclosedBehind) == std::string_view::npos;
}
// Discarded if its beginning is no JSON.
[[nodiscard]] inline nlohmann::json message_of(std::string_view line) {
  const size_t end = line.find(kEnclosedBehind);
  nlohmann::json message = nlohmann::json::parse(line.substr(0, end), nullptr, false);
  if (end == std::string_view::npos || !message.is_object()) return message;
  const std::string_view enclosed = line.substr(end + 1);
  std::string text;
  text.reserve(enclosed.size() + 1);  // whoever sends it on ends it with a line feed
  text = enclosed;
  message[kEnclosed] = std::move(text);
  return message;
}

}  // namespace roundelay::link
