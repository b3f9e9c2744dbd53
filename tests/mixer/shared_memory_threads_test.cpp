// Writers and readers of shared memory at the same time, in threads over one mapping: a reader sees all of a change or
// none of it, and the thread sanitizer sees no race but the one meant.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>
#include <vector>

#include "mixer/bucket_mixer.h"
#include "mixer/packet_stream.h"
#include "mixer/room_state.h"
#include "test_support.h"

namespace roundelay::shared_memory_threads_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::equal_samples;
using test_parts::Samples;

// Readers work until so many of their reads met a write, or, where the machine is too busy to run both at once, until
// they have read so much. The thread sanitizer finds races without many of them.
#if defined(__SANITIZE_THREAD__)
constexpr int kMeetings = 20;
constexpr int kMaxReads = 2000;
#else
constexpr int kMeetings = 200;
constexpr int kMaxReads = 100'000;
#endif

// Pauses of many lengths between writes: readers are met at many places of their copying, and are not starved.
class Pauses {
 public:
  void pause() {
    for (int spin = length_(random_); spin > 0; --spin) asm volatile("");
  }

 private:
  std::mt19937 random_{1};
  std::uniform_int_distribution<int> length_{0, 1000};
};

TEST(SharedMemoryThreadsTest, AReaderNeverHearsHalfOfAnAddition) {
  constexpr uint32_t kRing = 4;
  constexpr int kVoices = 4;
  test_parts::SharedArray<LaneBlock> blocks(kRing);
  std::atomic<int64_t> current{0};
  std::atomic<int> met{0};
  std::atomic<int> readers_done{0};

  const auto read = [&] {
    const LaneReader reader(blocks.get(), kRing);
    for (int reads = 0; met.load() < kMeetings && reads < kMaxReads;) {
      Samples sum{};
      bool torn = false;
      const Position at = block_at(current.load(std::memory_order_relaxed));
      const std::atomic<uint64_t>& sequence = blocks[static_cast<size_t>(at.block_index()) % kRing].sequence;
      const uint64_t before = sequence.load();
      const int people = reader.add_to(sum, at, &torn);
      if (people == 0) {
        ASSERT_EQ(sum, constant(0));
        std::this_thread::yield();
        continue;
      }
      ++reads;
      ASSERT_FALSE(torn);
      ASSERT_LE(people, kVoices);
      ASSERT_EQ(equal_samples(sum), kBlockSamples);
      ASSERT_EQ(sum[0], static_cast<float>(people));
      if (sequence.load() != before) met.fetch_add(1);
    }
  };
  const auto read_and_count = [&] {
    read();
    readers_done.fetch_add(1);
  };
  std::thread first(read_and_count);
  std::thread second(read_and_count);
  LaneWriter writer(blocks.get(), kRing);
  const Samples voice = constant(1);
  Pauses pauses;
  for (int64_t i = 0; readers_done.load() < 2; ++i) {
    current.store(i, std::memory_order_relaxed);
    for (int v = 0; v < kVoices; ++v) {
      pauses.pause();
      writer.add(block_at(i), voice, 1, 1);
    }
  }
  first.join();
  second.join();
}

TEST(SharedMemoryThreadsTest, ManyLanesWrittenAtOnceMixToWholeVoices) {
  constexpr uint32_t kRing = 4;
  constexpr int kLanes = 3;
  constexpr int kVoices = 4;
  test_parts::SharedArray<LaneBlock> blocks(kRing * kLanes);
  std::atomic<int64_t> current{0};
  std::atomic<bool> done{false};

  std::vector<std::thread> writers;
  for (int lane = 0; lane < kLanes; ++lane) {
    writers.emplace_back([&, lane] {
      LaneWriter writer(blocks.get() + static_cast<size_t>(lane) * kRing, kRing);
      const Samples voice = constant(0.01F);
      int64_t written = -1;
      while (!done.load(std::memory_order_relaxed)) {
        const int64_t now = current.load(std::memory_order_relaxed);
        if (now == written) {
          std::this_thread::yield();
          continue;
        }
        for (int v = 0; v < kVoices; ++v) writer.add(block_at(now), voice, 1, 1);
        written = now;
      }
    });
  }
  std::vector<LaneReader> lanes;
  for (size_t lane = 0; lane < kLanes; ++lane) lanes.emplace_back(blocks.get() + lane * kRing, kRing);
  BucketMixer mixer;
  int met = 0;
  for (int64_t i = 0; met < kMeetings && !::testing::Test::HasFailure(); ++i) {
    current.store(i, std::memory_order_relaxed);
    // Mixed again and again while the voices come in, until all are there.
    for (int people = 0; people < kLanes * kVoices && !::testing::Test::HasFailure();) {
      mixer.reset();
      Samples out;
      const BucketMixer::Result result = mixer.mix(out, {lanes, {}}, block_at(i), {.automatic = false, .volume = 1});
      EXPECT_EQ(equal_samples(out), kBlockSamples);
      EXPECT_NEAR(out[0], 0.01 * result.people, 1e-6);
      if (result.torn_lanes == 0) {
        EXPECT_GE(result.people, people);
      }
      people = std::max(people, result.people);
      ++met;
      std::this_thread::yield();
    }
  }
  done.store(true);
  for (std::thread& writer : writers) writer.join();
}

TEST(SharedMemoryThreadsTest, AReaderNeverSeesHalfOfAPacket) {
  test_parts::SharedArray<test_parts::StreamMemory> memory(1);
  const PacketStream stream = memory[0].stream();
  std::atomic<int64_t> current{0};
  std::atomic<int64_t> writes{0};
  std::atomic<bool> done{false};

  std::thread reader([&] {
    MixPacket packet;
    int met = 0;
    for (int reads = 0; met < kMeetings && reads < kMaxReads;) {
      const int64_t before = writes.load();
      if (!read_packet(stream, block_at(current.load(std::memory_order_relaxed)), packet)) {
        std::this_thread::yield();
        continue;
      }
      ++reads;
      if (writes.load() != before) ++met;
      ASSERT_EQ(packet.len_bytes, packet.people % (kMaxMixPacketBytes + 1));
      for (int i = 0; i < packet.len_bytes; ++i) ASSERT_EQ(packet.bytes[i], static_cast<uint8_t>(packet.people));
    }
    done.store(true);
  });
  uint64_t generation = take_stream(stream, {}, 0)->generation;
  for (int64_t i = 0; !done.load(); ++i) {
    // Several packets per position, so that the reader meets one being overwritten; now and then the owner changes.
    const int64_t position = i / 16;
    current.store(position, std::memory_order_relaxed);
    if (i % 1000 == 999) generation = take_stream(stream, stream_owner(stream), static_cast<int>(i / 1000 % 2))->generation;
    const int people = static_cast<int>(i % 65'521);
    const std::vector<uint8_t> bytes(static_cast<size_t>(people % (kMaxMixPacketBytes + 1)), static_cast<uint8_t>(people));
    publish_packet(stream, generation, block_at(position), people, bytes);
    writes.store(i);
    if (::testing::Test::HasFailure()) break;
  }
  reader.join();
}

TEST(SharedMemoryThreadsTest, OnlyOneOfManyTakesAStream) {
  test_parts::SharedArray<test_parts::StreamMemory> memory(1);
  const PacketStream stream = memory[0].stream();
  constexpr int kRounds = 300;
  std::atomic<int> taken{0};
  std::vector<std::thread> takers;
  for (int shard = 0; shard < 3; ++shard) {
    takers.emplace_back([&, shard] {
      for (;;) {
        const StreamOwner seen = stream_owner(stream);
        if (seen.generation >= kRounds) return;
        if (take_stream(stream, seen, shard)) taken.fetch_add(1);
      }
    });
  }
  for (std::thread& taker : takers) taker.join();
  EXPECT_EQ(taken.load(), kRounds);
  EXPECT_EQ(stream_owner(stream).generation, static_cast<uint64_t>(kRounds));
}

TEST(SharedMemoryThreadsTest, AReaderNeverSeesHalfOfARoomsState) {
  test_parts::SharedArray<RoomStateCell> memory(1);
  std::atomic<bool> done{false};
  std::thread reader([&] {
    RoomState state;
    uint64_t version = 0;
    int met = 0;
    for (int reads = 0; met < kMeetings && reads < kMaxReads;) {
      const uint64_t before = memory[0].version();
      if (!memory[0].load(state, &version)) {
        std::this_thread::yield();
        continue;
      }
      ++reads;
      if (memory[0].version() != before) ++met;
      ASSERT_EQ(version % 2, 0U);
      ASSERT_EQ(state.song_number, state.generation);
      ASSERT_EQ(state.song_start, state.generation);
      ASSERT_EQ(state.leader, state.generation);
      for (const uint8_t byte : state.track) ASSERT_EQ(byte, static_cast<uint8_t>(state.generation));
      ASSERT_EQ(version, uint64_t{state.generation} * 2);
    }
    done.store(true);
  });
  RoomState state;
  Pauses pauses;
  for (uint32_t i = 1; !done.load() && !::testing::Test::HasFailure(); ++i) {
    state.generation = i;
    state.song_number = i;
    state.song_start = i;
    state.leader = i;
    state.track.fill(static_cast<uint8_t>(i));
    pauses.pause();
    memory[0].store(state);
  }
  reader.join();
}

}  // namespace
}  // namespace roundelay::shared_memory_threads_test
