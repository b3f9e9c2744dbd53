#include "mixer/segment.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <functional>
#include <limits>
#include <utility>

#include "test_support.h"

namespace roundelay::segment_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::Samples;

constexpr SegmentSize kSmall{3, 4, 64};
const Timeline kTimeline{123'456'789, Position{960'000}};

class SegmentTest : public ::testing::Test {
 protected:
  Segment create(SegmentSize size = kSmall) {
    auto segment = Segment::create(name_.get(), size, kTimeline);
    if (!segment) throw std::runtime_error("no segment");
    return std::move(*segment);
  }
  SegmentError open_error() {
    auto segment = Segment::open(name_.get());
    if (segment) throw std::runtime_error("opened");
    return segment.error();
  }
  // Bytes that the object really occupies.
  int64_t resident_bytes() {
    const int fd = shm_open(name_.get().c_str(), O_RDONLY, 0);
    struct stat status {};
    EXPECT_EQ(fstat(fd, &status), 0);
    close(fd);
    return int64_t{status.st_blocks} * 512;
  }
  // A file of this length with the name of the segment.
  void make_file(int64_t bytes, const void* content = nullptr, size_t content_bytes = 0) {
    const int fd = shm_open(name_.get().c_str(), O_RDWR | O_CREAT | O_EXCL, 0600);
    ASSERT_GE(fd, 0);
    EXPECT_EQ(ftruncate(fd, bytes), 0);
    if (content_bytes > 0) {
      EXPECT_EQ(pwrite(fd, content, content_bytes, 0), static_cast<ssize_t>(content_bytes));
    }
    close(fd);
  }
  void truncate_file(int64_t bytes) {
    const int fd = shm_open(name_.get().c_str(), O_RDWR, 0);
    ASSERT_GE(fd, 0);
    EXPECT_EQ(ftruncate(fd, bytes), 0);
    close(fd);
  }
  static SegmentHeader& writable_header(const Segment& segment) { return const_cast<SegmentHeader&>(segment.header()); }

  test_parts::SegmentName name_;
};

TEST_F(SegmentTest, WhatOneCreatesAnotherOpens) {
  const Segment made = create();
  const auto opened = Segment::open(name_.get());
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->header().magic, kSegmentMagic);
  EXPECT_EQ(opened->header().version.load(), kSegmentVersion);
  EXPECT_EQ(opened->header().max_shards, kSmall.max_shards);
  EXPECT_EQ(opened->header().max_rooms, kSmall.max_rooms);
  EXPECT_EQ(opened->header().lane_blocks, kSmall.lane_blocks);
  EXPECT_EQ(opened->header().owner_pid, getpid());
  EXPECT_EQ(opened->timeline().anchor_ns, kTimeline.anchor_ns);
  EXPECT_EQ(opened->timeline().anchor, kTimeline.anchor);

  made.conductor().heartbeat_ns.store(7);
  EXPECT_EQ(opened->conductor().heartbeat_ns.load(), 7);
  made.shard(2).bytes_in.add(5);
  EXPECT_EQ(opened->shard(2).bytes_in.get(), 5U);
  LaneWriter(made.lane(3, 2), 64).add(block_at(1), constant(0.5F), 1, 1);
  Samples sum{};
  EXPECT_EQ(LaneReader(opened->lane(3, 2), 64).add_to(sum, block_at(1)), 1);
  EXPECT_EQ(sum, constant(0.5F));
}

TEST_F(SegmentTest, RowsAndLanesDoNotOverlap) {
  const Segment segment = create();
  std::vector<std::pair<const void*, size_t>> areas = {{&segment.header(), sizeof(SegmentHeader)}};
  for (int s = 0; s < 3; ++s) areas.emplace_back(&segment.shard(s), sizeof(ShardRow));
  for (int r = 0; r < 4; ++r) areas.emplace_back(&segment.room(r), sizeof(RoomRow));
  for (int r = 0; r < 4; ++r) {
    for (int b = 0; b < kRoomStreams; ++b) areas.emplace_back(segment.stream(r, b).slots, sizeof(StreamSlots));
    for (int part = 0; part < static_cast<int>(kMostParts); ++part) {
      areas.emplace_back(&segment.part_head(r, part), sizeof(PartHead));
      for (int b = 0; b < kMaxBuckets; ++b) areas.emplace_back(segment.part_stream(r, b, part).slots, sizeof(StreamSlots));
    }
  }
  for (int r = 0; r < 4; ++r) {
    for (size_t kind = 0; kind < kLaneKinds; ++kind) {
      for (int s = 0; s < 3; ++s) areas.emplace_back(segment.lane(r, s, static_cast<LaneKind>(kind)), 64 * sizeof(LaneBlock));
    }
  }
  for (size_t i = 1; i < areas.size(); ++i) {
    EXPECT_GE(static_cast<const char*>(areas[i].first), static_cast<const char*>(areas[i - 1].first) + areas[i - 1].second) << i;
  }
  const auto* end = static_cast<const char*>(areas.back().first) + areas.back().second;
  EXPECT_EQ(end, reinterpret_cast<const char*>(&segment.header()) + segment.header().total_bytes);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(segment.lane(0, 0)) % 4096, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(segment.stream(1, 0).slots) % 4096, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&segment.room(1)) % 64, 0U);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(&segment.shard(1)) % 64, 0U);
}

TEST_F(SegmentTest, ANameExistsOnceAndGoesWhenRemoved) {
  const Segment segment = create();
  const auto again = Segment::create(name_.get(), kSmall, kTimeline);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error(), SegmentError::kExists);
  EXPECT_TRUE(Segment::remove(name_.get()));
  EXPECT_FALSE(Segment::remove(name_.get()));
  EXPECT_EQ(open_error(), SegmentError::kMissing);
  segment.shard(0).ticks.add();  // the mapping stays
  EXPECT_EQ(segment.shard(0).ticks.get(), 1U);
}

TEST_F(SegmentTest, SizesThatMakeNoSenseAreRefusedAndLeaveNothingBehind) {
  constexpr uint32_t kMax = std::numeric_limits<uint32_t>::max();
  const SegmentSize bad[] = {
      {0, 1, 64}, {65, 1, 64},        {kMax, 1, 64}, {1, 0, 64},         {1, kMax, 64},           {1, 1, 0},
      {1, 1, 63}, {1, 1, 0x80000000}, {1, 1, kMax},  {kMax, kMax, kMax}, {64, 1U << 20, 1U << 20}};
  for (const SegmentSize& size : bad) {
    const auto segment = Segment::create(name_.get(), size, kTimeline);
    ASSERT_FALSE(segment);
    EXPECT_EQ(segment.error(), SegmentError::kSystem);
    EXPECT_EQ(open_error(), SegmentError::kMissing);
  }
  EXPECT_FALSE(Segment::create("no/such/name", kSmall, kTimeline));
}

TEST_F(SegmentTest, AForeignFileIsNotOpened) {
  make_file(1 << 20, "something else", 14);
  EXPECT_EQ(open_error(), SegmentError::kForeign);
}

TEST_F(SegmentTest, AnEmptyOrShortFileIsTooSmall) {
  make_file(0);
  EXPECT_EQ(open_error(), SegmentError::kTooSmall);
  truncate_file(sizeof(SegmentHeader) - 1);
  EXPECT_EQ(open_error(), SegmentError::kTooSmall);
  truncate_file(sizeof(SegmentHeader));
  EXPECT_EQ(open_error(), SegmentError::kForeign);
}

TEST_F(SegmentTest, AFileShorterThanItSaysIsTooSmall) {
  const auto bytes = static_cast<int64_t>(create().header().total_bytes);
  truncate_file(bytes - 1);
  EXPECT_EQ(open_error(), SegmentError::kTooSmall);
  truncate_file(bytes);
  EXPECT_TRUE(Segment::open(name_.get()));
}

TEST_F(SegmentTest, AHalfMadeOrOtherVersionIsForeign) {
  const Segment segment = create();
  for (const uint32_t version : {0U, kSegmentVersion + 1}) {
    writable_header(segment).version.store(version);
    EXPECT_EQ(open_error(), SegmentError::kForeign);
  }
  writable_header(segment).version.store(kSegmentVersion);
  EXPECT_TRUE(Segment::open(name_.get()));
}

TEST_F(SegmentTest, LengthsThatContradictEachOtherAreForeign) {
  const Segment segment = create();
  SegmentHeader& header = writable_header(segment);
  const auto refused_with = [&](auto& field, auto value) {
    const auto good = std::exchange(field, value);
    EXPECT_EQ(open_error(), SegmentError::kForeign);
    field = good;
  };
  refused_with(header.max_shards, 0U);
  refused_with(header.max_shards, 64U);
  refused_with(header.max_shards, 0xffffffffU);
  refused_with(header.max_rooms, 0U);
  refused_with(header.max_rooms, 0xffffffffU);
  refused_with(header.lane_blocks, 0U);
  refused_with(header.lane_blocks, 128U);
  refused_with(header.lane_blocks, 0x80000000U);
  refused_with(header.total_bytes, uint64_t{0});
  refused_with(header.total_bytes, ~uint64_t{0});
  refused_with(header.anchor_position, int64_t{961});
  refused_with(header.anchor_position, int64_t{-960});
  refused_with(header.anchor_position, std::numeric_limits<int64_t>::max() / 960 * 960);
  refused_with(header.anchor_ns, std::numeric_limits<int64_t>::min());
  refused_with(header.anchor_ns, std::numeric_limits<int64_t>::max());
  EXPECT_TRUE(Segment::open(name_.get()));
}

TEST_F(SegmentTest, AChangedHeaderDoesNotMoveTheRowsOfWhoHasOpenedIt) {
  const Segment segment = create();
  LaneBlock* const lane = segment.lane(3, 2);
  RoomRow* const room = &segment.room(3);
  SegmentHeader& header = writable_header(segment);
  header.max_shards = header.max_rooms = header.lane_blocks = 0xffffffff;
  header.anchor_ns = 1;
  EXPECT_EQ(segment.lane(3, 2), lane);
  EXPECT_EQ(&segment.room(3), room);
  EXPECT_EQ(segment.timeline().anchor_ns, kTimeline.anchor_ns);
}

TEST_F(SegmentTest, MovesLikeAPointer) {
  Segment first = create();
  const SegmentHeader* const header = &first.header();
  Segment second = std::move(first);
  EXPECT_EQ(&second.header(), header);
  test_parts::SegmentName other_name;
  auto other = Segment::create(other_name.get(), kSmall, Timeline{});
  ASSERT_TRUE(other);
  *other = std::move(second);
  EXPECT_EQ(&other->header(), header);
  EXPECT_EQ(other->timeline().anchor_ns, kTimeline.anchor_ns);
  other->shard(0).ticks.add();
}

TEST_F(SegmentTest, OnlyTouchedBlocksCostMemory) {
  const Segment segment = create({2, 256, 1024});
  const int64_t empty = resident_bytes();
  EXPECT_LE(empty, 64 * 1024 + 256 * static_cast<int64_t>(sizeof(RoomRow)));
  EXPECT_LE(sizeof(RoomRow), 1280U) << "what a room costs in which nobody has sung";
  LaneWriter writer(segment.lane(200, 1), 1024);
  for (int i = 0; i < 10; ++i) writer.add(block_at(i), constant(1), 1, 1);
  EXPECT_EQ(resident_bytes() - empty, 10 * 4096);
}

TEST_F(SegmentTest, ReleasingARoomGivesItsMemoryBack) {
  const Segment segment = create({2, 3, 256});
  const Segment other_process = *Segment::open(name_.get());
  const auto fill = [&](int row) {
    for (int shard = 0; shard < 2; ++shard) {
      LaneWriter writer(segment.lane(row, shard), 256);
      for (int i = 0; i < 256; ++i) writer.add(block_at(i), constant(1), 1, 1);
    }
    for (int b = 0; b < kRoomStreams; ++b) {
      const PacketStream stream = segment.stream(row, b);
      const StreamOwner owner = *take_stream(stream, {}, 1);
      for (int i = 0; i < kStreamSlots; ++i) publish_packet(stream, owner.generation, block_at(i), 1, {});
      stream.shard_mask.store(3);
    }
    segment.room(row).lane_mask(LaneKind::kVoices).store(3);
    RoomState state;
    state.generation = static_cast<uint32_t>(row + 1);
    segment.room(row).state.store(state);
  };
  const int64_t empty = resident_bytes();
  for (int row = 0; row < 3; ++row) fill(row);
  const int64_t full = resident_bytes();
  ASSERT_GE(full - empty, 3 * 512 * 4096);

  segment.release_song(1);
  segment.clear_room(1);
  EXPECT_EQ(full - resident_bytes(), 512 * 4096 + kRoomStreams * 16 * 1024);

  Samples sum{};
  MixPacket packet;
  for (int row = 0; row < 3; ++row) {
    const bool released = row == 1;
    RoomState state;
    ASSERT_TRUE(other_process.room(row).state.load(state));
    EXPECT_EQ(state.generation, static_cast<uint32_t>(row + 1));
    EXPECT_EQ(other_process.room(row).lane_mask(LaneKind::kVoices).load(), released ? 0U : 3U);
    for (int shard = 0; shard < 2; ++shard) {
      for (int i = 0; i < 256; ++i) {
        ASSERT_EQ(LaneReader(other_process.lane(row, shard), 256).add_to(sum, block_at(i)), released ? 0 : 1);
      }
    }
    for (int b = 0; b < kRoomStreams; ++b) {
      const PacketStream stream = other_process.stream(row, b);
      EXPECT_EQ(stream_owner(stream).shard, released ? -1 : 1);
      EXPECT_EQ(stream.shard_mask.load(), released ? 0U : 3U);
      for (int i = 0; i < kStreamSlots; ++i) ASSERT_EQ(read_packet(stream, block_at(i), packet), !released);
    }
  }

  fill(1);  // and it can be used again
  EXPECT_EQ(LaneReader(other_process.lane(1, 1), 256).add_to(sum, block_at(255)), 1);
  for (int row = 0; row < 3; ++row) segment.release_song(row);
  EXPECT_EQ(resident_bytes(), empty);
}

TEST_F(SegmentTest, ASongIsReservedAsAWholeAndGrowsWithItsRing) {
  const Segment segment = create({2, 3, 256});
  const int64_t empty = resident_bytes();
  ASSERT_TRUE(segment.reserve_song(1, 0, 64));
  EXPECT_EQ(segment.song_bytes(64), 2U * 2 * 64 * 4096 + kRoomStreams * 32 * 1024);
  EXPECT_EQ(resident_bytes() - empty, static_cast<int64_t>(segment.song_bytes(64)));
  // What is sung takes nothing more.
  for (int shard = 0; shard < 2; ++shard) {
    LaneWriter writer(segment.lane(1, shard), 64);
    for (int i = 0; i < 64; ++i) writer.add(block_at(i), constant(1), 1, 1);
  }
  for (int b = 0; b < kRoomStreams; ++b) {
    for (uint64_t generation = 1; generation <= 2; ++generation) {
      for (int i = 0; i < kStreamSlots; ++i) publish_packet(segment.stream(1, b), generation, block_at(i), 1, {});
    }
  }
  EXPECT_EQ(resident_bytes() - empty, static_cast<int64_t>(segment.song_bytes(64)));
  ASSERT_TRUE(segment.reserve_song(1, 64, 256));
  EXPECT_EQ(resident_bytes() - empty, static_cast<int64_t>(segment.song_bytes(256)));
  EXPECT_EQ(segment.memory().used_bytes, static_cast<uint64_t>(resident_bytes()));
  ASSERT_TRUE(segment.reserve_song(1, 256, 64)) << "there is more already";
  EXPECT_EQ(resident_bytes() - empty, static_cast<int64_t>(segment.song_bytes(256)));
  // Of those who are soloed, when somebody is.
  const int64_t without_solo = resident_bytes();
  ASSERT_TRUE(segment.reserve_solo(1, 0, 64));
  EXPECT_EQ(resident_bytes() - without_solo, static_cast<int64_t>(segment.solo_bytes(64)));
  ASSERT_TRUE(segment.reserve_solo(1, 64, 256));
  EXPECT_EQ(resident_bytes() - without_solo, static_cast<int64_t>(segment.solo_bytes(256)));
  // Of a part, when somebody wants to hear it louder: lanes, and a stream for each bucket.
  const int64_t without_part = resident_bytes();
  EXPECT_EQ(segment.part_bytes(64), 2U * 64 * 4096 + 4096 + kMaxBuckets * 32 * 1024);
  ASSERT_TRUE(segment.reserve_part(1, 11, 0, 64));
  EXPECT_EQ(resident_bytes() - without_part, static_cast<int64_t>(segment.part_bytes(64)));
  LaneWriter(segment.lane(1, 1, lane_of_part(11)), 64).add(block_at(63), constant(1), 1, 1);
  segment.part_head(1, 11).listeners[0].store(1);
  publish_packet(segment.part_stream(1, kMaxBuckets - 1, 11), 1, block_at(31), 1, {});
  EXPECT_EQ(resident_bytes() - without_part, static_cast<int64_t>(segment.part_bytes(64))) << "what is used takes nothing more";
  ASSERT_TRUE(segment.reserve_part(1, 11, 64, 256));
  EXPECT_EQ(resident_bytes() - without_part, static_cast<int64_t>(segment.part_bytes(256)));
  segment.release_song(1);
  EXPECT_EQ(resident_bytes(), empty);
}

TEST_F(SegmentTest, ASongThatDoesNotFitTakesNothingAndLeavesTheOthersAlone) {
  Segment segment = create({2, 3, 256});
  const int64_t empty = resident_bytes();
  const uint64_t limit = segment.song_bytes(64) + segment.song_bytes(64) / 2;
  segment.reserve_with([&](int fd, uint64_t offset, uint64_t bytes) {
    if (static_cast<uint64_t>(resident_bytes() - empty) + bytes > limit) return ENOSPC;
    return posix_fallocate(fd, static_cast<off_t>(offset), static_cast<off_t>(bytes));
  });
  ASSERT_TRUE(segment.reserve_song(0, 0, 64));
  LaneWriter(segment.lane(0, 1), 64).add(block_at(1), constant(0.5F), 1, 1);
  const int64_t one = resident_bytes();
  EXPECT_FALSE(segment.reserve_song(1, 0, 64));
  EXPECT_EQ(resident_bytes(), one);
  EXPECT_FALSE(segment.reserve_song(0, 64, 256)) << "nor does a longer ring";
  EXPECT_EQ(resident_bytes(), one);
  Samples sum{};
  EXPECT_EQ(LaneReader(segment.lane(0, 1), 64).add_to(sum, block_at(1)), 1);
  segment.release_song(0);
  EXPECT_TRUE(segment.reserve_song(1, 0, 64));
}

TEST_F(SegmentTest, AllShardsHaveTickedWhenThoseThatRunHave) {
  const Segment segment = create({3, 3, 64});
  EXPECT_TRUE(segment.all_shards_ticked_since(100)) << "none runs";
  segment.shard(0).pid.store(1);
  segment.shard(2).pid.store(2);
  segment.shard(0).heartbeat_ns.store(101);
  segment.shard(2).heartbeat_ns.store(100);
  EXPECT_FALSE(segment.all_shards_ticked_since(100));
  segment.shard(2).heartbeat_ns.store(101);
  EXPECT_TRUE(segment.all_shards_ticked_since(100));
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
// The sanitizers' shadow memory would make this slow.
TEST_F(SegmentTest, TheDefaultSizeIsTensOfGigabytesOfNothing) {
  const Segment made = create(SegmentSize{});
  EXPECT_GT(made.header().total_bytes, uint64_t{32} << 30);
  const auto opened = Segment::open(name_.get());
  ASSERT_TRUE(opened);
  LaneWriter(made.lane(1023, 1), 4096).add(block_at(4095), constant(1), 1, 1);
  Samples sum{};
  EXPECT_EQ(LaneReader(opened->lane(1023, 1), 4096).add_to(sum, block_at(4095)), 1);
  EXPECT_LE(resident_bytes(), 3 << 19);
  made.release_song(1023);
  EXPECT_LE(resident_bytes(), 3 << 19);
}
#endif

TEST_F(SegmentTest, IndicesOutOfRangeAbort) {
  GTEST_FLAG_SET(death_test_style, "fast");
  const Segment segment = create();
  EXPECT_DEATH(static_cast<void>(segment.shard(3)), "");
  EXPECT_DEATH(static_cast<void>(segment.shard(-1)), "");
  EXPECT_DEATH(static_cast<void>(segment.room(4)), "");
  EXPECT_DEATH(static_cast<void>(segment.lane(4, 0)), "");
  EXPECT_DEATH(static_cast<void>(segment.lane(0, 3)), "");
  EXPECT_DEATH(segment.release_song(-1), "");
}

}  // namespace
}  // namespace roundelay::segment_test
