// What a singer's loop time was lately: the measure that a song's interval is chosen from. Pure; on the conductor's loop.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

namespace roundelay {

// What a shard says of a singer once a second, over its window of about ten seconds (`measure` in INTERNALS.md).
struct LoopReport {
  double loop_ms = 0;       // 99th percentile
  double late_percent = 0;  // of her blocks, 0 to 100
  int blocks = 0;           // in the window
};

// A window of many blocks (a song, or the dense probes after joining) has a percentile that is worth its name. Between songs few
// probes come, and their percentile is a maximum: one lost packet, which TCP then repeats only after a timer, would look like a
// slow network. So the estimate is the largest percentile of the last minute that was densely measured, however long ago; it is
// raised between songs only when *all* of the last minute's sparse windows lie above it, that is when the network has changed.
class LoopHistory {
 public:
  static constexpr int kDenseBlocks = 100;

  void add(const LoopReport& report, int64_t now_ns);
  // Milliseconds; nothing if she was not measured yet.
  [[nodiscard]] std::optional<double> loop_ms(int64_t now_ns) const;
  [[nodiscard]] double late_percent() const { return late_percent_; }

 private:
  static constexpr int kSlots = 6;
  static constexpr int64_t kSlotNs = 10'000'000'000;
  static constexpr int kEnoughSlots = 3;  // one lost packet is seen in two of them at most
  struct Slot {
    int64_t number = -1;  // of ten seconds; -1: unused
    double largest_ms = 0;
    double smallest_ms = 0;
  };
  using Slots = std::array<Slot, kSlots>;
  static void put(Slots& slots, int64_t number, double loop_ms);

  Slots dense_;   // the newest first
  Slots sparse_;  // the newest first
  double late_percent_ = 0;
};

}  // namespace roundelay
