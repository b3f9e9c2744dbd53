#include "server/room/interval.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace roundelay::interval_test {
namespace {

constexpr int kFloorMs = 200;

TEST(Interval, IsNeverBelowTheFloorNorAboveTenSeconds) {
  EXPECT_EQ(interval_blocks_for(0, kFloorMs), 10);
  EXPECT_EQ(interval_blocks_for(120, kFloorMs), 10);
  EXPECT_EQ(interval_blocks_for(9'000, kFloorMs), 500);
  EXPECT_EQ(interval_blocks_for(1e9, kFloorMs), 500);
  EXPECT_EQ(interval_blocks_for(20, 60), 3);
}

TEST(Interval, LeavesAMarginAboveTheLoopTimeButAtMostHalfOfIt) {
  for (double loop_ms = 134; loop_ms < 7'000; loop_ms += 0.7) {
    const double interval_ms = 20.0 * interval_blocks_for(loop_ms, kFloorMs);
    EXPECT_LE(interval_ms, std::max(1.5 * loop_ms, 200.0)) << loop_ms;
    EXPECT_GE(interval_ms, 1.36 * loop_ms) << loop_ms;
  }
}

TEST(Interval, EqualsAreThoseWhoNeedAboutTheSame) {
  EXPECT_EQ(speed_class(10, kFloorMs), speed_class(140, kFloorMs)) << "both have time under the floor";
  EXPECT_LT(speed_class(140, kFloorMs), speed_class(300, kFloorMs));
  EXPECT_EQ(speed_class(std::nullopt, kFloorMs), speed_class(kUnmeasuredLoopMs, kFloorMs));
}

// A stream of blocks over TCP: a lost one, and all that wait behind it, arrive when it has been repeated, one round trip after
// the receiver's side has noticed; the repetition may be lost too. Both ways, each with jitter of a tenth of the round trip.
class TcpLoop {
 public:
  TcpLoop(double round_trip_ms, double loss, unsigned seed) : round_trip_ms_(round_trip_ms), loss_(loss), random_(seed) {}

  std::vector<double> loop_times(int blocks) {
    std::vector<double> sent(static_cast<size_t>(blocks));
    for (size_t i = 0; i < sent.size(); ++i) sent[i] = 20.0 * static_cast<double>(i);
    std::vector<double> times = one_way(one_way(sent));
    for (size_t i = 0; i < times.size(); ++i) times[i] += kClientMs - sent[i];
    return times;
  }

 private:
  static constexpr double kClientMs = 20;
  std::vector<double> one_way(const std::vector<double>& sent) {
    std::uniform_real_distribution<double> chance(0, 1);
    std::uniform_real_distribution<double> jitter(-0.1, 0.1);
    std::vector<double> arrived;
    double last = 0;
    for (const double at : sent) {
      double delay = round_trip_ms_ / 2 * (1 + jitter(random_));
      // Noticed when the acknowledgement of a later block comes; then it is sent again.
      while (chance(random_) < loss_) delay += round_trip_ms_ + 25;
      last = std::max(last, at + delay);
      arrived.push_back(last);
    }
    return arrived;
  }
  double round_trip_ms_;
  double loss_;
  std::mt19937 random_;
};

double percentile_99(std::vector<double> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() * 99 / 100];
}

TEST(Interval, SufficesForThreeMinutesOverALossyNetwork) {
  for (const double round_trip_ms : {20.0, 80.0, 200.0}) {
    int late = 0;
    int sung = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
      TcpLoop loop(round_trip_ms, 0.005, seed);
      const double before = percentile_99(loop.loop_times(3'000));  // the minute before
      const std::vector<double> song = loop.loop_times(9'000);
      const double interval_ms = 20.0 * interval_blocks_for(before, kFloorMs);
      late += static_cast<int>(std::count_if(song.begin(), song.end(), [&](double ms) { return ms >= interval_ms; }));
      sung += 9'000;
    }
    EXPECT_LT(static_cast<double>(late) / sung, 0.001) << round_trip_ms;
  }
}

}  // namespace
}  // namespace roundelay::interval_test
