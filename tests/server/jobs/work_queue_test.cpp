#include "server/jobs/work_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace roundelay::work_queue_test {
namespace {

class WorkQueueTest : public testing::Test {
 protected:
  // True if it was taken.
  bool add(const std::string& owner, const std::string& name) {
    return queue_.add(owner, [this, name] { started_.push_back(name); });
  }

  WorkQueue queue_{{.max_running = 2, .max_waiting = 3}};
  std::vector<std::string> started_;
};

using Names = std::vector<std::string>;

TEST_F(WorkQueueTest, StartsAtOnceWhileThereIsRoom) {
  EXPECT_TRUE(add("A", "a1"));
  EXPECT_TRUE(add("B", "b1"));
  EXPECT_EQ(started_, (Names{"a1", "b1"}));
  EXPECT_TRUE(add("C", "c1"));
  EXPECT_EQ(queue_.running(), 2u);
  EXPECT_EQ(queue_.waiting(), 1u);
  queue_.done("A");
  EXPECT_EQ(started_, (Names{"a1", "b1", "c1"}));
}

TEST_F(WorkQueueTest, WhatIsTooMuchIsRefusedAndNeverStarted) {
  for (const char* owner : {"A", "B", "C", "D", "E"}) {
    EXPECT_TRUE(queue_.has_room());
    EXPECT_TRUE(add(owner, owner));
  }
  EXPECT_FALSE(queue_.has_room());
  EXPECT_FALSE(add("F", "F"));
  for (const char* owner : {"A", "B", "C", "D", "E"}) queue_.done(owner);
  EXPECT_EQ(started_, (Names{"A", "B", "C", "D", "E"}));
  EXPECT_EQ(queue_.running(), 0u);
}

TEST_F(WorkQueueTest, AnOwnersOwnWaitsForItselfWhileOthersGoOn) {
  for (const char* name : {"a1", "a2", "a3"}) EXPECT_TRUE(add("A", name));
  EXPECT_EQ(started_, (Names{"a1"})) << "one of A's at a time, though two may run";
  EXPECT_TRUE(add("B", "b1"));
  EXPECT_EQ(started_, (Names{"a1", "b1"}));
  queue_.done("B");
  EXPECT_EQ(started_, (Names{"a1", "b1"}));
  queue_.done("A");
  EXPECT_EQ(started_, (Names{"a1", "b1", "a2"}));
}

TEST_F(WorkQueueTest, OwnersTakeTurnsWhateverTheOrderOfComing) {
  WorkQueue queue({.max_running = 1, .max_waiting = 100});
  Names order;
  for (const auto& [owner, name] : {std::pair{"A", "a1"}, {"A", "a2"}, {"A", "a3"}, {"B", "b1"}, {"B", "b2"}, {"C", "c1"}})
    EXPECT_TRUE(queue.add(owner, [&order, name = name] { order.emplace_back(name); }));
  for (const char* owner : {"A", "B", "C", "A", "B", "A"}) queue.done(owner);
  EXPECT_EQ(order, (Names{"a1", "b1", "c1", "a2", "b2", "a3"}));
}

TEST_F(WorkQueueTest, WorkThatEndsWhileItStartsLetsTheNextBegin) {
  Names order;
  WorkQueue queue({.max_running = 1, .max_waiting = 100});
  EXPECT_TRUE(queue.add("A", [&] { order.emplace_back("a1"); }));
  for (const char* owner : {"B", "C"}) {
    EXPECT_TRUE(queue.add(owner, [&, owner] {
      order.emplace_back(owner);
      queue.done(owner);
    }));
  }
  queue.done("A");
  EXPECT_EQ(order, (Names{"a1", "B", "C"}));
  EXPECT_EQ(queue.running() + queue.waiting(), 0u);
}

}  // namespace
}  // namespace roundelay::work_queue_test
