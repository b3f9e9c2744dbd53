#include "tests/network/line.h"

#include <gtest/gtest.h>

#include <cmath>

namespace roundelay::network::line_test {
namespace {

constexpr int64_t kMs = 1'000'000;

// Sends packets of one byte 100 ms apart, so that order does not hold anybody back, and returns the delays of those that arrive.
std::vector<double> delays_ms(const LineSettings& settings, int packets, uint64_t seed) {
  std::vector<double> delays;
  Line line(settings, seed);
  for (int64_t i = 0; i < packets; ++i) {
    line.put({1}, i * 100 * kMs);
    const int64_t due_ns = line.due_ns();
    if (line.take(due_ns)) delays.push_back(static_cast<double>(due_ns - i * 100 * kMs) / kMs);
  }
  return delays;
}

TEST(Line, DelaysAreNormalAboutTheirMean) {
  const auto delays = delays_ms({40, 4, 0}, 20'000, 1);
  ASSERT_EQ(delays.size(), 20'000U);
  double sum = 0;
  double squares = 0;
  for (const double d : delays) {
    sum += d;
    squares += (d - 40) * (d - 40);
  }
  EXPECT_NEAR(sum / 20'000, 40, 0.1);
  EXPECT_NEAR(std::sqrt(squares / 20'000), 4, 0.1);
}

TEST(Line, LosesItsShareAndRepeatsWithTheSameSeed) {
  const auto delays = delays_ms({10, 1, 0.005}, 100'000, 7);
  EXPECT_NEAR(1 - static_cast<double>(delays.size()) / 100'000, 0.005, 0.0007);
  EXPECT_EQ(delays_ms({10, 1, 0.005}, 100'000, 7), delays);
  EXPECT_NE(delays_ms({10, 1, 0.005}, 100'000, 8), delays);
}

TEST(Line, NothingOvertakesAndNothingComesEarly) {
  Line line({20, 10, 0}, 3);
  for (uint8_t i = 0; i < 200; ++i) line.put({i}, i * kMs);
  int64_t before_ns = 0;
  for (uint8_t i = 0; i < 200; ++i) {
    const int64_t due_ns = line.due_ns();
    EXPECT_GE(due_ns, before_ns);
    EXPECT_FALSE(line.take(due_ns - 1)) << "too early";
    const auto packet = line.take(due_ns);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->front(), i);
    before_ns = due_ns;
  }
  EXPECT_EQ(line.due_ns(), INT64_MAX);
  EXPECT_FALSE(line.take(INT64_MAX));
}

TEST(Line, IsBounded) {
  Line line({1000, 0, 0}, 1);
  for (size_t i = 0; i < Line::kMaxPackets + 10; ++i) line.put({1}, 0);
  size_t out = 0;
  while (line.take(2000 * kMs)) ++out;
  EXPECT_EQ(out, Line::kMaxPackets);
}

}  // namespace
}  // namespace roundelay::network::line_test
