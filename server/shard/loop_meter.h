// A singer's loop time (99th percentile) over half a minute to a minute of a song, longer where little is measured, and her share
// of late blocks over the last seconds: a pair of histograms and a pair of counters, of each one filling and one full. Loop
// thread only; adding is safe in the tick.
#pragma once

#include <array>
#include <cstdint>

namespace roundelay {

class LoopMeter {
 public:
  static constexpr int kBins = 512;
  static constexpr double kBinMs = 8;  // to 4 s; longer times count as the last bin
  // A percentile needs many blocks, otherwise one lost packet is most of what lies above it; what is late is to be seen soon.
  static constexpr int kTurnsOfTimes = 6;
  // A half of the window waits until it has so many, but not for longer than so many halves.
  static constexpr int kEnoughForHalf = 250;
  static constexpr int kMostHalves = 4;

  struct Reading {
    int blocks = 0;           // of which the loop times are; 0: nothing was heard of her
    double loop_ms = 0;       // 99th percentile, upper edge of its bin
    double late_percent = 0;  // 0 to 100
  };

  // A block that came back after so long.
  void add_time(double loop_ms);
  // A block of a song, and whether it came too late.
  void add_block(bool late) {
    ++late_[0].blocks;
    late_[0].late += late ? 1 : 0;
  }
  // Loop times that the percentile is of.
  [[nodiscard]] int times() const { return times_[0].blocks + times_[1].blocks; }
  // Starts a new half of the window of late blocks; call every half window. That of loop times is at least kTurnsOfTimes as long.
  void turn();
  // The same person on the same line sings something else now: loop times stay, what was late does not matter any more.
  void forget_late() { late_ = {}; }
  // Her blocks take another way now.
  void forget_times() {
    times_ = {};
    turns_ = 0;
  }
  [[nodiscard]] Reading read() const;

 private:
  struct Times {
    std::array<uint16_t, kBins> bins{};
    int blocks = 0;
  };
  struct Late {
    int blocks = 0;
    int late = 0;
  };
  std::array<Times, 2> times_{};  // [0] is filling
  std::array<Late, 2> late_{};
  int turns_ = 0;  // of late blocks, since that of loop times
};

}  // namespace roundelay
