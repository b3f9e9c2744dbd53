// What a singer's loop time is: the measure that a song's interval is chosen from. Pure; on the conductor's loop.
#pragma once

#include <optional>

namespace roundelay {

// What a shard says of a singer once a second (`measure` in INTERNALS.md).
struct LoopReport {
  double loop_ms = 0;       // 99th percentile of the last minute or half
  double late_percent = 0;  // of her blocks of the last ten seconds, 0 to 100
  int blocks = 0;           // of which the percentile is
  double level_db = -100;   // of her voice
};

// The last report over many blocks: one over fewer is hardly more than a maximum, and counts only until there is a better one.
class LoopEstimate {
 public:
  static constexpr int kManyBlocks = 100;

  void add(const LoopReport& report) {
    late_percent_ = report.late_percent;
    if (of_many_ && report.blocks < kManyBlocks) return;
    loop_ms_ = report.loop_ms;
    of_many_ = report.blocks >= kManyBlocks;
  }
  // Milliseconds; nothing if she was not measured yet.
  [[nodiscard]] std::optional<double> loop_ms() const { return loop_ms_; }
  // Of so many blocks that it is more than a guess.
  [[nodiscard]] bool of_many() const { return of_many_; }
  [[nodiscard]] double late_percent() const { return late_percent_; }

 private:
  std::optional<double> loop_ms_;
  bool of_many_ = false;
  double late_percent_ = 0;
};

}  // namespace roundelay
