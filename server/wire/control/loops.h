// `loops`, to leader and organisers: what the interval would be, and whose connection holds the others up (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct SlowSinger {
  std::string id;
  double loop_ms = 0;
  double late_percent = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"id", id}, {"loop_ms", loop_ms}, {"late_percent", late_percent}}; }
  [[nodiscard]] static Read<SlowSinger> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto loop_ms = number_field(in, "loop_ms", 0, 1e9);
    const auto late_percent = number_field(in, "late_percent", 0, 100);
    if (!id.given() || !loop_ms.given() || !late_percent.given())
      return wrong("A slow singer must have an id, loop_ms and late_percent.");
    return SlowSinger{id.value, loop_ms.value, late_percent.value};
  }
};

struct Loops {
  static constexpr const char* kType = "loops";
  int64_t interval_ms = 0;
  std::vector<SlowSinger> slow;

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"type", kType}, {"interval_ms", interval_ms}, {"slow", list_json(slow)}};
  }
  [[nodiscard]] static Read<Loops> read(const nlohmann::json& in) {
    const auto interval = integer_field(in, "interval_ms", 0, kMaxNumber);
    if (!interval.given()) return wrong("interval_ms must be a whole number.");
    auto slow = read_list<SlowSinger>(in, "slow");
    if (!slow) return wrong(std::move(slow.error()));
    return Loops{interval.value, *std::move(slow)};
  }
};

}  // namespace roundelay::control
