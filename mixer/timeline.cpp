#include "mixer/timeline.h"

#include <ctime>

namespace roundelay {
namespace {

// 48,000 samples in 10^9 ns are 3 samples in 62,500 ns.
constexpr int64_t kRatioSamples = 3;
constexpr int64_t kRatioNanos = 62'500;
static_assert(kRatioSamples * 1'000'000'000 == kRatioNanos * kSampleRate);

int64_t clock_ns(clockid_t clock) {
  timespec t{};
  clock_gettime(clock, &t);
  return int64_t{t.tv_sec} * 1'000'000'000 + t.tv_nsec;
}

// Quotient rounded down and remainder from 0 to divisor - 1.
struct Division {
  int64_t quotient;
  int64_t remainder;
};
Division divide_down(int64_t dividend, int64_t divisor) {
  Division d{dividend / divisor, dividend % divisor};
  if (d.remainder < 0) d = {d.quotient - 1, d.remainder + divisor};
  return d;
}

}  // namespace

int64_t monotonic_ns() {
  return clock_ns(CLOCK_MONOTONIC);
}

Timeline Timeline::anchored_now() {
  // The wall clock is read between two readings of the monotonic one: their middle is when that was.
  const int64_t before = monotonic_ns();
  const int64_t wall_ns = clock_ns(CLOCK_REALTIME);
  const int64_t after = monotonic_ns();
  const Division wall = divide_down(wall_ns, kBlockNanos);
  return {before + (after - before) / 2 - wall.remainder, Position{wall.quotient * kBlockSamples}};
}

Position Timeline::at(int64_t ns) const {
  const Division d = divide_down(ns - anchor_ns, kRatioNanos);
  return {anchor.samples + d.quotient * kRatioSamples + d.remainder * kRatioSamples / kRatioNanos};
}

int64_t Timeline::ns_of(Position p) const {
  // Positions further away than 64 bits of nanoseconds (292 years, or "no end") saturate.
  const int64_t limit = p < anchor ? INT64_MIN : INT64_MAX;
  int64_t distance = 0;
  if (__builtin_sub_overflow(p.samples, anchor.samples, &distance)) return limit;
  const Division d = divide_down(distance, kRatioSamples);
  int64_t ns = 0;
  if (__builtin_mul_overflow(d.quotient, kRatioNanos, &ns)) return limit;
  const int64_t rest = (d.remainder * kRatioNanos + kRatioSamples - 1) / kRatioSamples;
  if (__builtin_add_overflow(ns, rest, &ns) || __builtin_add_overflow(ns, anchor_ns, &ns)) return limit;
  return ns;
}

}  // namespace roundelay
