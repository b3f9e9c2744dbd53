// `done`: what a client asked for by a number was carried out (PROTOCOL.md 3.2). What it says more depends on the command: it
// stands with it, in lead.h and start.h.
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Done {
  static constexpr const char* kType = "done";
  int64_t id = 0;         // of the request
  std::string about;      // its type
  int64_t position = 0;   // now
  nlohmann::json more{};  // an object with the fields of this command, or null

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"id", id}, {"about", about}, {"position", position}};
    if (more.is_object()) out.update(more);
    return out;
  }

  [[nodiscard]] static Read<Done> read(const nlohmann::json& in) {
    const auto id = integer_field(in, "id", 0, kMaxNumber);
    const auto about = text_field(in, "about");
    const auto position = integer_field(in, "position", 0, kMaxNumber);
    if (!id.given()) return wrong("id must be a whole number.");
    if (!about.given()) return wrong("about must be the type of a message.");
    if (!position.given()) return wrong("position must be a position.");
    Done out{id.value, about.value, position.value, nlohmann::json::object()};
    for (const auto& [key, value] : in.items()) {
      if (key != "type" && key != "id" && key != "about" && key != "position") out.more[key] = value;
    }
    return out;
  }
};

}  // namespace roundelay::control
