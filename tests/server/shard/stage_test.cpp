// Stage and BucketFeed over a real segment: two shards of one host in one process, ticked by hand.
#include "server/shard/stage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <map>
#include <optional>
#include <vector>

#include "server/net/web_server.h"
#include "server/wire/mix_message.h"
#include "tests/mixer/allocation_count.h"

namespace roundelay {
namespace {

constexpr int64_t kBlockNs = 20'000'000;

class Ear final : public Listener {
 public:
  bool hear(std::span<uint8_t> message) override {
    const auto parsed = wire::parse_mix(message);
    EXPECT_TRUE(parsed.has_value());
    for (int i = 0; i < parsed->count; ++i) {
      const auto mix = parsed->blocks[i].mix;
      const bool fresh =
          packets.emplace((parsed->position + Blocks{i}).samples, std::vector<uint8_t>(mix.begin(), mix.end())).second;
      EXPECT_TRUE(fresh) << "a block came twice";
    }
    people = parsed->blocks[0].people;
    return !deaf;
  }
  std::map<int64_t, std::vector<uint8_t>> packets;
  int people = 0;
  bool deaf = false;
};

class StageTest : public ::testing::Test {
 protected:
  StageTest() {
    name = "/roundelay-stage-test-" + std::to_string(getpid());
    Segment::remove(name);
    segment.emplace(std::move(*Segment::create(name, SegmentSize{2, 2, 256}, Timeline{0, {0}})));
    state.generation = 5;
    state.song_number = 1;
    state.song_start = (now + Blocks{10}).samples;
    state.song_end = kNoEnd;
    state.interval_blocks = 4;
    state.ring_blocks = 256;
    state.volume = 1;
    segment->room(0).state.store(state);
    uv_loop_init(&loop);
    tracks.emplace(&loop, "/nonexistent");
    for (int i = 0; i < 2; ++i) stages[i] = std::make_unique<Stage>(*segment, 0, 5, i, *tracks, EncoderSettings{});
  }
  ~StageTest() override {
    for (auto& stage : stages) stage.reset();
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    Segment::remove(name);
  }

  // One tick of the shards in `alive`, as their processes would do it; the others' heartbeats stand still.
  void tick(std::initializer_list<int> alive) {
    now = now + Blocks{1};
    ns += kBlockNs;
    uint64_t wake[2] = {};
    for (const int i : alive) {
      segment->shard(i).heartbeat_ns.store(ns);
      stages[i]->refresh();
      wake[i] = stages[i]->produce(now, ns);
      stages[i]->send(now, buffer);
    }
    for (const int i : alive) {
      for (const int other : alive) {
        if ((wake[i] >> other & 1) != 0) stages[other]->send(now, buffer);
      }
    }
  }

  uint64_t encodes() { return segment->shard(0).encodes.get() + segment->shard(1).encodes.get(); }

  std::string name;
  std::optional<Segment> segment;
  RoomState state;
  uv_loop_t loop{};
  std::optional<TrackCache> tracks;
  std::unique_ptr<Stage> stages[2];
  std::vector<uint8_t> buffer = std::vector<uint8_t>(kWebsocketHeadroom + wire::kMaxMixMessageBytes);
  Position now{960'000'000};
  int64_t ns = 1'000'000'000;
};

TEST_F(StageTest, AStreamBeginsFourBlocksBeforeTheSongAndHasNoGap) {
  Ear ear;
  stages[0]->join(1, &ear);
  for (int i = 0; i < 30; ++i) tick({0});
  ASSERT_FALSE(ear.packets.empty());
  EXPECT_EQ(ear.packets.begin()->first, state.song_start - 4 * 960);
  EXPECT_EQ(ear.packets.rbegin()->first, now.samples);
  EXPECT_EQ(ear.packets.size(), 25U);
}

TEST_F(StageTest, LaterBucketsHearTheSamePositionsLater) {
  Ear first, third;
  stages[0]->join(1, &first);
  stages[0]->join(3, &third);
  for (int i = 0; i < 30; ++i) tick({0});
  EXPECT_EQ(third.packets.rbegin()->first, (now - Blocks{8}).samples);
  EXPECT_EQ(third.packets.begin()->first, first.packets.begin()->first);
}

TEST_F(StageTest, OneEncodePerBucketWhateverTheShards) {
  Ear here, there;
  stages[0]->join(2, &here);
  stages[1]->join(2, &there);
  for (int i = 0; i < 40; ++i) tick({0, 1});
  EXPECT_EQ(encodes(), here.packets.size());
  EXPECT_EQ(here.packets, there.packets) << "everybody in a bucket hears the same bytes";
}

TEST_F(StageTest, AnotherShardTakesOverWithoutAGapWhenTheOwnerDies) {
  Ear here, there;
  stages[0]->join(2, &here);
  stages[1]->join(2, &there);
  for (int i = 0; i < 40; ++i) tick({0, 1});
  ASSERT_EQ(stream_owner(segment->room(0).streams[1]).shard, 0);
  size_t longest_wait = 0;
  for (int i = 0; i < 20; ++i) {
    const size_t before = there.packets.size();
    tick({1});
    longest_wait = there.packets.size() == before ? longest_wait + 1 : longest_wait;
  }
  EXPECT_LE(longest_wait, 2U) << "ticks without a block";
  int64_t expected = state.song_start - 4 * 960;
  for (const auto& [position, packet] : there.packets) {
    EXPECT_EQ(position, expected);
    expected += 960;
  }
  EXPECT_EQ(there.packets.rbegin()->first, (now - Blocks{4}).samples);
}

TEST_F(StageTest, AnOwnerGoesOnForOthersAfterItsOwnListenersLeft) {
  Ear here, there;
  stages[0]->join(2, &here);
  stages[1]->join(2, &there);
  for (int i = 0; i < 30; ++i) tick({0, 1});
  stages[0]->leave(2, &here);
  EXPECT_TRUE(stages[0]->needed());
  for (int i = 0; i < 10; ++i) tick({0, 1});
  EXPECT_EQ(there.packets.rbegin()->first, (now - Blocks{4}).samples);
  stages[1]->leave(2, &there);
  EXPECT_FALSE(stages[0]->needed());
}

TEST_F(StageTest, VoicesOfBothShardsAreInTheMix) {
  Ear ear;
  stages[0]->join(3, &ear);
  std::vector<float> tone(kBlockSamples, 0.1F);
  for (int i = 0; i < 40; ++i) {
    tick({0, 1});
    if (now.samples >= state.song_start) {
      for (auto& stage : stages) stage->lane().add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
    }
  }
  EXPECT_EQ(ear.people, 2);
}

TEST_F(StageTest, TheTickTouchesNoHeap) {
  class Counting final : public Listener {
   public:
    bool hear(std::span<uint8_t> message) override {
      bytes += message.size();
      return true;
    }
    size_t bytes = 0;
  };
  Counting ears[6];
  for (int b = 0; b < 6; ++b) stages[0]->join(b + 1, &ears[b]);
  for (int i = 0; i < 20; ++i) tick({0});
  const std::vector<float> tone(kBlockSamples, 0.1F);
  const int64_t before = testing::allocation_count();
  for (int i = 0; i < 100; ++i) {
    now = now + Blocks{1};
    ns += kBlockNs;
    stages[0]->lane().add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
    (void)stages[0]->produce(now, ns);
    stages[0]->send(now, buffer);
  }
  EXPECT_EQ(testing::allocation_count(), before);
  EXPECT_GT(ears[5].bytes, 1000U);
}

TEST_F(StageTest, TheSongEndsWithTheBlockAtItsEnd) {
  Ear ear;
  stages[0]->join(2, &ear);
  state.song_end = state.song_start + 5 * 960;
  segment->room(0).state.store(state);
  for (int i = 0; i < 40; ++i) tick({0});
  EXPECT_EQ(ear.packets.rbegin()->first, state.song_end);
  EXPECT_EQ(ear.packets.size(), 10U);
}

TEST_F(StageTest, ASlowListenerLosesBlocksAndOthersDoNot) {
  Ear slow, quick;
  slow.deaf = true;
  stages[0]->join(1, &slow);
  stages[0]->join(1, &quick);
  for (int i = 0; i < 20; ++i) tick({0});
  EXPECT_EQ(segment->shard(0).audio_dropped.get(), quick.packets.size());
}

}  // namespace
}  // namespace roundelay
