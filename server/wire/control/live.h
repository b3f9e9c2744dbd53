// `live`: whether the room can be heard by a link, and how many hear it there (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Live {
  int64_t players = 0;              // that hear it now
  std::optional<std::string> link;  // its path on this server; to organisers

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"players", players}};
    if (link) out["link"] = *link;
    return out;
  }
  [[nodiscard]] static Read<Live> read(const nlohmann::json& in) {
    const auto players = integer_field(in, "players", 0, INT32_MAX);
    const auto link = text_field(in, "link");
    if (!players.given()) return wrong("live must say how many players there are.");
    if (!link.valid) return wrong("link must be text.");
    return Live{players.value, link.given() ? std::optional(link.value) : std::nullopt};
  }
};

struct LiveNews {
  static constexpr const char* kType = "live";
  std::optional<Live> live;  // nothing: there is no link

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"type", kType}, {"live", live ? live->to_json() : nlohmann::json(nullptr)}};
  }
  [[nodiscard]] static Read<LiveNews> read(const nlohmann::json& in) {
    if (find_field(in, "live") == nullptr) return LiveNews{};
    auto live = Live::read(part(in, "live"));
    if (!live) return wrong(std::move(live.error()));
    return LiveNews{*std::move(live)};
  }
};

}  // namespace roundelay::control
