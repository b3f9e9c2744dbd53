#include "server/http/health.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace roundelay::health_test {
namespace {

constexpr int64_t kMs = 1'000'000;
constexpr int64_t kNow = 1'000'000 * kMs;

class HealthTest : public testing::Test {
 protected:
  HealthTest() {
    Segment::remove(name_);
    segment_.emplace(*Segment::create(name_, {.max_shards = 2, .max_rooms = 1, .lane_blocks = 64}, Timeline::anchored_now()));
    segment_->conductor().pid.store(1);
    segment_->conductor().heartbeat_ns.store(kNow);
    for (int i = 0; i < 2; ++i) {
      segment_->shard(i).pid.store(2 + i);
      segment_->shard(i).heartbeat_ns.store(kNow);
    }
  }
  ~HealthTest() override { Segment::remove(name_); }

  // As "conductor stands, shard 1 away".
  [[nodiscard]] std::string told(int64_t now_ns) const {
    std::string out;
    for (const Trouble& each : troubles(*segment_, now_ns)) out += (out.empty() ? "" : ", ") + each.process + " " + each.state;
    return out;
  }

  std::string name_ = "/roundelay-health-" + std::to_string(getpid());
  std::optional<Segment> segment_;
};

TEST_F(HealthTest, WhileAllTurnThereIsNothingToTell) {
  EXPECT_EQ(told(kNow + 900 * kMs), "");
}

TEST_F(HealthTest, WhoStandsIsNamed) {
  segment_->shard(0).heartbeat_ns.store(kNow + 1'500 * kMs);
  EXPECT_EQ(told(kNow + 1'500 * kMs), "shard 1 stands");
  EXPECT_EQ(told(kNow + 2'100 * kMs), "conductor stands, shard 1 stands");
}

TEST_F(HealthTest, WhoDoesNotRunIsAway) {
  segment_->conductor().pid.store(0);
  segment_->shard(0).pid.store(0);
  EXPECT_EQ(told(kNow), "conductor away, shard 0 away");
}

}  // namespace
}  // namespace roundelay::health_test
