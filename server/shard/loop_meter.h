// A singer's loop time (99th percentile) and share of late blocks over the last seconds: two histograms, one filling, one full.
// Loop thread only; add() is safe in the tick.
#pragma once

#include <array>
#include <cstdint>

namespace roundelay {

class LoopMeter {
 public:
  static constexpr int kBins = 512;
  static constexpr double kBinMs = 8;  // to 4 s; longer times count as the last bin

  struct Reading {
    int blocks = 0;           // in the window; 0: nothing was heard of her
    double loop_ms = 0;       // 99th percentile, upper edge of its bin
    double late_percent = 0;  // 0 to 100
  };

  void add(double loop_ms, bool late);
  // Starts a new half of the window; call every half window.
  void turn();
  void reset() { halves_ = {}; }
  [[nodiscard]] Reading read() const;

 private:
  struct Half {
    std::array<uint16_t, kBins> bins{};
    int blocks = 0;
    int late = 0;
  };
  std::array<Half, 2> halves_{};  // [0] is filling
};

}  // namespace roundelay
