// `rights`: what one may do in the room from now on (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

[[nodiscard]] inline Read<std::vector<std::string>> read_texts(const nlohmann::json& in, const char* key) {
  const nlohmann::json& list = part(in, key);
  std::vector<std::string> out;
  if (!list.is_null() && !list.is_array()) return wrong(std::string(key).append(" must be a list."));
  for (const nlohmann::json& one : list) {
    if (!one.is_string()) return wrong(std::string(key).append(" must be a list of texts."));
    out.push_back(one.get<std::string>());
  }
  return out;
}

struct Rights {
  static constexpr const char* kType = "rights";
  std::vector<std::string> rights;  // types of commands
  bool organiser = false;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"rights", rights}, {"organiser", organiser}}; }
  [[nodiscard]] static Read<Rights> read(const nlohmann::json& in) {
    auto rights = read_texts(in, "rights");
    const auto organiser = bool_field(in, "organiser");
    if (!rights) return wrong(std::move(rights.error()));
    if (!organiser.given()) return wrong("organiser must be true or false.");
    return Rights{*std::move(rights), organiser.value};
  }
};

}  // namespace roundelay::control
