// Stage and BucketFeed over a real segment: two shards of one host in one process, ticked by hand.
#include "server/shard/stage.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <vector>

#include "codec/opus.h"
#include "server/net/web_server.h"
#include "server/wire/record/record_reader.h"
#include "server/wire/sound/mix_message.h"
#include "tests/mixer/allocation_count.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::stage_test {
namespace {

constexpr int64_t kBlockNs = 20'000'000;

class Ear final : public Listener {
 public:
  explicit Ear(uint32_t phase = 0) : Listener(phase) {}
  bool wants_probe(Position) override { return probed; }
  void tell(const ControlText& text) override { told.push_back(text); }
  void song_reaches(const RoomState& room, bool in_the_middle) override {
    songs.push_back(room.song_number);
    in_a_middle = in_the_middle;
  }
  bool hear(std::span<uint8_t> message) override {
    const auto parsed = wire::parse_mix(message);
    EXPECT_TRUE(parsed.has_value());
    if (parsed->song == 0) {
      EXPECT_EQ(parsed->count, 1);
      EXPECT_TRUE(parsed->blocks[0].mix.empty() && parsed->blocks[0].backing.empty());
      probes.push_back(parsed->position);
      return true;
    }
    counts.push_back(parsed->count);
    for (int i = 0; i < parsed->count; ++i) {
      const auto mix = parsed->blocks[i].mix;
      const bool fresh =
          packets.emplace((parsed->position + Blocks{i}).samples, std::vector<uint8_t>(mix.begin(), mix.end())).second;
      EXPECT_TRUE(fresh) << "a block came twice";
    }
    for (int i = 0; i < parsed->count; ++i) {
      const auto part = parsed->blocks[i].part;
      if (!part.empty()) parts.emplace((parsed->position + Blocks{i}).samples, std::vector<uint8_t>(part.begin(), part.end()));
    }
    people = parsed->blocks[0].people;
    return !deaf;
  }
  std::map<int64_t, std::vector<uint8_t>> packets;
  std::map<int64_t, std::vector<uint8_t>> parts;  // of the part that was asked for
  std::vector<int> counts;                        // blocks of each message
  std::vector<Position> probes;
  std::vector<ControlText> told;
  std::vector<uint32_t> songs;
  int people = 0;
  bool deaf = false;
  bool probed = false;
  bool in_a_middle = false;
};

// Every block from the streams' beginning to `last`, once each and in order.
void expect_whole(const Ear& ear, const RoomState& room, Position last) {
  int64_t expected = room.song_start - 4 * 960;
  for (const auto& [position, packet] : ear.packets) {
    EXPECT_EQ(position, expected);
    expected += 960;
  }
  EXPECT_EQ(expected, last.samples + 960);
}

class StageTest : public ::testing::Test {
 protected:
  StageTest() {
    name = "/roundelay-stage-test-" + std::to_string(getpid());
    Segment::remove(name);
    // The clock on the wall, which ends a song's tail, begins here: long before the positions of these tests, whatever the
    // machine's own says.
    segment.emplace(std::move(*Segment::create(name, SegmentSize{2, 2, 256}, Timeline{monotonic_ns(), {0}})));
    state.generation = 5;
    state.song_number = 1;
    state.song_start = (now + Blocks{10}).samples;
    state.music = state.song_start;
    state.song_end = kNoEnd;
    state.interval_blocks = 4;
    state.ring_blocks = 256;
    state.volume = 1;
    segment->room(0).state.store(state);
    uv_loop_init(&loop);
    tracks.emplace(&loop, "/nonexistent");
    for (int i = 0; i < 2; ++i) stages[i] = std::make_unique<Stage>(*segment, 0, 5, i, *tracks, clicks, EncoderSettings{});
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
  ClickPackets clicks;
  std::optional<TrackCache> tracks;
  std::unique_ptr<Stage> stages[2];
  std::vector<uint8_t> buffer = std::vector<uint8_t>(kWebsocketHeadroom + wire::kMaxMixMessageBytes);
  Position now{960'000'000};
  int64_t ns = 1'000'000'000;
};

TEST_F(StageTest, TheLiveStreamIsMadeOnceOnTheHostWhileSomebodyHearsItAndTakenOver) {
  const auto live_encodes = [&] { return segment->shard(0).live_encodes.get() + segment->shard(1).live_encodes.get(); };
  Ear one, two;
  stages[0]->join(1, &one);
  stages[1]->join(1, &two);
  for (int i = 0; i < 60; ++i) tick({0, 1});
  EXPECT_EQ(live_encodes(), 0U) << "nobody hears it";
  for (auto& stage : stages) stage->keep_live(true);
  for (int i = 0; i < 5; ++i) tick({0, 1});
  const uint64_t before = live_encodes();
  EXPECT_GT(before, 0U);
  for (int i = 0; i < 20; ++i) tick({0, 1});
  EXPECT_EQ(live_encodes() - before, 20U) << "by one of the two";
  const auto at = stages[0]->live_position(now);
  ASSERT_TRUE(at.has_value());
  EXPECT_EQ(*at, now - state.record_offset());
  MixPacket packets[2];
  for (int i = 0; i < 2; ++i) ASSERT_TRUE(stages[i]->read_live(*at, packets[i]));
  EXPECT_TRUE(std::equal(packets[0].bytes, packets[0].bytes + packets[0].len_bytes, packets[1].bytes));
  EXPECT_TRUE(packet_is_stereo({packets[0].bytes, packets[0].len_bytes}));
  const int other = 1 - stream_owner(segment->stream(0, kLiveStream)).shard;
  for (int i = 0; i < 20; ++i) tick({other});
  EXPECT_TRUE(stages[other]->read_live(now - state.record_offset(), packets[0])) << "the owner is gone";
  for (auto& stage : stages) stage->keep_live(false);
  const uint64_t after = live_encodes();
  for (int i = 0; i < 20; ++i) tick({0, 1});
  EXPECT_EQ(live_encodes(), after);
}

TEST_F(StageTest, ASongThatBeginsAtOnceCutsNothingOffTheLastOneAtTheLiveLink) {
  stages[0]->keep_live(true);
  for (int i = 0; i < 60; ++i) tick({0});
  const Position end = now;
  state.song_end = end.samples;
  segment->room(0).state.store(state);
  tick({0});
  state.song_number = 2;
  state.song_start = state.music = (now + Blocks{2}).samples;
  state.song_end = kNoEnd;
  segment->room(0).state.store(state);
  Position last;
  while (last < end - Blocks{1}) {
    tick({0});
    const auto at = stages[0]->live_position(now);
    ASSERT_TRUE(at.has_value()) << "the last song is not over here";
    MixPacket packet;
    EXPECT_TRUE(stages[0]->read_live(*at, packet));
    last = *at;
  }
  for (int i = 0; i < 4; ++i) tick({0});
}

TEST_F(StageTest, TheRecordedMixIsMadeOnceOnTheHostLoggedByWhoMakesItAndTakenOverWithWhatTheStreamStillHolds) {
  TemporaryFolder folder;
  std::optional<Recorder> recorders[2];
  for (int i = 0; i < 2; ++i) {
    recorders[i].emplace(&loop, Recorder::Settings{.recordings_dir = folder.path(), .shard = i}, segment->shard(i));
    stages[i].reset();
    stages[i] = std::make_unique<Stage>(*segment, 0, 5, i, *tracks, clicks, EncoderSettings{}, &*recorders[i]);
  }
  Ear one, two;
  stages[0]->join(1, &one);
  stages[1]->join(1, &two);
  for (int i = 0; i < 20; ++i) tick({0, 1});
  const uint64_t before = encodes();
  for (int i = 0; i < 20; ++i) tick({0, 1});
  EXPECT_EQ(encodes() - before, 20u) << "a room that is not recorded costs what it did";
  std::strncpy(state.id, "abcdefghij", sizeof state.id - 1);
  state.recording = 1;
  segment->room(0).state.store(state);
  const Position begun = now;
  for (int i = 0; i < 2; ++i) tick({0, 1});
  EXPECT_EQ(segment->stream(0, kRecordStream).shard_mask.load(), 3u);
  for (int i = 0; i < 40; ++i) tick({0, 1});
  const int owner = stream_owner(segment->stream(0, kRecordStream)).shard;
  ASSERT_GE(owner, 0);
  const int other = 1 - owner;
  for (int i = 0; i < 40; ++i) tick({other});
  EXPECT_EQ(stream_owner(segment->stream(0, kRecordStream)).shard, other);
  const Position end = now - state.record_offset();
  for (auto& stage : stages) stage.reset();
  for (auto& recorder : recorders) recorder.reset();
  std::map<int64_t, int> logged;
  for (const auto& file : std::filesystem::directory_iterator(folder.path() + "/abcdefghij-1")) {
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    std::span<const uint8_t> rest(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    rest = rest.subspan(wire::kRecordMagic.size());
    while (const auto read = wire::read_record(rest)) {
      rest = rest.subspan(read->bytes);
      if (const auto* mix = std::get_if<wire::MixRecord>(&read->record)) ++logged[mix->position.samples];
    }
  }
  ASSERT_FALSE(logged.empty());
  const Position first{logged.begin()->first};
  EXPECT_LE(blocks_between(first, begun - state.record_offset()).count, 5);
  EXPECT_EQ(logged.rbegin()->first, end.samples);
  EXPECT_EQ(static_cast<int64_t>(logged.size()), blocks_between(end, first).count + 1) << "no gap where the other went";
}

TEST_F(StageTest, TheSoloMixIsMadeWhileSomebodyListensAndFollowsTheLatestWhoIsSoloed) {
  const std::vector<float> tone(kBlockSamples, 0.1F);
  const auto sing = [&] {
    auto& lanes = stages[0]->lanes(LaneKind::kVoices, true);
    lanes.of(LaneKind::kVoices).add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
    if (lanes.of(LaneKind::kSolo))
      lanes.of(LaneKind::kSolo).add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
  };
  const auto publish = [&] {
    segment->room(0).state.store(state);
    stages[0]->refresh();
  };
  Ear ear, solo;
  stages[0]->join(1, &ear);
  for (int i = 0; i < 20; ++i) {
    tick({0});
    sing();
  }
  const uint64_t one_stream = encodes();
  EXPECT_FALSE(stages[0]->lanes().of(LaneKind::kSolo)) << "it has no memory";
  state.has_solo = 1;
  state.solo_bucket = 1;
  publish();
  for (int i = 0; i < 10; ++i) {
    tick({0});
    sing();
  }
  EXPECT_EQ(encodes(), one_stream + 10) << "nobody listens to it";
  stages[0]->join(kSoloBucket, &solo);
  const Position came = now;
  for (int i = 0; i < 10; ++i) {
    tick({0});
    sing();
  }
  EXPECT_EQ(encodes(), one_stream + 30);
  ASSERT_EQ(solo.packets.size(), 10u);
  EXPECT_EQ(solo.packets.begin()->first, (came + Blocks{1} - Blocks{4}).samples) << "one interval behind bucket 1";
  EXPECT_EQ(solo.people, 1);
  // Another is soloed farther behind: from there on, without a word of what was.
  state.solo_bucket = 3;
  publish();
  solo.packets.clear();
  tick({0});
  ASSERT_EQ(solo.packets.size(), 1u);
  EXPECT_EQ(solo.packets.begin()->first, (now - Blocks{12}).samples);
  state.solo_bucket = 0;
  publish();
  tick({0});
  EXPECT_EQ(solo.packets.size(), 1u) << "nobody is soloed";
  EXPECT_TRUE(solo.probes.empty());
  stages[0]->leave(1, &ear);
  stages[0]->leave(kSoloBucket, &solo);
}

TEST_F(StageTest, APartIsMadeOnceOnTheHostForEachBucketThatWantsItAndComesWithTheMixOverATakeover) {
  constexpr int kAlto = 1;
  const std::vector<float> tone(kBlockSamples, 0.1F);
  const auto sing = [&] {
    auto& lanes = stages[0]->lanes(LaneKind::kVoices, false, kAlto);
    const std::span<const float, kBlockSamples> block(tone.data(), kBlockSamples);
    lanes.of(LaneKind::kVoices).add(now, block, 1, 1);
    if (lanes.of(lane_of_part(kAlto))) lanes.of(lane_of_part(kAlto)).add(now, block, 1, 1);
  };
  const auto run = [&](int blocks, std::initializer_list<int> alive) {
    for (int i = 0; i < blocks; ++i) {
      tick(alive);
      if (alive.begin()[0] == 0) sing();
    }
  };
  const auto part_encodes = [&] { return segment->shard(0).part_encodes.get() + segment->shard(1).part_encodes.get(); };
  Ear plain, alto, far, other_bucket;
  stages[0]->join(1, &plain);
  stages[0]->join(1, &alto);
  stages[1]->join(1, &far);
  stages[1]->join(2, &other_bucket);
  run(20, {0, 1});
  EXPECT_FALSE(stages[0]->lanes().of(lane_of_part(kAlto))) << "it has no memory";
  state.part_lanes = uint64_t{1} << kAlto;
  segment->room(0).state.store(state);
  run(10, {0, 1});
  EXPECT_EQ(part_encodes(), 0u) << "nobody hears it yet";
  stages[0]->want_part(1, &alto, kAlto);
  run(10, {0, 1});
  EXPECT_EQ(part_encodes(), 10u);
  stages[1]->want_part(1, &far, kAlto);
  run(10, {0, 1});
  EXPECT_EQ(part_encodes(), 20u) << "once for all who hear this bucket, on whatever shard";
  stages[1]->want_part(2, &other_bucket, kAlto);
  run(10, {0, 1});
  EXPECT_EQ(part_encodes(), 40u) << "in another bucket it is another sound";
  EXPECT_TRUE(plain.parts.empty());
  ASSERT_EQ(alto.parts.size(), 30u);
  EXPECT_EQ(alto.parts.rbegin()->first, alto.packets.rbegin()->first) << "with the mix of the same position";
  ASSERT_EQ(far.parts.size(), 20u);
  for (const auto& [at, packet] : far.parts) EXPECT_EQ(packet, alto.parts.at(at)) << "the very same packet";
  EXPECT_EQ(plain.packets, alto.packets);
  EXPECT_NE(far.parts.rbegin()->second, other_bucket.parts.rbegin()->second);
  // Whoever makes the mix goes: the one who takes it makes the part as well.
  const int owner = stream_owner(segment->stream(0, 0)).shard;
  ASSERT_GE(owner, 0);
  Ear& stays = owner == 0 ? far : alto;
  const size_t before = stays.packets.size();
  stays.parts.clear();
  run(20, {1 - owner});
  EXPECT_GE(stays.packets.size(), before + 19);
  EXPECT_EQ(stays.parts.size(), stays.packets.size() - before) << "no block without its part";
  // Nobody wants it any more.
  stages[0]->want_part(1, &alto, -1);
  stages[1]->want_part(1, &far, -1);
  stages[1]->leave(2, &other_bucket);
  const uint64_t made = part_encodes();
  stays.parts.clear();
  run(10, {1 - owner});
  EXPECT_EQ(part_encodes(), made);
  EXPECT_TRUE(stays.parts.empty());
  stages[0]->leave(1, &plain);
  stages[0]->leave(1, &alto);
  stages[1]->leave(1, &far);
}

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

TEST_F(StageTest, OneShardMixesAllBucketsOfARoomInWhichSomebodyHearsThere) {
  Ear first, second_here, second_there, third;
  stages[1]->join(1, &first);
  stages[0]->join(2, &second_here);
  stages[1]->join(2, &second_there);
  stages[0]->join(3, &third);
  for (int i = 0; i < 40; ++i) tick({0, 1});
  EXPECT_EQ(stream_owner(segment->stream(0, 0)).shard, 1);
  EXPECT_EQ(stream_owner(segment->stream(0, 1)).shard, 1) << "left to the shard that mixes the first";
  EXPECT_EQ(stream_owner(segment->stream(0, 2)).shard, 0) << "which has nobody in the third";
  expect_whole(second_here, state, now - Blocks{4});
  expect_whole(second_there, state, now - Blocks{4});
  expect_whole(third, state, now - Blocks{8});
  EXPECT_EQ(encodes(), first.packets.size() + second_here.packets.size() + third.packets.size());
}

TEST_F(StageTest, AnotherShardTakesOverWithoutAGapWhenTheOwnerDies) {
  Ear here, there;
  stages[0]->join(2, &here);
  stages[1]->join(2, &there);
  for (int i = 0; i < 40; ++i) tick({0, 1});
  ASSERT_EQ(stream_owner(segment->stream(0, 1)).shard, 0);
  size_t longest_wait = 0;
  for (int i = 0; i < 20; ++i) {
    const size_t before = there.packets.size();
    tick({1});
    longest_wait = there.packets.size() == before ? longest_wait + 1 : longest_wait;
  }
  EXPECT_LE(longest_wait, 3U) << "ticks without a block";
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
      for (auto& stage : stages)
        stage->lanes(LaneKind::kVoices, false)
            .of(LaneKind::kVoices)
            .add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
    }
  }
  EXPECT_EQ(ear.people, 2);
}

TEST_F(StageTest, WhatABucketHearsIsKnownToEveryShardThatServesIt) {
  Ear ears[2];
  for (int i = 0; i < 2; ++i) stages[i]->join(3, &ears[i]);
  std::vector<float> tone(kBlockSamples);
  for (size_t i = 0; i < tone.size(); ++i) tone[i] = 0.1F * static_cast<float>(i % 100) / 100;
  for (int i = 0; i < 60; ++i) {
    tick({0, 1});
    if (now.samples >= state.song_start)
      stages[1]
          ->lanes(LaneKind::kVoices, false)
          .of(LaneKind::kVoices)
          .add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
  }
  for (auto& stage : stages) {
    std::vector<HopEnergy> heard(20 * kHopsPerBlock);
    stage->heard(3)->copy(Position{state.song_start} + Blocks{5}, heard);
    for (const HopEnergy& hop : heard) EXPECT_GT(hop.whole, 0);
    EXPECT_EQ(stage->heard(2), nullptr);
  }
}

TEST_F(StageTest, TheTickTouchesNoHeap) {
  class Counting final : public Listener {
   public:
    Counting() : Listener(0) {}
    bool wants_probe(Position) override { return false; }
    void tell(const ControlText&) override {}
    void song_reaches(const RoomState&, bool) override {}
    bool hear(std::span<uint8_t> message) override {
      bytes += message.size();
      return true;
    }
    size_t bytes = 0;
  };
  Counting ears[6];
  for (int b = 0; b < 6; ++b) {
    stages[0]->join(b + 1, &ears[b]);
    ears[b].set_batch(b % 5 + 1);
  }
  for (int i = 0; i < 20; ++i) tick({0});
  const std::vector<float> tone(kBlockSamples, 0.1F);
  const int64_t before = test_parts::allocation_count();
  for (int i = 0; i < 100; ++i) {
    now = now + Blocks{1};
    ns += kBlockNs;
    stages[0]
        ->lanes(LaneKind::kVoices, false)
        .of(LaneKind::kVoices)
        .add(now, std::span<const float, kBlockSamples>(tone.data(), kBlockSamples), 1, 1);
    (void)stages[0]->produce(now, ns);
    stages[0]->send(now, buffer);
  }
  EXPECT_EQ(test_parts::allocation_count(), before);
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

TEST_F(StageTest, AMessageHoldsAsManyBlocksAsItsListenerTakesAndNoneIsLeftOut) {
  for (int batch = 1; batch <= 5; ++batch) {
    Ear ear;
    ear.set_batch(batch);
    stages[0]->join(1, &ear);
    ++state.song_number;
    state.song_start = (now + Blocks{10}).samples;
    state.music = state.song_start;
    segment->room(0).state.store(state);
    for (int i = 0; i < 60; ++i) tick({0});
    EXPECT_GE(ear.packets.rbegin()->first, (now - Blocks{batch - 1}).samples);
    expect_whole(ear, state, {ear.packets.rbegin()->first});
    for (size_t i = 1; i < ear.counts.size(); ++i) EXPECT_EQ(ear.counts[i], batch);  // the first falls into step
    stages[0]->leave(1, &ear);
  }
}

TEST_F(StageTest, ABatchMayChangeAtAnyTimeWithoutAGap) {
  Ear ear(3);
  stages[0]->join(1, &ear);
  const int batches[] = {1, 5, 2, 3, 1, 4, 5, 1, 3};
  for (int i = 0; i < 90; ++i) {
    ear.set_batch(batches[i / 7 % 9]);
    tick({0});
  }
  ear.set_batch(1);
  tick({0});
  expect_whole(ear, state, now);
}

TEST_F(StageTest, ThoseWhoWaitForFullMessagesAreSpreadOverTheTicks) {
  std::vector<std::unique_ptr<Ear>> ears;
  for (uint32_t i = 0; i < 10; ++i) {
    ears.push_back(std::make_unique<Ear>(i));
    ears.back()->set_batch(5);
    stages[0]->join(1, ears.back().get());
  }
  for (int i = 0; i < 30; ++i) tick({0});
  for (int i = 0; i < 10; ++i) {
    size_t before = 0;
    size_t after = 0;
    for (auto& ear : ears) before += ear->counts.size();
    tick({0});
    for (auto& ear : ears) after += ear->counts.size();
    EXPECT_EQ(after - before, 2U);
  }
}

TEST_F(StageTest, TheEndOfASongWaitsForNoFullMessage) {
  for (const bool known_before : {true, false}) {
    Ear ear(1);
    ear.set_batch(5);
    stages[0]->join(2, &ear);
    ++state.song_number;
    state.song_start = (now + Blocks{10}).samples;
    state.music = state.song_start;
    state.song_end = known_before ? state.song_start + 8 * 960 : kNoEnd;
    segment->room(0).state.store(state);
    for (int i = 0; i < 10 + 4 + 8; ++i) tick({0});
    state.song_end = state.song_start + 8 * 960;  // the block that was made last
    segment->room(0).state.store(state);
    for (int i = 0; i < 3; ++i) tick({0});
    expect_whole(ear, state, {state.song_end});
    stages[0]->leave(2, &ear);
  }
}

TEST_F(StageTest, ProbesComeOnlyWhileNoSongReachesTheBucket) {
  Ear first, third;
  first.probed = third.probed = true;
  stages[0]->join(1, &first);
  stages[0]->join(3, &third);
  for (int i = 0; i < 30; ++i) tick({0});
  EXPECT_EQ(first.probes.size(), 5U);       // the song's streams begin 6 blocks from the beginning
  EXPECT_EQ(third.probes.size(), 5U + 8U);  // and reach the third bucket two intervals later
  EXPECT_EQ(third.probes[2], Position{960'000'000} + Blocks{3 - 8});
  EXPECT_EQ(first.songs, (std::vector<uint32_t>{1}));
  EXPECT_EQ(first.songs, third.songs);
}

TEST_F(StageTest, EveryListenerIsToldOnceWhenASongReachesHerAndNotBefore) {
  Ear ear, later;
  stages[0]->join(1, &ear);
  for (int i = 0; i < 5; ++i) tick({0});
  EXPECT_TRUE(ear.songs.empty());
  for (int i = 0; i < 5; ++i) tick({0});
  EXPECT_EQ(ear.songs, (std::vector<uint32_t>{1}));
  EXPECT_FALSE(ear.in_a_middle);
  tick({0});
  stages[0]->join(1, &later);
  tick({0});
  EXPECT_TRUE(later.in_a_middle);
  EXPECT_EQ(later.songs, (std::vector<uint32_t>{1})) << "who comes into the middle of it";
  ++state.song_number;
  state.song_start = (now + Blocks{10}).samples;
  state.music = state.song_start;
  segment->room(0).state.store(state);
  for (int i = 0; i < 10; ++i) tick({0});
  EXPECT_EQ(ear.songs, (std::vector<uint32_t>{1, 2}));
}

TEST_F(StageTest, ASlowListenerLosesBlocksAndOthersDoNot) {
  Ear slow, quick;
  slow.deaf = true;
  stages[0]->join(1, &slow);
  stages[0]->join(1, &quick);
  for (int i = 0; i < 20; ++i) tick({0});
  EXPECT_EQ(segment->shard(0).audio_dropped.get(), quick.packets.size());
}

TEST_F(StageTest, AMessageToTheRoomReachesEachOfItsListenersOnceAndNobodyElse) {
  Ear first, second, third, elsewhere, gone;
  stages[0]->join(1, &first);
  stages[0]->join(1, &second);
  stages[0]->join(6, &third);
  stages[0]->join(6, &gone);
  stages[0]->leave(6, &gone);
  Stage other(*segment, 1, 9, 0, *tracks, clicks, EncoderSettings{});
  other.join(1, &elsewhere);
  const ControlText text = make_control_text("{}");
  stages[0]->tell(text);
  for (const Ear* ear : {&first, &second, &third}) EXPECT_EQ(ear->told, std::vector<ControlText>{text});
  EXPECT_TRUE(elsewhere.told.empty());
  EXPECT_TRUE(gone.told.empty());
  other.leave(1, &elsewhere);
}

// --- What a shard that crashed may have left -------------------------------------------------------------------------

TEST_F(StageTest, StrayBitsAndOwnersThatDoNotExistDoNotHoldUpTheSong) {
  Ear ear;
  stages[0]->join(1, &ear);
  for (int i = 0; i < 12; ++i) tick({0});
  segment->room(0).lane_mask(LaneKind::kVoices).store(~uint64_t{0});
  segment->room(0).mixer.store(UINT32_MAX);
  const PacketStream stream = segment->stream(0, 0);
  stream.shard_mask.store(~uint64_t{0});
  stream.owner.store(uint64_t{7} << 16 | 0xffff);
  for (int i = 0; i < 20; ++i) {
    now = now + Blocks{1};
    ns += kBlockNs;
    segment->shard(0).heartbeat_ns.store(ns);
    stages[0]->refresh();
    EXPECT_EQ(stages[0]->produce(now, ns) & ~uint64_t{3}, 0U) << "only shards that there may be are woken";
    stages[0]->send(now, buffer);
  }
  expect_whole(ear, state, now);
  stream.owner.store(uint64_t{9} << 16 | 1);
  stream.shard_mask.store(~uint64_t{3});
  stages[0]->leave(1, &ear);
  EXPECT_FALSE(stages[0]->needed()) << "nobody can be there";
}

TEST_F(StageTest, AStateThatCannotBeIsPassedOverUntilTheNextIsPublished) {
  Ear ear;
  stages[0]->join(1, &ear);
  for (int i = 0; i < 12; ++i) tick({0});
  RoomState spoilt = state;
  spoilt.ring_blocks = 0xfffffff1;
  spoilt.song_start = INT64_MIN;
  spoilt.bucket_count = -5;
  segment->room(0).state.store(spoilt);
  for (int i = 0; i < 10; ++i) tick({0});
  EXPECT_EQ(stages[0]->state().ring_blocks, 256U);
  expect_whole(ear, state, now);
  state.volume = 0.5F;
  segment->room(0).state.store(state);
  tick({0});
  EXPECT_EQ(stages[0]->state().volume, 0.5F);
}

TEST_F(StageTest, WithoutMemoryForASongNeitherLanesNorStreamsAreTouched) {
  Ear ear;
  stages[0]->join(1, &ear);
  state.ring_blocks = 0;
  segment->room(0).state.store(state);
  const uint64_t before = segment->memory().used_bytes;
  for (int i = 0; i < 30; ++i) tick({0});
  EXPECT_TRUE(ear.packets.empty());
  EXPECT_EQ(segment->memory().used_bytes, before);
}

}  // namespace
}  // namespace roundelay::stage_test
