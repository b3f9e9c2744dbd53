// Those who only listen, and `listeners`: they are named one by one or not any more, or their number changed (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct Listeners {
  int64_t count = 0;  // connected
  bool named = true;  // they are among the people; otherwise only their number is told

  [[nodiscard]] nlohmann::json to_json() const { return {{"count", count}, {"named", named}}; }
  [[nodiscard]] static Read<Listeners> read(const nlohmann::json& in) {
    const auto count = integer_field(in, "count", 0, INT32_MAX);
    const auto named = bool_field(in, "named");
    if (!count.given() || !named.given()) return wrong("listeners must have a count and say whether they are named.");
    return Listeners{count.value, named.value};
  }
};

struct ListenersNews {
  static constexpr const char* kType = "listeners";
  Listeners listeners;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"listeners", listeners.to_json()}}; }
  [[nodiscard]] static Read<ListenersNews> read(const nlohmann::json& in) {
    auto listeners = Listeners::read(part(in, "listeners"));
    if (!listeners) return wrong(std::move(listeners.error()));
    return ListenersNews{*listeners};
  }
};

}  // namespace roundelay::control
