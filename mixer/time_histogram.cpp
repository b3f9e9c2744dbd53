#include "mixer/time_histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace roundelay {
namespace {

constexpr int kPerOctave = 4;
constexpr int64_t kFirstNs = 1024;  // the first bin ends here

}  // namespace

int64_t TimeHistogram::upper_ns(int bin) {
  if (bin >= kBins - 1) return INT64_MAX;
  return (kFirstNs << (bin / kPerOctave)) / kPerOctave * (kPerOctave + bin % kPerOctave);
}

// Within an octave the bins are of equal width (log-linear, as in Tene's HdrHistogram).
int TimeHistogram::bin_of(int64_t ns) {
  if (ns <= kFirstNs) return 0;
  const auto above = static_cast<uint64_t>(ns - 1);  // an upper edge belongs to its bin
  const auto octave = static_cast<int>(std::bit_width(above / kFirstNs)) - 1;
  const auto quarter = static_cast<int>((above >> octave) / (kFirstNs / kPerOctave)) - kPerOctave;
  return std::min(octave * kPerOctave + quarter + 1, kBins - 1);
}

void TimeHistogram::add(int64_t ns) {
  const auto bump = [](auto& cell, auto by) { cell.store(cell.load(std::memory_order_relaxed) + by, std::memory_order_relaxed); };
  const int64_t time = std::max<int64_t>(ns, 0);
  bump(bins_[static_cast<size_t>(bin_of(time))], uint64_t{1});
  bump(sum_ns_, static_cast<uint64_t>(time));
  if (time > worst_ns_.load(std::memory_order_relaxed)) worst_ns_.store(time, std::memory_order_relaxed);
}

TimeHistogram::Counts TimeHistogram::read() const {
  Counts counts;
  for (size_t i = 0; i < bins_.size(); ++i) {
    counts.bins[i] = bins_[i].load(std::memory_order_relaxed);
    counts.count += counts.bins[i];
  }
  counts.sum_ns = sum_ns_.load(std::memory_order_relaxed);
  counts.worst_ns = worst_ns_.load(std::memory_order_relaxed);
  return counts;
}

int64_t TimeHistogram::Counts::quantile_ns(double quantile) const {
  if (count == 0) return 0;
  const double wanted = std::ceil(quantile * static_cast<double>(count));
  uint64_t seen = 0;
  for (int bin = 0; bin < kBins; ++bin) {
    seen += bins[static_cast<size_t>(bin)];
    if (seen > 0 && static_cast<double>(seen) >= wanted) return std::min(upper_ns(bin), worst_ns);
  }
  return worst_ns;
}

}  // namespace roundelay
