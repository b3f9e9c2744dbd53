// What rooms get, what is left, and when it goes back.
#include "server/conductor/song_memory.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <string>

namespace roundelay::song_memory_test {
namespace {

class SongMemoryTest : public ::testing::Test {
 protected:
  SongMemoryTest() {
    Segment::remove(name_);
    segment_.emplace(std::move(*Segment::create(name_, {.max_shards = 2, .max_rooms = 4, .lane_blocks = 256}, Timeline{})));
    memory_.emplace(*segment_);
    empty_ = segment_->memory().used_bytes;
  }
  ~SongMemoryTest() override { Segment::remove(name_); }
  [[nodiscard]] uint64_t taken() const { return segment_->memory().used_bytes - empty_; }
  // No more than so much can be reserved in all.
  void limit(uint64_t bytes) {
    segment_->reserve_with([this, bytes](int fd, uint64_t offset, uint64_t wanted) {
      if (taken() + wanted > bytes) return ENOSPC;
      return posix_fallocate(fd, static_cast<off_t>(offset), static_cast<off_t>(wanted));
    });
  }

  std::string name_ = "/roundelay-song-memory-test-" + std::to_string(getpid());
  std::optional<Segment> segment_;
  std::optional<SongMemory> memory_;
  uint64_t empty_ = 0;
};

TEST_F(SongMemoryTest, ARoomMoreThanFitsIsRefusedAndSingsWhenAnotherHasGivenItsBack) {
  limit(3 * segment_->song_bytes(128) + 4096);
  for (int row = 0; row < 3; ++row) EXPECT_TRUE(memory_->reserve(row, 128));
  EXPECT_FALSE(memory_->reserve(3, 128));
  EXPECT_EQ(taken(), 3 * segment_->song_bytes(128));
  memory_->give_back(1, 1'000);
  memory_->tick();
  EXPECT_EQ(taken(), 2 * segment_->song_bytes(128));
  EXPECT_TRUE(memory_->reserve(3, 128));
}

TEST_F(SongMemoryTest, TheNextSongOfARoomTakesNothingMore) {
  EXPECT_TRUE(memory_->reserve(0, 128));
  EXPECT_TRUE(memory_->reserve(0, 64));
  EXPECT_TRUE(memory_->reserve(0, 128));
  EXPECT_EQ(taken(), segment_->song_bytes(128));
  EXPECT_TRUE(memory_->reserve(0, 256));
  EXPECT_EQ(taken(), segment_->song_bytes(256));
}

TEST_F(SongMemoryTest, NothingGoesBackBeforeEveryShardThatRunsHasTickedSince) {
  segment_->shard(1).pid.store(4711);
  segment_->shard(1).heartbeat_ns.store(1'000);
  ASSERT_TRUE(memory_->reserve(0, 128));
  memory_->give_back(0, 1'000);
  memory_->tick();
  EXPECT_EQ(taken(), segment_->song_bytes(128));
  segment_->shard(1).heartbeat_ns.store(1'000 + 2 * kBlockNanos);
  memory_->tick();
  EXPECT_EQ(taken(), 0U);
}

TEST_F(SongMemoryTest, WhatIsWantedAgainMeanwhileStays) {
  segment_->shard(1).pid.store(4711);
  ASSERT_TRUE(memory_->reserve(0, 128));
  memory_->give_back(0, 1'000);
  memory_->tick();
  ASSERT_TRUE(memory_->reserve(0, 128));
  segment_->shard(1).pid.store(0);
  memory_->tick();
  EXPECT_EQ(taken(), segment_->song_bytes(128));
}

TEST_F(SongMemoryTest, WhatAConductorBeforeReservedIsKnown) {
  ASSERT_TRUE(memory_->reserve(2, 128));
  SongMemory next(*segment_);
  next.adopt(2, 128);
  limit(0);
  EXPECT_TRUE(next.reserve(2, 128));
  next.give_back(2, 1'000);
  next.tick();
  EXPECT_EQ(taken(), 0U);
}

}  // namespace
}  // namespace roundelay::song_memory_test
