// What the messages of `roundelay.1` have in common. Each has a header of its own in this folder: a struct that can write itself
// (`to_json`) and be read (`read`): from a server the struct or a sentence that says what is wrong, from a client the struct or a
// Refusal (refusal.h). What a reader does not know is left out: later versions may say more. Pure; never throws.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>
#include <tl/expected.hpp>

#include "server/wire/control/fields.h"

namespace roundelay::control {

template <typename T>
using Read = tl::expected<T, std::string>;

[[nodiscard]] inline tl::unexpected<std::string> wrong(std::string sentence) {
  return tl::unexpected(std::move(sentence));
}

// Empty if the message has none.
[[nodiscard]] inline std::string type_of(const nlohmann::json& message) {
  return text_field(message, "type").value;
}

[[nodiscard]] inline nlohmann::json text_or_null(const std::optional<std::string>& text) {
  return text ? nlohmann::json(*text) : nlohmann::json(nullptr);
}

// Nothing if it is missing or null.
[[nodiscard]] inline Read<std::optional<std::string>> read_text_or_null(const nlohmann::json& in, const char* key) {
  const auto text = text_field(in, key);
  if (!text.valid) return wrong(std::string(key).append(" must be text or null."));
  return text.present ? std::optional(text.value) : std::nullopt;
}

// Sets each flag that is there; false if one is neither true nor false, or is missing where each `must` be there.
[[nodiscard]] inline bool read_flags(const nlohmann::json& in, std::initializer_list<std::pair<const char*, bool*>> flags,
                                     bool must = false) {
  for (const auto& [key, flag] : flags) {
    const auto read = bool_field(in, key);
    if (!read.valid || (must && !read.present)) return false;
    *flag = read.value;
  }
  return true;
}

template <typename T>
[[nodiscard]] nlohmann::json list_json(const std::vector<T>& list) {
  nlohmann::json out = nlohmann::json::array();
  for (const T& one : list) out.push_back(one.to_json());
  return out;
}

template <typename T>
[[nodiscard]] Read<std::vector<T>> read_list(const nlohmann::json& in, const char* key) {
  const nlohmann::json* list = find_field(in, key);
  if (list == nullptr || !list->is_array()) return wrong(std::string(key).append(" must be a list."));
  std::vector<T> out;
  out.reserve(list->size());
  for (const nlohmann::json& one : *list) {
    auto read = T::read(one);
    if (!read) return wrong(std::move(read.error()));
    out.push_back(*std::move(read));
  }
  return out;
}

// What lies under this key, or null.
[[nodiscard]] inline const nlohmann::json& part(const nlohmann::json& in, const char* key) {
  static const nlohmann::json kNull;
  const nlohmann::json* found = find_field(in, key);
  return found == nullptr ? kNull : *found;
}

}  // namespace roundelay::control
