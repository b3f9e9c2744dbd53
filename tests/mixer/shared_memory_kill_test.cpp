// A writing process is killed in the middle, again and again: what it leaves is whole or recognised as broken, and the
// next writer mends it.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <random>

#include "mixer/lane.h"
#include "mixer/packet_stream.h"
#include "mixer/room_state.h"
#include "test_support.h"

namespace roundelay::shared_memory_kill_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::equal_samples;
using test_parts::Samples;

// So many kills in the middle of a write, and as many anywhere.
constexpr int kWantedHits = 25;

// Runs `write_step(n)` for n = 0, 1, ... in a child and kills it; meanwhile and afterwards the caller may look. The kill comes at
// a random moment, or when `in_the_middle` says so of a child that was stopped at one: then it has hit, however slow the machine
// is.
class Victim {
 public:
  void run_and_kill(const std::function<void(int64_t)>& write_step, const std::function<void(int64_t)>& look,
                    const std::function<bool()>& in_the_middle) {
    steps_[0].store(0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      for (int64_t n = 0;; ++n) {
        write_step(n);
        steps_[0].store(n + 1, std::memory_order_release);
      }
    }
    const int64_t until = std::uniform_int_distribution<int64_t>(1, 200)(random_);
    int64_t n = 0;
    while ((n = steps_[0].load(std::memory_order_acquire)) < until) {
      look(n);
      sched_yield();
    }
    // A little further into the next write, by a random part of it.
    const auto go_on = [&] {
      for (int spin = std::uniform_int_distribution<int>(0, 2000)(random_); spin > 0; --spin) asm volatile("");
    };
    go_on();
    int status = 0;
    while (in_the_middle) {
      ASSERT_EQ(kill(child, SIGSTOP), 0);
      ASSERT_EQ(waitpid(child, &status, WUNTRACED), child);
      ASSERT_TRUE(WIFSTOPPED(status));
      if (in_the_middle()) break;
      ASSERT_EQ(kill(child, SIGCONT), 0);
      go_on();
    }
    ASSERT_EQ(kill(child, SIGKILL), 0);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
  }
  [[nodiscard]] int64_t steps() { return steps_[0].load(); }

 private:
  test_parts::SharedArray<std::atomic<int64_t>> steps_{1};
  std::mt19937 random_{2026};
};

TEST(SharedMemoryKillTest, AKilledWriterLeavesNoHalfAddition) {
  constexpr uint32_t kRing = 4;
  constexpr int kVoices = 5;
  test_parts::SharedArray<LaneBlock> blocks(kRing);
  const LaneReader reader(blocks.get(), kRing);
  const Samples voice = constant(1);
  Victim victim;
  int64_t base = 0;  // each life starts at positions of its own

  const auto expect_whole = [&](Position at) {
    Samples sum{};
    bool torn = false;
    const int people = reader.add_to(sum, at, &torn);
    ASSERT_EQ(equal_samples(sum), kBlockSamples);
    ASSERT_EQ(sum[0], static_cast<float>(people));
    ASSERT_LE(people, kVoices);
    if (torn) {
      ASSERT_EQ(people, 0);
    }
  };

  const std::function<bool()> a_block_is_open = [&] {
    return std::any_of(blocks.get(), blocks.get() + kRing, [](const LaneBlock& block) { return block.sequence.load() % 2 == 1; });
  };

  int hits = 0;
  for (int kills = 0; kills < 2 * kWantedHits; ++kills) {
    victim.run_and_kill([&](int64_t n) { LaneWriter(blocks.get(), kRing).add(block_at(base + n / kVoices), voice, 1, 1); },
                        [&](int64_t n) { expect_whole(block_at(base + n / kVoices)); },
                        kills % 2 == 0 ? a_block_is_open : nullptr);
    // A reader afterwards, at all positions that the ring may hold.
    const int64_t last = base + victim.steps() / kVoices;
    for (int64_t i = last - kRing; i <= last + 1; ++i) expect_whole(block_at(i));
    // The next writer, at the same positions and on the same voices.
    LaneWriter next(blocks.get(), kRing);
    for (int64_t i = last - kRing + 1; i <= last; ++i) {
      LaneBlock& block = blocks[static_cast<size_t>(block_at(i).block_index()) % kRing];
      Samples before{};
      const int had = reader.add_to(before, block_at(i));
      const bool broken = block.sequence.load() % 2 == 1;
      if (broken) ++hits;
      next.add(block_at(i), voice, 1, 1);
      Samples after{};
      bool torn = true;
      ASSERT_EQ(reader.add_to(after, block_at(i), &torn), broken ? 1 : had + 1);
      ASSERT_FALSE(torn);
      ASSERT_EQ(after, constant(broken ? 1.0F : static_cast<float>(had + 1)));
    }
    base = last + 2 * kRing;
    if (HasFatalFailure()) return;
  }
  EXPECT_GE(hits, kWantedHits);
}

TEST(SharedMemoryKillTest, AKilledOwnerLeavesNoHalfPacket) {
  test_parts::SharedArray<test_parts::StreamMemory> memory(1);
  const PacketStream stream = memory[0].stream();
  Victim victim;
  uint8_t bytes[256][kMaxMixPacketBytes];
  for (int value = 0; value < 256; ++value) std::fill_n(bytes[value], kMaxMixPacketBytes, static_cast<uint8_t>(value));
  const auto publish = [&](uint64_t generation, Position at, int64_t n) {
    const auto value = static_cast<size_t>(n % 251);
    publish_packet(stream, generation, at, static_cast<int>(value), {bytes[value], 200 + value});
  };
  const auto expect_whole = [&](Position at) {
    MixPacket packet;
    if (!read_packet(stream, at, packet)) return;
    ASSERT_EQ(packet.len_bytes, 200 + packet.people);
    for (int i = 0; i < packet.len_bytes; ++i) ASSERT_EQ(packet.bytes[i], packet.people);
  };

  const auto slot_of = [&](uint64_t generation, int64_t i) -> const PacketSlot& {
    return stream.slots[generation % kStreamBanks][block_at(i).block_index() % kStreamSlots];
  };
  const std::function<bool()> a_slot_is_open = [&] {
    const uint64_t generation = stream_owner(stream).generation;
    return slot_of(generation, 0).sequence.load() % 2 == 1 || slot_of(generation, 1).sequence.load() % 2 == 1;
  };

  int hits = 0;
  for (int kills = 0; kills < 2 * kWantedHits; ++kills) {
    const StreamOwner owner = *take_stream(stream, stream_owner(stream), 1);
    // Two positions over and over: most of the time is spent in a write.
    victim.run_and_kill(
        [&](int64_t n) {
          for (int64_t i = 0; i < 50; ++i) publish(owner.generation, block_at(n % 2), n + i);
        },
        [&](int64_t n) { expect_whole(block_at(n % 2)); }, kills % 2 == 0 ? a_slot_is_open : nullptr);
    for (int64_t i = 0; i < 2; ++i) {
      expect_whole(block_at(i));
      if (slot_of(owner.generation, i).sequence.load() % 2 == 1) ++hits;
    }
    // The next owner has a bank of its own, the one after it mends this bank.
    for (int takeover = 0; takeover < 2; ++takeover) {
      const StreamOwner next = *take_stream(stream, stream_owner(stream), 0);
      for (int64_t i = 0; i < 2; ++i) {
        const int value = 7 + takeover;
        publish(next.generation, block_at(i), value);
        MixPacket packet;
        ASSERT_TRUE(read_packet(stream, block_at(i), packet));
        ASSERT_EQ(packet.people, value);
      }
    }
    if (HasFatalFailure()) return;
  }
  EXPECT_GE(hits, kWantedHits);
}

TEST(SharedMemoryKillTest, AKilledConductorLeavesNoHalfState) {
  test_parts::SharedArray<RoomStateCell> memory(1);
  RoomStateCell& cell = memory[0];
  Victim victim;
  const auto state_of = [](int64_t n) {
    RoomState state;
    state.generation = static_cast<uint32_t>(n);
    state.song_start = state.generation;
    state.leader = state.generation;
    state.track.fill(static_cast<uint8_t>(n));
    return state;
  };
  const auto expect_whole = [&] {
    RoomState state;
    if (!cell.load(state)) return;
    ASSERT_EQ(state.song_start, state.generation);
    ASSERT_EQ(state.leader, state.generation);
    for (const uint8_t byte : state.track) ASSERT_EQ(byte, static_cast<uint8_t>(state.generation));
  };

  const std::function<bool()> it_is_open = [&] { return cell.version() % 2 == 1; };

  int hits = 0;
  for (int kills = 0; kills < 2 * kWantedHits; ++kills) {
    victim.run_and_kill(
        [&](int64_t n) {
          for (int i = 0; i < 50; ++i) cell.store(state_of(n * 50 + i));
        },
        [&](int64_t) { expect_whole(); }, kills % 2 == 0 ? it_is_open : nullptr);
    expect_whole();
    if (cell.version() % 2 == 1) ++hits;
    cell.store(state_of(77));
    RoomState state;
    ASSERT_TRUE(cell.load(state));
    ASSERT_EQ(state.generation, 77U);
    ASSERT_EQ(cell.version() % 2, 0U);
    if (HasFatalFailure()) return;
  }
  EXPECT_GE(hits, kWantedHits);
}

}  // namespace
}  // namespace roundelay::shared_memory_kill_test
