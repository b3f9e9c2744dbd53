// `loop`, to a singer: how well her connection keeps up (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

// Blocks of a singer that were dropped, by reason (PROTOCOL.md 2.1).
struct DroppedBlocks {
  uint64_t past = 0;
  uint64_t future = 0;
  uint64_t order = 0;
  uint64_t backlog = 0;
};

struct Loop {
  static constexpr const char* kType = "loop";
  double loop_ms = 0;  // 99th percentile; 0 while none is known
  double late_percent = 0;
  std::optional<DroppedBlocks> dropped;  // left out while there are none

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}, {"loop_ms", loop_ms}, {"late_percent", late_percent}};
    if (dropped)
      out["dropped"] = {
          {"past", dropped->past}, {"future", dropped->future}, {"order", dropped->order}, {"backlog", dropped->backlog}};
    return out;
  }

  [[nodiscard]] static Read<Loop> read(const nlohmann::json& in) {
    const auto loop_ms = number_field(in, "loop_ms", 0, 1e9);
    const auto late_percent = number_field(in, "late_percent", 0, 100);
    if (!loop_ms.given()) return wrong("loop_ms must be a number of milliseconds.");
    if (!late_percent.given()) return wrong("late_percent must be a number from 0 to 100.");
    Loop out{loop_ms.value, late_percent.value, {}};
    if (const nlohmann::json* dropped = find_field(in, "dropped")) {
      out.dropped.emplace();
      for (const auto& [key, value] : {std::pair{"past", &out.dropped->past}, std::pair{"future", &out.dropped->future},
                                       std::pair{"order", &out.dropped->order}, std::pair{"backlog", &out.dropped->backlog}}) {
        const auto count = integer_field(*dropped, key, 0, kMaxNumber);
        if (!count.given()) return wrong("dropped must tell past, future, order and backlog.");
        *value = static_cast<uint64_t>(count.value);
      }
    }
    return out;
  }
};

}  // namespace roundelay::control
