// What every message between processes has: its kind in `op`; in `seq` a number, if it is sent again until the conductor has
// acknowledged it. One JSON object a line. Each message has a header of its own in this folder: a struct, `to_json` and `read`,
// which gives nothing for what cannot be. Pure; never throws.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/wire/control/fields.h"

namespace roundelay::link {

// Of the messages between processes. It changes with them: processes that speak different ones are not let talk.
inline constexpr uint64_t kLinkVersion = 2;

// A whole number from 0 on; nothing if it is missing or another thing.
[[nodiscard]] inline std::optional<uint64_t> natural_field(const nlohmann::json& in, const char* key, int64_t most = kMaxNumber) {
  const auto field = integer_field(in, key, 0, most);
  return field.given() ? std::optional(static_cast<uint64_t>(field.value)) : std::nullopt;
}

// The same of an element of a list.
[[nodiscard]] inline std::optional<uint64_t> natural(const nlohmann::json& in) {
  if (!in.is_number_integer() || in.get<int64_t>() < 0) return std::nullopt;
  return in.get<uint64_t>();
}

// Empty if it has none.
[[nodiscard]] inline std::string kind_of(const nlohmann::json& message) {
  return text_field(message, "op").value;
}

[[nodiscard]] inline std::optional<uint64_t> number_of(const nlohmann::json& message) {
  const auto number = natural_field(message, "seq");
  return number && *number > 0 ? number : std::nullopt;
}

inline void set_number(nlohmann::json& message, uint64_t number) {
  message["seq"] = number;
}

// Without its end. Names come from people: what is not UTF-8 is replaced rather than thrown over.
[[nodiscard]] inline std::string line_of(const nlohmann::json& message) {
  return message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// The text as JSON writes it, at the end of `line`.
inline void append_quoted(std::string_view text, std::string& line) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
  if (!plain) {
    line += line_of(std::string(text));
    return;
  }
  line += '"';
  line += text;
  line += '"';
}

// What lies under this key, taken out of the message; null if nothing does.
[[nodiscard]] inline nlohmann::json take_field(nlohmann::json& message, const char* key) {
  if (!message.is_object()) return nullptr;
  const auto found = message.find(key);
  return found == message.end() ? nlohmann::json() : std::move(*found);
}

// The same, if it is a text; else an empty one.
[[nodiscard]] inline std::string take_text(nlohmann::json& message, const char* key) {
  nlohmann::json field = take_field(message, key);
  return field.is_string() ? std::move(field.get_ref<std::string&>()) : std::string();
}

}  // namespace roundelay::link
