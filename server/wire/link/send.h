// `send`, from the conductor: these sessions are told this control message.
#pragma once

#include <vector>

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Send {
  static constexpr const char* kOp = "send";
  std::vector<uint64_t> sessions;
  nlohmann::json message;

  [[nodiscard]] nlohmann::json to_json() && { return {{"op", kOp}, {"sessions", sessions}, {"msg", std::move(message)}}; }
  [[nodiscard]] static std::optional<Send> read(nlohmann::json in) {
    const nlohmann::json* list = find_field(in, "sessions");
    if (list == nullptr || !list->is_array()) return std::nullopt;
    Send out;
    out.sessions.reserve(list->size());
    for (const nlohmann::json& each : *list) {
      const auto session = natural(each);
      if (!session) return std::nullopt;
      out.sessions.push_back(*session);
    }
    out.message = take_field(in, "msg");
    return out.message.is_object() ? std::optional(std::move(out)) : std::nullopt;
  }
};

}  // namespace roundelay::link
