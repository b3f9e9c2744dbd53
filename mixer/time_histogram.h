// How long something took, as a histogram in shared memory: one process writes, all may read at any time (a reader may see a
// count that its neighbour does not show yet). Zeroed memory is an empty histogram. add() is safe in the tick.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace roundelay {

class TimeHistogram {
 public:
  // Four bins an octave, so that a percentile is at most 25 % too high; from 1 us to 1 s, longer times in the last bin.
  static constexpr int kBins = 82;
  // The bin's upper edge in nanoseconds; the last bin has none and gives INT64_MAX.
  [[nodiscard]] static int64_t upper_ns(int bin);
  [[nodiscard]] static int bin_of(int64_t ns);

  void add(int64_t ns);

  // What was counted so far; differences of two give a stretch of time.
  struct Counts {
    std::array<uint64_t, kBins> bins{};
    uint64_t count = 0;
    uint64_t sum_ns = 0;
    int64_t worst_ns = 0;  // ever
    // The upper edge of the bin in which the share `quantile` (0 to 1) of all times is reached, at most worst_ns; 0 if there are
    // none.
    [[nodiscard]] int64_t quantile_ns(double quantile) const;
  };
  [[nodiscard]] Counts read() const;

 private:
  std::array<std::atomic<uint64_t>, kBins> bins_;
  std::atomic<uint64_t> sum_ns_;
  std::atomic<int64_t> worst_ns_;
};

}  // namespace roundelay
