#include "mixer/packet_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "test_support.h"

namespace roundelay::packet_stream_test {
namespace {

using test_parts::block_at;

class PacketStreamTest : public ::testing::Test {
 protected:
  static std::vector<uint8_t> bytes(size_t count, uint8_t value) { return std::vector<uint8_t>(count, value); }

  StreamOwner take(int shard) { return take_stream(stream_, stream_owner(stream_), shard).value(); }
  bool read(Position at) { return read_packet(stream_, at, packet_); }
  PacketSlot& slot(uint64_t generation, Position at) {
    return stream_.slots[generation % kStreamBanks][at.block_index() % kStreamSlots];
  }

  test_parts::SharedArray<test_parts::StreamMemory> memory_{1};
  PacketStream stream_ = memory_[0].stream();
  MixPacket packet_;
};

TEST_F(PacketStreamTest, ZeroedMemoryIsAnEmptyStreamOfNobody) {
  EXPECT_EQ(stream_owner(stream_).generation, 0U);
  EXPECT_EQ(stream_owner(stream_).shard, -1);
  EXPECT_FALSE(read(Position{0}));
  EXPECT_FALSE(read(block_at(1)));
}

TEST_F(PacketStreamTest, TheFirstTakerOwnsIt) {
  const StreamOwner nobody = stream_owner(stream_);
  const auto taken = take_stream(stream_, nobody, 3);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->generation, 1U);
  EXPECT_EQ(taken->shard, 3);
  EXPECT_EQ(stream_owner(stream_).generation, 1U);
  EXPECT_EQ(stream_owner(stream_).shard, 3);
  EXPECT_FALSE(take_stream(stream_, nobody, 5));
  EXPECT_EQ(stream_owner(stream_).shard, 3);
}

TEST_F(PacketStreamTest, EachTakeoverIsANewGeneration) {
  for (uint64_t i = 1; i <= 5; ++i) EXPECT_EQ(take(static_cast<int>(i % 2)).generation, i);
  EXPECT_EQ(take(63).shard, 63);
}

TEST_F(PacketStreamTest, AStreamOfAShardThatDiedIsGivenUpAndTakenAgain) {
  const StreamOwner dead = *take_stream(stream_, stream_owner(stream_), 3);
  const auto nobody = take_stream(stream_, dead, -1);
  ASSERT_TRUE(nobody);
  EXPECT_EQ(stream_owner(stream_).shard, -1);
  EXPECT_EQ(stream_owner(stream_).generation, dead.generation + 1) << "what the dead one still writes lands in another bank";
  const auto next = take_stream(stream_, *nobody, 0);
  ASSERT_TRUE(next);
  EXPECT_EQ(stream_owner(stream_).shard, 0);
}

TEST_F(PacketStreamTest, APacketIsReadAsPublished) {
  const StreamOwner owner = take(0);
  for (const size_t length : {size_t{1}, size_t{120}, size_t{kMaxMixPacketBytes}}) {
    std::vector<uint8_t> sent = bytes(length, 0);
    for (size_t i = 0; i < length; ++i) sent[i] = static_cast<uint8_t>(i * 7 + length);
    publish_packet(stream_, owner.generation, block_at(4), 17, sent);
    ASSERT_TRUE(read(block_at(4)));
    EXPECT_EQ(packet_.people, 17);
    ASSERT_EQ(packet_.len_bytes, length);
    EXPECT_TRUE(std::equal(sent.begin(), sent.end(), packet_.bytes));
  }
}

TEST_F(PacketStreamTest, SilenceIsAPacketWithoutBytes) {
  publish_packet(stream_, take(0).generation, block_at(4), 0, {});
  ASSERT_TRUE(read(block_at(4)));
  EXPECT_EQ(packet_.len_bytes, 0);
  EXPECT_EQ(packet_.people, 0);
}

TEST_F(PacketStreamTest, PeopleAreClampedToTheirField) {
  const StreamOwner owner = take(0);
  publish_packet(stream_, owner.generation, block_at(4), 100'000, {});
  ASSERT_TRUE(read(block_at(4)));
  EXPECT_EQ(packet_.people, 65'535);
  publish_packet(stream_, owner.generation, block_at(4), -1, {});
  ASSERT_TRUE(read(block_at(4)));
  EXPECT_EQ(packet_.people, 0);
}

TEST_F(PacketStreamTest, OnlyTheLastSlotsAreThere) {
  const StreamOwner owner = take(0);
  for (int i = 0; i < kStreamSlots + 1; ++i) publish_packet(stream_, owner.generation, block_at(i), i, {});
  EXPECT_FALSE(read(block_at(0)));
  for (int i = 1; i < kStreamSlots + 1; ++i) {
    ASSERT_TRUE(read(block_at(i)));
    EXPECT_EQ(packet_.people, i);
  }
  EXPECT_FALSE(read(block_at(kStreamSlots + 1)));
}

TEST_F(PacketStreamTest, ANewOwnerTakesOverWhereTheOldOneEnded) {
  const StreamOwner old = take(0);
  publish_packet(stream_, old.generation, block_at(1), 1, bytes(10, 1));
  publish_packet(stream_, old.generation, block_at(2), 1, bytes(10, 1));
  const StreamOwner next = take(1);
  publish_packet(stream_, next.generation, block_at(2), 2, bytes(20, 2));
  ASSERT_TRUE(read(block_at(1)));  // the bank before
  EXPECT_EQ(packet_.people, 1);
  ASSERT_TRUE(read(block_at(2)));  // the owner's bank comes first
  EXPECT_EQ(packet_.people, 2);
}

TEST_F(PacketStreamTest, AnOwnerWhoComesBackLateDoesNotDisturbTheNewOne) {
  const StreamOwner old = take(0);
  const StreamOwner next = take(1);
  publish_packet(stream_, next.generation, block_at(1), 2, bytes(20, 2));
  publish_packet(stream_, old.generation, block_at(1), 1, bytes(10, 1));
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 2);
  const StreamOwner third = take(2);
  publish_packet(stream_, third.generation, block_at(1), 3, bytes(30, 3));
  publish_packet(stream_, old.generation, block_at(1), 1, bytes(10, 1));  // its bank has another owner now
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 3);
}

TEST_F(PacketStreamTest, GenerationsAndSequencesGoOnOverTheirEnds) {
  constexpr uint64_t kLast = (uint64_t{1} << 48) - 1;
  stream_.owner.store((kLast - 1) << 16);
  slot(0, block_at(1)).sequence.store(UINT64_MAX - 1);
  const StreamOwner old = take(0);
  EXPECT_EQ(old.generation, kLast);
  publish_packet(stream_, old.generation, block_at(0), 1, bytes(10, 1));
  const StreamOwner next = take(1);
  EXPECT_EQ(next.generation, 0U);
  ASSERT_TRUE(read(block_at(0))) << "the bank before";
  publish_packet(stream_, next.generation, block_at(1), 2, bytes(20, 2));
  publish_packet(stream_, next.generation, block_at(1), 2, bytes(20, 2));  // a sequence of 0 stands for no packet
  publish_packet(stream_, old.generation, block_at(1), 1, bytes(10, 1));
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 2);
  const StreamOwner third = take(2);
  publish_packet(stream_, third.generation, block_at(1), 3, bytes(30, 3));
  publish_packet(stream_, old.generation, block_at(1), 1, bytes(10, 1));  // its bank has another owner now
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 3);
}

TEST_F(PacketStreamTest, ASlotLeftHalfWrittenIsNotThereUntilItIsWrittenAnew) {
  const StreamOwner owner = take(0);
  publish_packet(stream_, owner.generation, block_at(1), 1, bytes(10, 1));
  slot(owner.generation, block_at(1)).sequence.fetch_add(1);
  packet_.people = 99;
  EXPECT_FALSE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 99);  // untouched
  publish_packet(stream_, owner.generation, block_at(1), 5, bytes(10, 1));
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.people, 5);
}

TEST_F(PacketStreamTest, ALengthThatCannotBeIsRefused) {
  const StreamOwner owner = take(0);
  publish_packet(stream_, owner.generation, block_at(1), 1, bytes(10, 1));
  slot(owner.generation, block_at(1)).len_bytes = kMaxMixPacketBytes + 1;
  EXPECT_FALSE(read(block_at(1)));
}

#ifdef NDEBUG
TEST_F(PacketStreamTest, APacketThatIsTooLongIsPublishedAsSilence) {
  publish_packet(stream_, take(0).generation, block_at(1), 4, bytes(kMaxMixPacketBytes + 1, 1));
  ASSERT_TRUE(read(block_at(1)));
  EXPECT_EQ(packet_.len_bytes, 0);
  EXPECT_EQ(packet_.people, 4);
}
#else
using PacketStreamDeathTest = PacketStreamTest;

TEST_F(PacketStreamDeathTest, APacketThatIsTooLongAborts) {
  const StreamOwner owner = take(0);
  EXPECT_DEATH(publish_packet(stream_, owner.generation, block_at(1), 4, bytes(kMaxMixPacketBytes + 1, 1)), "kMaxMixPacketBytes");
}

TEST_F(PacketStreamDeathTest, PositionsOffTheGridAbort) {
  const StreamOwner owner = take(0);
  EXPECT_DEATH(publish_packet(stream_, owner.generation, Position{961}, 1, {}), "on_grid");
}
#endif

}  // namespace
}  // namespace roundelay::packet_stream_test
