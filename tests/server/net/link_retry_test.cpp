#include "server/net/link_retry.h"

#include <gtest/gtest.h>

namespace roundelay::link_retry_test {
namespace {

TEST(LinkRetry, ToAConductorThatIsAwayAtOnceAndAlways) {
  LinkRetry retry;
  for (uint64_t i = 0; i < 100; ++i) EXPECT_EQ(retry.next_ms(i), LinkRetry::kFirstMs);
}

TEST(LinkRetry, ToOneThatTurnsItAwayMoreAndMoreSeldom) {
  LinkRetry retry;
  uint64_t now_ms = 1'000;
  uint64_t before_ms = LinkRetry::kFirstMs;
  for (int i = 0; i < 10; ++i) {
    retry.connected(now_ms);
    const uint64_t pause_ms = retry.next_ms(now_ms + 1);
    EXPECT_EQ(pause_ms, std::min(2 * before_ms, LinkRetry::kLastMs));
    before_ms = pause_ms;
    now_ms += pause_ms;
  }
  EXPECT_EQ(before_ms, LinkRetry::kLastMs);
  EXPECT_EQ(retry.next_ms(now_ms), LinkRetry::kFirstMs) << "nobody is there: a new one comes";
}

TEST(LinkRetry, AConnectionWithAWordOrOfSomeTimeWasAGoodOne) {
  LinkRetry retry;
  retry.connected(1'000);
  EXPECT_GT(retry.next_ms(1'001), LinkRetry::kFirstMs);
  retry.connected(2'000);
  retry.heard();
  EXPECT_EQ(retry.next_ms(2'001), LinkRetry::kFirstMs);
  retry.connected(3'000);
  EXPECT_EQ(retry.next_ms(3'000 + LinkRetry::kGoodMs), LinkRetry::kFirstMs);
}

}  // namespace
}  // namespace roundelay::link_retry_test
