// `open_live` and `close_live`, from a client: the room can be heard by a link, in any player, or not any more (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct OpenLive {
  static constexpr const char* kType = "open_live";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<OpenLive> read(const nlohmann::json&) { return OpenLive{}; }
};

// What its `done` says more.
struct OpenLiveDone {
  std::string link;  // its path on this server

  [[nodiscard]] nlohmann::json to_json() const { return {{"link", link}}; }
};

struct CloseLive {
  static constexpr const char* kType = "close_live";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<CloseLive> read(const nlohmann::json&) { return CloseLive{}; }
};

}  // namespace roundelay::control
