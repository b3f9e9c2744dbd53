// How many blocks a message carries: fewer messages cost less, but each block waits for the last one of its message.
// Pure values; safe in the tick.
#pragma once

#include <algorithm>
#include <optional>

#include "server/base/loop_margin.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay {

struct BatchPolicy {
  int pinned = 0;         // 1 to wire::kMaxBlocksPerMessage: for everybody; 0: as below
  bool strained = false;  // the shard sheds work: listeners wait longer

  static constexpr int kListenerBlocks = 3;
  // What one more block costs a singer: it waits once in the shard and once in her client, for the message's last.
  static constexpr double kWaitPerBlockMs = 2 * 20;

  // Who only listens has no deadline.
  [[nodiscard]] int for_listener() const {
    if (pinned > 0) return pinned;
    return strained ? wire::kMaxBlocksPerMessage : kListenerBlocks;
  }

  // What the interval leaves beside her loop time (99th percentile at one block a message; nothing while it is unknown).
  [[nodiscard]] int for_singer(double interval_ms, std::optional<double> loop_ms) const {
    if (pinned > 0) return pinned;
    if (!loop_ms) return 1;
    // The reserve is of the whole, batches included: otherwise the next song's interval would grow because of them.
    const double spare_ms = interval_ms / kLoopMargin - *loop_ms;
    return std::clamp(1 + static_cast<int>(spare_ms / kWaitPerBlockMs), 1, wire::kMaxBlocksPerMessage);
  }
};

}  // namespace roundelay
