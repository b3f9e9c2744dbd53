#include "server/shard/cost_meter.h"

#include <gtest/gtest.h>

namespace roundelay::cost_meter_test {
namespace {

class CostMeterTest : public testing::Test {
 protected:
  void SetUp() override { cpu_ns_ = 0; }
  void work(int64_t ns, uint64_t pieces) {
    meter_.measure(
        [&] {
          cpu_ns_ += ns;
          pieces_ += pieces;
        },
        [this] { return pieces_; });
  }

  static int64_t cpu_ns() { return cpu_ns_; }
  static inline int64_t cpu_ns_ = 0;
  uint64_t pieces_ = 0;
  CostMeter meter_{cpu_ns};
};

TEST_F(CostMeterTest, TellsWhatAPieceCosts) {
  for (int i = 0; i < 32; ++i) work(60'000, 3);
  EXPECT_DOUBLE_EQ(meter_.take_us(), 20);
  EXPECT_EQ(meter_.take_us(), 0) << "nothing since";
}

TEST_F(CostMeterTest, WorkThatDidNoPieceCostsNone) {
  // Answers to probes come between the voices.
  for (int i = 0; i < 320; ++i) work(i % 32 == 0 ? 20'000 : 100'000, i % 32 == 0 ? 1 : 0);
  EXPECT_DOUBLE_EQ(meter_.take_us(), 20);
}

}  // namespace
}  // namespace roundelay::cost_meter_test
