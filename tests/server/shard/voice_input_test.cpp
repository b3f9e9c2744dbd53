// VoiceInput: the rules of PROTOCOL.md 2.1, and where and how loud a voice lands in the lane.
#include "server/shard/voice_input.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <vector>

#include "server/shard/hold_up.h"
#include "tests/mixer/allocation_count.h"
#include "tests/mixer/steps.h"

namespace roundelay::voice_input_test {
namespace {

constexpr Position kStart{960 * 100'000};
constexpr int64_t kNs = 1'000'000'000;

class VoiceInputTest : public ::testing::Test {
 protected:
  VoiceInputTest() {
    room.song_number = 7;
    room.song_start = kStart.samples;
    room.song_end = kNoEnd;
    room.interval_blocks = 50;
    room.ring_blocks = kRing;
  }

  // A block of a 440 Hz sine as the encoder makes it, block by block.
  std::vector<uint8_t> sing(float amplitude = 0.25F) {
    float pcm[kBlockSamples];
    for (float& sample : pcm)
      sample = amplitude * std::sin(2 * std::numbers::pi_v<float> * 440 * static_cast<float>(sung++ % 48'000) / 48'000);
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder.encode(pcm, packet)));
    return packet;
  }

  VoiceError send(Position at, const std::vector<uint8_t>& packet, Blocks late = {2}, uint32_t song = 7, int bucket = 1) {
    wire::VoiceMessage message;
    message.bucket = static_cast<uint8_t>(bucket);
    message.count = 1;
    message.song = song;
    message.position = at;
    message.packets[0] = packet;
    const Position now = at + room.offset_of(place.bucket - 1) + late;
    now_ns += 20'000'000;
    return input.receive(message, place, arrival(now), writers, row);
  }

  VoiceInput::Arrival arrival(Position now) { return {now, now_ns, held_up_until, &old_blocks}; }

  float heard(Position at, int* people = nullptr) { return heard_in(*ring.get(), at, people); }

  static float heard_in(const LaneBlock& lane, Position at, int* people = nullptr) {
    float sum[kBlockSamples] = {};
    const int n = LaneReader(&lane, kRing).add_to(sum, at);
    if (people != nullptr) *people = n;
    return peak_of(sum);
  }

  static constexpr uint32_t kRing = 256;
  std::unique_ptr<LaneBlock[]> ring{new LaneBlock[kRing]()};
  std::unique_ptr<LaneBlock[]> leader_ring{new LaneBlock[kRing]()};
  std::unique_ptr<LaneBlock[]> solo_ring{new LaneBlock[kRing]()};
  LaneWriters writers{{LaneWriter(ring.get(), kRing), LaneWriter(leader_ring.get(), kRing), LaneWriter(solo_ring.get(), kRing)}};
  RoomState room;
  VoiceInput::Place place{.room = &room};
  VoiceInput input;
  Position held_up_until;
  OldBlocks old_blocks;
  std::unique_ptr<ShardRow> row_holder = std::make_unique<ShardRow>();
  ShardRow& row = *row_holder;
  BlockEncoder encoder{EncoderSettings{}};
  int64_t sung = 0;
  int64_t now_ns = kNs;
};

TEST_F(VoiceInputTest, AVoiceLandsWhereItWasHeard) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  int people = 0;
  EXPECT_NEAR(heard(kStart + Blocks{3}, &people), 0.25F, 0.02F);
  EXPECT_EQ(people, 1);
  EXPECT_EQ(heard(kStart + Blocks{5}, &people), 0);
  EXPECT_EQ(people, 0);
  EXPECT_EQ(row.voices_decoded.get(), 5U);
}

TEST_F(VoiceInputTest, InARoundAVoiceIsAddedAgainOrTheLeadersAlone) {
  room.music = kStart.samples;
  room.bpm_tenths = 3'000;  // a beat of ten blocks
  room.beats_per_bar = 4;
  room.round_beats = 2;
  room.round_repeats = 2;
  room.first_offset_blocks = 40;
  for (int i = 0; i < 5; ++i) send(kStart + Blocks{i}, sing());
  int people = 0;
  for (const int repeat : {0, 20, 40}) {
    EXPECT_NEAR(heard(kStart + Blocks{repeat + 3}, &people), 0.25F, 0.02F) << repeat;
    EXPECT_EQ(people, 1) << repeat;
  }
  EXPECT_EQ(heard(kStart + Blocks{63}, &people), 0);
  EXPECT_EQ(row.voices_decoded.get(), 5U) << "a voice is decoded once";

  room.round_leader_only = 1;
  for (int i = 100; i < 105; ++i) send(kStart + Blocks{i}, sing());
  EXPECT_EQ(heard(kStart + Blocks{123}, &people), 0);
  place.lane = LaneKind::kLeader;
  for (int i = 105; i < 110; ++i) send(kStart + Blocks{i}, sing());
  EXPECT_NEAR(heard_in(*leader_ring.get(), kStart + Blocks{128}, &people), 0.25F, 0.02F);
  EXPECT_EQ(people, 1);
}

TEST_F(VoiceInputTest, InARoundASoloedVoiceIsInTheSoloMixOnce) {
  room.music = kStart.samples;
  room.bpm_tenths = 3'000;
  room.beats_per_bar = 4;
  room.round_beats = 2;
  room.round_repeats = 2;
  room.first_offset_blocks = 40;
  room.has_solo = 1;
  place.soloed = true;
  for (int i = 0; i < 5; ++i) send(kStart + Blocks{i}, sing());
  int people = 0;
  EXPECT_NEAR(heard(kStart + Blocks{23}), 0.25F, 0.02F);
  EXPECT_NEAR(heard_in(*solo_ring.get(), kStart + Blocks{3}, &people), 0.25F, 0.02F);
  EXPECT_EQ(people, 1);
  for (const int repeat : {20, 40}) EXPECT_EQ(heard_in(*solo_ring.get(), kStart + Blocks{repeat + 3}, &people), 0) << repeat;
  EXPECT_EQ(people, 0);
}

TEST_F(VoiceInputTest, DropsAndCountsPositionsOutOfOrderFutureAndPast) {
  EXPECT_EQ(send(kStart + Blocks{5}, sing()), VoiceError::kNone);
  EXPECT_EQ(send(kStart + Blocks{5}, sing()), VoiceError::kNone);
  EXPECT_EQ(send(kStart + Blocks{4}, sing()), VoiceError::kNone);
  EXPECT_EQ(input.drops(), (VoiceDrops{.order = 2}));
  EXPECT_EQ(send(kStart + Blocks{6}, sing(), Blocks{-1}), VoiceError::kNone);
  EXPECT_EQ(input.drops(), (VoiceDrops{.future = 1, .order = 2}));
  EXPECT_EQ(send(kStart + Blocks{6}, sing(), Blocks{kRing}), VoiceError::kNone);
  EXPECT_EQ(input.drops(), (VoiceDrops{.past = 1, .future = 1, .order = 2}));
  EXPECT_EQ(row.voices_decoded.get(), 1U);
  EXPECT_EQ(send(kStart + Blocks{6}, sing(), Blocks{kRing - 1}), VoiceError::kNone);
  EXPECT_EQ(row.voices_decoded.get(), 2U);
  EXPECT_EQ(row.blocks_dropped.get(), 4U);
  EXPECT_EQ(row.blocks_refused.get(), 0U);
}

TEST_F(VoiceInputTest, OfAMessageTheBlocksThatCanBeUsedAreUsed) {
  const auto packet = sing();
  EXPECT_EQ(send(kStart + Blocks{1}, packet), VoiceError::kNone);
  wire::VoiceMessage message;
  message.count = 4;
  message.song = 7;
  message.position = kStart;
  for (auto& each : message.packets) each = packet;
  // The first two were taken already, the last has not been heard yet.
  EXPECT_EQ(input.receive(message, place, arrival(kStart + Blocks{2}), writers, row), VoiceError::kNone);
  EXPECT_EQ(row.voices_decoded.get(), 2U);
  EXPECT_EQ(input.drops(), (VoiceDrops{.future = 1, .order = 2}));
}

TEST_F(VoiceInputTest, WhatTheRingHasLostIsLateAsWell) {
  EXPECT_EQ(send(kStart, sing()), VoiceError::kNone);
  EXPECT_EQ(send(kStart + Blocks{1}, sing(), Blocks{kRing}), VoiceError::kNone);
  EXPECT_DOUBLE_EQ(input.meter().read().late_percent, 50);
  EXPECT_EQ(row.blocks_late.get(), 1U);
}

TEST_F(VoiceInputTest, AShardTakesOldBlocksAsFarAsItCanAndThoseThatAreHeardFirst) {
  room.bucket_count = 2;
  room.interval_blocks = 50;
  std::vector<std::vector<uint8_t>> packets;
  for (int i = 0; i < 100; ++i) packets.push_back(sing());
  // Nobody hears them any more: half of what the shard takes is kept from them.
  const auto old_of = [&](int singers, Blocks late) {
    const uint64_t before = row.voices_decoded.get();
    for (int s = 0; s < singers; ++s) {
      VoiceInput other;
      for (int i = 0; i < 100; ++i) {
        wire::VoiceMessage message;
        message.count = 1;
        message.song = 7;
        message.position = kStart + Blocks{i};
        message.packets[0] = packets[static_cast<size_t>(i)];
        EXPECT_EQ(other.receive(message, place, arrival(message.position + late), writers, row), VoiceError::kNone);
      }
    }
    return row.voices_decoded.get() - before;
  };
  EXPECT_EQ(old_of(10, Blocks{150}), OldBlocks::kBurst / 2);
  EXPECT_EQ(row.blocks_dropped.get(), 1000U - OldBlocks::kBurst / 2);
  room.bucket_count = 6;  // now four more buckets will hear them
  EXPECT_EQ(old_of(10, Blocks{150}), OldBlocks::kBurst / 2);
  EXPECT_EQ(old_of(1, Blocks{99}), 100U) << "what is hardly late is taken in any case";
  now_ns += kNs / 10;
  EXPECT_EQ(old_of(10, Blocks{150}), OldBlocks::kPerSecond / 10);
}

TEST_F(VoiceInputTest, AStallOfTheLineIsLateBlocksAndNoLoopTime) {
  for (int i = 0; i < 200; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{5}), VoiceError::kNone);
  // Six seconds stay away, then they come at once, and it goes on as before.
  const Position back = kStart + Blocks{505};
  room.ring_blocks = 512;
  for (int i = 200; i < 500; ++i)
    EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{blocks_between(back, kStart + Blocks{i}).count}), VoiceError::kNone);
  for (int i = 500; i < 700; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{5}), VoiceError::kNone);
  EXPECT_NEAR(input.meter().read().loop_ms, 100, LoopMeter::kBinMs);
  EXPECT_GT(input.meter().read().late_percent, 30);
}

TEST_F(VoiceInputTest, ALineThatHasBecomeSlowForGoodIsMeasuredAsSuch) {
  room.interval_blocks = 200;
  for (int i = 0; i < 200; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{5}), VoiceError::kNone);
  for (int i = 200; i < 400; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{105}), VoiceError::kNone);
  EXPECT_NEAR(input.meter().read().loop_ms, 2'100, LoopMeter::kBinMs);
}

TEST_F(VoiceInputTest, ARepetitionOfAFewHundredMillisecondsIsALoopTime) {
  for (int i = 0; i < 200; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{i % 50 < 47 ? 10 : 40}), VoiceError::kNone);
  EXPECT_NEAR(input.meter().read().loop_ms, 800, LoopMeter::kBinMs);
}

TEST_F(VoiceInputTest, WhatTheServerItselfHeldUpIsNobodysLoopTimeAndNobodyIsLate) {
  for (int i = 0; i < 100; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{5}), VoiceError::kNone);
  // The shard stood still for three seconds: what was under way, and what it sent late afterwards, comes back late.
  held_up_until = kStart + Blocks{250};
  for (int i = 100; i < 250; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{std::max(5, 250 - i)}), VoiceError::kNone);
  EXPECT_EQ(input.meter().read().blocks, 100);
  for (int i = 251; i < 300; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing(), Blocks{5}), VoiceError::kNone);
  EXPECT_NEAR(input.meter().read().loop_ms, 100, LoopMeter::kBinMs);
  EXPECT_EQ(input.meter().read().late_percent, 0);
  EXPECT_GT(row.blocks_late.get(), 0U) << "the server's own count is true";
}

TEST(HoldUp, ATickThatBeginsMuchTooLateShowsThatTheShardStoodStill) {
  HoldUp hold_up;
  hold_up.tick(kNs, kNs + HoldUp::kLateNs, Position{96'000});
  EXPECT_EQ(hold_up.until(), Position{}) << "a busy server";
  hold_up.tick(kNs, kNs + HoldUp::kLateNs + 1, Position{96'000});
  EXPECT_EQ(hold_up.until(), Position{96'000});
  hold_up.tick(2 * kNs, 2 * kNs, Position{192'000});
  EXPECT_EQ(hold_up.until(), Position{96'000});
}

TEST_F(VoiceInputTest, CountsLateBlocksButStillAddsThem) {
  EXPECT_EQ(send(kStart, sing(), Blocks{49}), VoiceError::kNone);
  EXPECT_EQ(row.blocks_late.get(), 0U);
  EXPECT_EQ(send(kStart + Blocks{1}, sing(), Blocks{50}), VoiceError::kNone);
  EXPECT_EQ(row.blocks_late.get(), 1U);
  int people = 0;
  heard(kStart + Blocks{1}, &people);
  EXPECT_EQ(people, 1);
  EXPECT_DOUBLE_EQ(input.meter().read().late_percent, 50);
  EXPECT_NEAR(input.meter().read().loop_ms, 1000, LoopMeter::kBinMs);
}

TEST_F(VoiceInputTest, NobodyIsLateInTheLastBucket) {
  room.bucket_count = 2;
  place.bucket = 2;
  EXPECT_EQ(send(kStart, sing(), Blocks{80}, 7, place.bucket), VoiceError::kNone);
  EXPECT_EQ(row.blocks_late.get(), 0U);
  EXPECT_EQ(input.meter().read().late_percent, 0);
}

TEST_F(VoiceInputTest, AnswersToProbesTellTheLoopTimeAndAddNothing) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(send(kStart + Blocks{i}, {}, Blocks{5}, 0), VoiceError::kNone);
  EXPECT_EQ(input.meter().read().blocks, 10);
  EXPECT_NEAR(input.meter().read().loop_ms, 100, LoopMeter::kBinMs);
  EXPECT_EQ(send(kStart, {}, Blocks{3}, 0, 2), VoiceError::kNone) << "of another bucket: in flight during a change";
  EXPECT_EQ(input.meter().read().blocks, 10);
  EXPECT_EQ(row.voices_decoded.get(), 0U);
  EXPECT_EQ(heard(kStart), 0);
}

TEST_F(VoiceInputTest, AnswersToProbesOfAnotherOffsetTellNothing) {
  place.bucket = 2;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(send(kStart + Blocks{i}, {}, Blocks{5}, 0, 2), VoiceError::kNone);
  room.interval_blocks += 100;  // in flight: positions from the future
  EXPECT_EQ(send(kStart + Blocks{10}, {}, Blocks{5 - 100}, 0, 2), VoiceError::kNone);
  room.interval_blocks -= 100;  // and from long ago
  EXPECT_EQ(send(kStart + Blocks{10}, {}, Blocks{5 + 100}, 0, 2), VoiceError::kNone);
  EXPECT_EQ(input.meter().read().blocks, 10);
  EXPECT_NEAR(input.meter().read().loop_ms, 100, LoopMeter::kBinMs);
  EXPECT_EQ(send(kStart + Blocks{200}, {}, Blocks{5}, 0, 2), VoiceError::kNone);
  EXPECT_EQ(input.meter().read().blocks, 11);
}

TEST_F(VoiceInputTest, DropsBlocksOfAnotherSongOrBucketWithoutAnError) {
  EXPECT_EQ(send(kStart, sing(), {2}, 6), VoiceError::kNone);
  EXPECT_EQ(send(kStart, sing(), {2}, 7, 2), VoiceError::kNone);
  EXPECT_EQ(row.voices_decoded.get(), 0U);
}

TEST_F(VoiceInputTest, AddsNothingOutsideTheSong) {
  room.song_end = (kStart + Blocks{2}).samples;
  EXPECT_EQ(send(kStart - Blocks{1}, sing()), VoiceError::kNone);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  EXPECT_EQ(heard(kStart - Blocks{1}), 0);
  EXPECT_GT(heard(kStart + Blocks{1}), 0.1F);
  EXPECT_EQ(heard(kStart + Blocks{2}), 0);
}

TEST_F(VoiceInputTest, SilenceCostsNoDecodeAndIsNobody) {
  EXPECT_EQ(send(kStart, {}), VoiceError::kNone);
  EXPECT_EQ(row.voices_decoded.get(), 0U);
  EXPECT_EQ(row.voices_skipped.get(), 1U);
  int people = 1;
  heard(kStart, &people);
  EXPECT_EQ(people, 0);
}

TEST_F(VoiceInputTest, DigitalSilenceIsDecodedThreeTimesThenSkipped) {
  EXPECT_EQ(send(kStart, sing()), VoiceError::kNone);
  // The encoder's high-pass rings on for a while; then its packets are of 3 bytes.
  int i = 1;
  for (int silent = 0; silent < 20; ++i) {
    const auto packet = sing(0);
    ASSERT_LT(i, 200) << "the encoder never fell silent";
    silent += packet.size() <= kSilentPacketBytes ? 1 : 0;
    EXPECT_EQ(send(kStart + Blocks{i}, packet), VoiceError::kNone);
  }
  EXPECT_EQ(row.voices_skipped.get(), 17U);
  // The encoder went on in silence; what is sung afterwards is whole again soon.
  for (const int end = i + 6; i < end; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  EXPECT_NEAR(heard(kStart + Blocks{i - 1}), 0.25F, 0.02F);
}

TEST_F(VoiceInputTest, AVoiceThatStopsIsFadedOutOverABlock) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  EXPECT_EQ(send(kStart + Blocks{5}, {}), VoiceError::kNone);
  float tail[kBlockSamples] = {};
  LaneReader(ring.get(), kRing).add_to(tail, kStart + Blocks{5});
  float before[kBlockSamples] = {};
  LaneReader(ring.get(), kRing).add_to(before, kStart + Blocks{4});
  EXPECT_NEAR(tail[0], before[959], 0.05F) << "no step where it stops";
  EXPECT_LT(std::abs(tail[958]), 0.001F) << "and none where the fade ends";
  int people = 1;
  heard(kStart + Blocks{5}, &people);
  EXPECT_EQ(people, 0) << "who has stopped is nobody";
}

TEST_F(VoiceInputTest, MutingRampsDownAndThenCostsNothing) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  place.muted = true;
  for (int i = 5; i < 10; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  EXPECT_EQ(row.voices_decoded.get(), 6U);
  float ramp[kBlockSamples] = {};
  LaneReader(ring.get(), kRing).add_to(ramp, kStart + Blocks{5});
  EXPECT_LT(std::abs(ramp[959]), 0.001F);
  int people = 1;
  heard(kStart + Blocks{6}, &people);
  EXPECT_EQ(people, 0);
}

// What the lane holds beside what a decoder of the same packets gives: the lane is that, times a gain without a step (steps.h).
class VoiceGainTest : public VoiceInputTest {
 protected:
  using Gain = float (*)(int sample);
  static constexpr Gain kFull = [](int) { return 1.0F; };
  static constexpr Gain kNone = [](int) { return 0.0F; };
  static constexpr Gain kUp = [](int i) {
    const int risen = std::clamp(i + 1 - VoiceInput::kFadeInSilent, 0, VoiceInput::kFadeInEnd - VoiceInput::kFadeInSilent);
    return static_cast<float>(smoothstep(risen / static_cast<double>(VoiceInput::kFadeInEnd - VoiceInput::kFadeInSilent)));
  };
  static constexpr Gain kDown = [](int i) { return static_cast<float>(1 - smoothstep((i + 1) / 960.0)); };
  static constexpr Gain kBoosted = [](int) { return kLeaderBoost; };
  static constexpr Gain kBoost = [](int i) { return static_cast<float>(1 + (kLeaderBoost - 1) * smoothstep((i + 1) / 960.0)); };

  // The next block is expected to be `packet` (empty: concealed) times `gain`.
  void expect(Gain gain, const std::vector<uint8_t>& packet = {}) {
    float pcm[kBlockSamples] = {};
    if (gain == kUp && !began) decoder.reset();
    began = gain == kUp || (began && gain != kDown);
    const bool sounds = gain != kNone;
    ASSERT_TRUE(!sounds || decoder.decode(packet, pcm));
    float lane[kBlockSamples] = {};
    LaneReader(ring.get(), kRing).add_to(lane, next);
    float loudest = 0;
    for (int i = 0; i < kBlockSamples; ++i) {
      gains.push_back(gain(i));
      ASSERT_NEAR(lane[i], sounds ? pcm[i] * gain(i) : 0, 1e-6) << blocks() << ", sample " << i;
      loudest = std::max(loudest, std::abs(lane[i]));
    }
    EXPECT_TRUE(!sounds || loudest > 0.1F);
    next = next + Blocks{1};
  }
  // Sends `packet` for the next block and expects it there.
  void sing_next(Gain gain) {
    const auto packet = sing(0.5F);
    ASSERT_EQ(send(next, packet), VoiceError::kNone);
    expect(gain, packet);
  }
  size_t blocks() const { return gains.size() / kBlockSamples; }
  ~VoiceGainTest() override { EXPECT_LT(test_parts::largest_step(gains), test_parts::kStepLimit); }

  Position next = kStart;
  BlockDecoder decoder;
  bool began = false;  // the decoder is in the middle of the voice
  std::vector<float> gains;
};

TEST_F(VoiceGainTest, AVoiceThatBeginsInTheMiddleOfASoundIsFadedIn) {
  for (int i = 0; i < 7; ++i) (void)sing(0.5F);
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 5; ++i) sing_next(kFull);
}

TEST_F(VoiceGainTest, AVoiceThatStopsIsFadedOutAndFadedInWhenItGoesOn) {
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 5; ++i) sing_next(kFull);
  EXPECT_EQ(send(next, {}), VoiceError::kNone);
  expect(kDown);
  expect(kNone);
  (void)sing(0.5F);
  sing_next(kUp);
  sing_next(kFull);
}

TEST_F(VoiceGainTest, AMissingPacketIsConcealedWhileTheVoiceFadesOut) {
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 5; ++i) sing_next(kFull);
  (void)sing(0.5F);  // lost
  const auto packet = sing(0.5F);
  EXPECT_EQ(send(next + Blocks{1}, packet), VoiceError::kNone);
  expect(kDown);
  expect(kUp, packet);
  sing_next(kFull);
}

TEST_F(VoiceGainTest, MutingAndUnmutingHaveNoStep) {
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 5; ++i) sing_next(kFull);
  place.muted = true;
  sing_next(kDown);
  for (int i = 0; i < 3; ++i) sing_next(kNone);
  place.muted = false;
  sing_next(kUp);
  sing_next(kFull);
}

TEST_F(VoiceGainTest, AnotherVolumeHasNoStep) {
  expect(kNone);
  sing_next(kUp);
  sing_next(kFull);
  place.gain = kLeaderBoost;
  sing_next(kBoost);
  sing_next(kBoosted);
}

TEST_F(VoiceGainTest, WhoBeginsToLeadOrIsSoloedMovesFromLaneToLaneAndIsHeardOnce) {
  const auto sums = [&](const std::unique_ptr<LaneBlock[]>& of, Position at) {
    std::pair<std::array<float, kBlockSamples>, int> out{};
    out.second = LaneReader(of.get(), kRing).add_to(out.first, at);
    return out;
  };
  expect(kNone);
  sing_next(kUp);
  sing_next(kFull);
  place.lane = LaneKind::kLeader;
  place.soloed = true;
  const Position moves = next;
  sing_next(kDown);
  const auto [voices, voices_people] = sums(ring, moves);
  const auto [leader, leader_people] = sums(leader_ring, moves);
  const auto [solo, solo_people] = sums(solo_ring, moves);
  EXPECT_EQ(voices_people, 0) << "she is counted where she goes to";
  EXPECT_EQ(leader_people, 1);
  EXPECT_EQ(solo_people, 1);
  EXPECT_EQ(solo, leader) << "both rise";
  EXPECT_NEAR(voices.front() + leader.front(), voices.front(), 1e-5);
  float loudest = 0;
  for (const float x : leader) loudest = std::max(loudest, std::abs(x));
  EXPECT_GT(loudest, 0.3F);
  const auto packet = sing(0.5F);
  ASSERT_EQ(send(next, packet), VoiceError::kNone);
  float pcm[kBlockSamples];
  ASSERT_TRUE(decoder.decode(packet, pcm));
  const auto [alone, people] = sums(leader_ring, next);
  EXPECT_EQ(people, 1);
  for (int i = 0; i < kBlockSamples; ++i) ASSERT_NEAR(alone[static_cast<size_t>(i)], pcm[i], 1e-6);
  EXPECT_EQ(sums(ring, next).second, 0);
  place.soloed = false;
  ASSERT_EQ(send(next + Blocks{1}, sing(0.5F)), VoiceError::kNone);
  EXPECT_EQ(sums(solo_ring, next + Blocks{1}).second, 0);
  place.muted = true;
  ASSERT_EQ(send(next + Blocks{2}, sing(0.5F)), VoiceError::kNone);
  EXPECT_EQ(sums(leader_ring, next + Blocks{2}).second, 0);
}

TEST_F(VoiceGainTest, WhoLeavesIsFadedOut) {
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 5; ++i) sing_next(kFull);
  input.leave(room, next, writers, row);
  expect(kDown);
  expect(kNone);
  input.leave(room, next, writers, row);
  expect(kNone);
}

TEST_F(VoiceGainTest, ASoundThatLastsOverTheEndOfTheSongIsFadedOut) {
  room.song_end = (kStart + Blocks{5}).samples;
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 2; ++i) sing_next(kFull);
  sing_next(kDown);
  for (int i = 0; i < 3; ++i) sing_next(kNone);
}

TEST_F(VoiceGainTest, ASongThatWasStoppedBehindTheLastBlockEndsInAFadeAfterIt) {
  expect(kNone);
  sing_next(kUp);
  for (int i = 0; i < 3; ++i) sing_next(kFull);
  room.song_end = next.samples;
  sing_next(kDown);
  int people = 1;
  heard({room.song_end}, &people);
  EXPECT_EQ(people, 0);
  for (int i = 0; i < 3; ++i) sing_next(kNone);
}

TEST_F(VoiceGainTest, ASoundThatBeganBeforeTheSongIsFadedInAtItsStart) {
  room.song_start = (kStart + Blocks{3}).samples;
  for (int i = 0; i < 3; ++i) {
    const auto packet = sing(0.5F);
    ASSERT_EQ(send(next, packet), VoiceError::kNone);
    float pcm[kBlockSamples];
    ASSERT_TRUE(decoder.decode(packet, pcm));
    expect(kNone);
  }
  began = true;
  sing_next(kUp);
  sing_next(kFull);
}

TEST_F(VoiceInputTest, WhoLeavesLongAfterSingingDoesNotTouchWhatTheRingHoldsNow) {
  EXPECT_EQ(send(kStart, sing()), VoiceError::kNone);
  const Position now = kStart + Blocks{kRing + 1};
  writers.of(LaneKind::kVoices).add(now, std::array<float, kBlockSamples>{}, 1, 1);
  input.leave(room, now, writers, row);
  int people = 0;
  heard(now, &people);
  EXPECT_EQ(people, 1);
}

TEST_F(VoiceInputTest, TheLevelMatchBringsASoftVoiceUpWithoutAStep) {
  room.level_match = 1;
  room.watched = 1;
  float before = 0;
  int blocks = 0;
  for (; blocks < 400; ++blocks) {
    ASSERT_EQ(send(kStart + Blocks{blocks}, sing(0.02F)), VoiceError::kNone);
    float lane[kBlockSamples] = {};
    LaneReader(ring.get(), kRing).add_to(lane, kStart + Blocks{blocks});
    const float level = peak_of(lane);
    if (blocks > 60) {
      EXPECT_LT(std::abs(20 * std::log10(level / before)), 0.6) << blocks;
    }
    before = level;
  }
  const auto reading = input.take_levels();
  ASSERT_TRUE(reading);
  EXPECT_NEAR(reading->level_db, -37, 1);
  EXPECT_GT(before / 0.02F, 1.9F) << "7 dB in 8 s";
  EXPECT_LT(before / 0.02F, 2.6F);
  room.level_match = room.watched = 0;
  EXPECT_EQ(send(kStart + Blocks{blocks}, sing(0.02F)), VoiceError::kNone);
  EXPECT_FALSE(input.take_levels()) << "nobody watches";
}

TEST_F(VoiceInputTest, TheGainIsTheSingersGain) {
  place.gain = kLeaderBoost;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send(kStart + Blocks{i}, sing()), VoiceError::kNone);
  EXPECT_NEAR(heard(kStart + Blocks{4}), 0.25F * kLeaderBoost, 0.04F);
}

TEST_F(VoiceInputTest, APacketThatIsNoBlockIsRefusedWhole) {
  EXPECT_EQ(send(kStart, {0xFF, 0xFF, 0xFF, 0xFF}), VoiceError::kBadPacket);
  int people = 1;
  heard(kStart, &people);
  EXPECT_EQ(people, 0);
  EXPECT_EQ(send(kStart, sing()), VoiceError::kNone) << "the position was not used up";
}

TEST_F(VoiceInputTest, ReceivingTouchesNoHeap) {
  const auto first = sing();
  const auto second = sing();
  const auto third = sing();
  const std::vector<uint8_t> none;
  (void)send(kStart, first);
  const int64_t before = test_parts::allocation_count();
  (void)send(kStart + Blocks{1}, second);
  (void)send(kStart + Blocks{2}, none);
  (void)send(kStart + Blocks{4}, third);
  EXPECT_EQ(test_parts::allocation_count(), before);
  EXPECT_EQ(row.voices_decoded.get(), 3U);
}

TEST_F(VoiceInputTest, AfterAMovePositionsMayBeginAnew) {
  EXPECT_EQ(send(kStart + Blocks{100}, sing()), VoiceError::kNone);
  input.restart();
  EXPECT_EQ(send(kStart + Blocks{50}, sing()), VoiceError::kNone);
}

}  // namespace
}  // namespace roundelay::voice_input_test
