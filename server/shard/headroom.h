// How much work a shard can still take, from what it measured of itself: CPU time, late ticks, the cost of a voice and of a
// message. Decides what is shed, in this order: encode quality, meters, listeners' batching; timing never. Pure: told once a
// second, owned by the shard's loop.
#pragma once

#include <cstdint>

namespace roundelay {

class Headroom {
 public:
  struct Limits {
    int most_complexity = 10;  // of the encoders, while there is room
    double core_share = 1;     // what of a core this shard may count on (shards may be more than cores)
  };
  explicit Headroom(const Limits& limits)
      : limits_(limits),
        complexity_(limits.most_complexity),
        capacity_(static_cast<int>(kFull * limits.core_share / singer_cost())) {}

  // What happened in a second.
  struct Second {
    double load = 0;          // CPU time used, of one core
    double late_ticks = 0;    // share of the ticks that began too late, 0 to 1
    int singers = 0;          // sessions that may sing, whether a song is on or not
    double voice_us = 0;      // CPU time of taking in one voice block; 0: none came
    double message_us = 0;    // CPU time of writing one message; 0: none was written
    double messages_out = 0;  // written, without those to singers: goes on whatever they do
  };
  void take(const Second& second);

  // 0: nothing is shed; 1: encode quality; 2: meters too; 3: listeners' batching too.
  [[nodiscard]] int strain() const { return strain_; }
  [[nodiscard]] int complexity() const { return complexity_; }
  // Singers that this shard can serve at once, those that are here included, at one block a message and all of them singing.
  [[nodiscard]] int capacity() const { return capacity_; }
  // CPU time of one singer's second, of one core.
  [[nodiscard]] double singer_cost() const;

  // A shard is full here; its ticks still begin in time (bench/RESULTS.md).
  static constexpr double kFull = 0.80;

 private:
  void shed(const Second& second);

  static constexpr double kTight = 0.60;      // quality falls above
  static constexpr double kRoom = 0.45;       // and rises below
  static constexpr double kStrained = 0.75;   // more is shed above
  static constexpr double kLateTicks = 0.02;  // or when this share of the ticks began late
  static constexpr int kCalmSeconds = 5;      // before a step back
  static constexpr double kBlocksPerSecond = 50;
  static constexpr double kSmoothing = 0.2;  // of the costs' running means

  Limits limits_;
  int strain_ = 0;
  int complexity_;
  int calm_seconds_ = 0;
  double voice_us_ = 25;  // until measured: a common server's
  double message_us_ = 5;
  double load_ = 0;  // the highest of late, falling slowly: the songs' load, not the pauses'
  int capacity_;
};

}  // namespace roundelay
