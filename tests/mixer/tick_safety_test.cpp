// What the tick calls does not allocate.
#include <gtest/gtest.h>

#include <memory>

#include "allocation_count.h"
#include "mixer/bucket_mixer.h"
#include "mixer/packet_stream.h"
#include "mixer/room_state.h"
#include "mixer/segment.h"
#include "mixer/timeline.h"
#include "test_support.h"

namespace roundelay::tick_safety_test {
namespace {

using test_parts::allocation_count;
using test_parts::block_at;
using test_parts::constant;
using test_parts::Samples;

TEST(TickSafetyTest, TheCounterSeesAllocations) {
  const int64_t before = allocation_count();
  const auto something = std::make_unique<Samples>();
  const auto aligned = std::make_unique<LaneBlock>();
  EXPECT_EQ(allocation_count() - before, 2);
}

TEST(TickSafetyTest, ATickOverAllPartsDoesNotAllocate) {
  const test_parts::SegmentName name;
  const auto segment = Segment::create(name.get(), {2, 2, 64}, Timeline::anchored_now());
  ASSERT_TRUE(segment);
  const Samples voice = constant(2);
  const uint8_t bytes[100] = {};
  BucketMixer mixer;
  Samples mix;
  MixPacket packet;
  RoomState state;
  int people = 0;
  int packets = 0;

  const int64_t before = allocation_count();
  for (int i = 0; i < 200; ++i) {
    const Position at = grid_floor(segment->timeline().at(monotonic_ns())) + Blocks{i};
    RoomRow& room = segment->room(1);
    room.state.store(state);
    if (!room.state.load(state)) break;
    const PacketStream stream = segment->stream(1, 0);
    if (i % 50 == 0 && !take_stream(stream, stream_owner(stream), i % 2)) break;
    for (int shard = 0; shard < 2; ++shard) {
      LaneWriter writer(segment->lane(1, shard), 64);
      writer.add(at, voice, 1, 1);
      if (i % 3 == 0) writer.add(at, voice, 0, 1);
    }
    const LaneReader lanes[] = {{segment->lane(1, 0), 64}, {segment->lane(1, 1), 64}};
    people += mixer.mix(mix, {lanes, lanes}, at, {}).people;
    if (peak_of(mix) >= 1) break;
    publish_packet(stream, stream_owner(stream).generation, at, people, bytes);
    packets += read_packet(stream, at, packet) ? 1 : 0;
    segment->shard(0).ticks.add();
    mixer.reset();
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(segment->shard(0).ticks.get(), 200U);
  EXPECT_EQ(packets, 200);
  EXPECT_EQ(people, 2 * (200 * 2 + 67 * 2)) << "the voices lanes serve as the leader's too";
}

}  // namespace
}  // namespace roundelay::tick_safety_test
