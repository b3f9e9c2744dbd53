// Whether somebody sings steadily early or late: how loudness changes in her voice against the mix that she heard, over a song.
// One per singer; loop thread only.
// Between ticks: a window and a judgement take some 20 us each. Nothing allocates.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "mixer/energy_ring.h"

namespace roundelay {

class TimingMeter {
 public:
  static constexpr int kWindowBlocks = 200;  // 4 s
  static constexpr int kMostLagHops = 80;    // 400 ms either way are looked at, so that what repeats by the beat is seen to
  static constexpr size_t kLags = 2 * kMostLagHops + 1;
  static constexpr size_t kParts = 16;
  static constexpr int kRingBlocks = 512;  // what the rings must hold: 10 s
  static constexpr int kMostBehind = 280;  // blocks from a window's begin to `until`: the rest of the ring is for loop times

  // A song begins.
  void restart(Position song_start);

  // Takes the next window if all of it lies before `until`. False: there was none. Windows that the rings may have lost are
  // passed over.
  bool take_window(const EnergyRing& voice, const EnergyRing& mix, Position until);

  struct Judgement {
    bool certain = false;
    double late_ms = 0;  // below 0: early
    // What it rests on; for tests and for whoever tunes it.
    double error_ms = 0;   // standard error
    double second = 0;     // the second highest peak, as a share of the highest
    double clearness = 0;  // the peak over the spread of the rest
    double height = 0;
    double agree = 0;   // share of the parts
    double copied = 0;  // how far something stands out that matches more sharply than people do: the mix in her microphone
    int windows = 0;
  };
  [[nodiscard]] Judgement judge() const;

 private:
  using Curve = std::array<float, kLags>;
  struct Part {
    Curve curve{};
    int windows = 0;
  };
  void add(const Curve& curve);

  std::array<Part, kParts> parts_{};
  size_t used_ = 0;          // parts
  int windows_of_part_ = 1;  // of each part, as long as the song lasts by now
  Position next_;            // where the next window begins
};

}  // namespace roundelay
