#include "server/conductor/shard_link.h"

#include <gtest/gtest.h>

namespace roundelay::shard_link_test {
namespace {

TEST(ShardLink, WhatWaitsIsHeardInOrder) {
  ShardLink link(0);
  link.wait({1, 10, "a"});
  link.wait({2, 11, "b"});
  EXPECT_TRUE(link.anybody_waits());
  EXPECT_EQ(link.next()->message, "a");
  EXPECT_EQ(link.next()->session, 2u);
  EXPECT_FALSE(link.next());
  EXPECT_FALSE(link.anybody_waits());
}

TEST(ShardLink, WhoIsGoneIsLeftOut) {
  ShardLink link(0);
  link.session_closed(3);  // nobody waits: nothing to remember
  link.wait({1, 10, "a"});
  link.wait({2, 11, "b"});
  link.session_closed(1);
  EXPECT_EQ(link.next()->session, 2u);
  link.wait({3, 12, "c"});
  EXPECT_EQ(link.next()->session, 3u);
}

TEST(ShardLink, WhatWaitsIsNotActedOn) {
  ShardLink link(0);
  EXPECT_EQ(link.acted_on(), std::nullopt);
  link.heard(9);
  EXPECT_EQ(link.acted_on(), 9u);
  link.wait({1, 10, "a"});
  link.heard(10);
  link.heard(11);
  link.wait({2, 12, "b"});
  link.heard(12);
  EXPECT_EQ(link.acted_on(), 9u);
  static_cast<void>(link.next());
  EXPECT_EQ(link.acted_on(), 11u);
  static_cast<void>(link.next());
  EXPECT_EQ(link.acted_on(), 12u);
}

TEST(ShardLink, IsFullAtItsCapacityOrLoad) {
  ShardLink link(0);
  for (SessionId session = 1; session <= 3; ++session) link.sings(session, true);
  EXPECT_FALSE(link.is_full()) << "nothing reported";
  link.reported(0.3, 4);
  EXPECT_FALSE(link.is_full());
  link.sings(4, true);
  EXPECT_TRUE(link.is_full());
  link.sings(4, true);
  link.sings(3, false);
  EXPECT_FALSE(link.is_full());
  link.reported(0.95, 100);
  EXPECT_TRUE(link.is_full());
  link.reported(0.5, std::nullopt);
  EXPECT_FALSE(link.is_full());
}

}  // namespace
}  // namespace roundelay::shard_link_test
