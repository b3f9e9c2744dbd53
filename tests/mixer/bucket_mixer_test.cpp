#include "mixer/bucket_mixer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "test_support.h"

namespace roundelay::bucket_mixer_test {
namespace {

using test_parts::block_at;
using test_parts::constant;
using test_parts::impulse;
using test_parts::Samples;

class BucketMixerTest : public ::testing::Test {
 protected:
  static constexpr uint32_t kRing = 16;

  Samples mix(Position at, bool automatic = true, float volume = kGlobalVolume) {
    Samples out = constant(9);  // must not shine through
    result_ = mixer_.mix(out, {lanes_, {&leader_, 1}}, at, {automatic, volume, boost_});
    return out;
  }

  test_parts::SharedArray<LaneBlock> first_{kRing};
  test_parts::SharedArray<LaneBlock> second_{kRing};
  LaneWriter writers_[2] = {{first_.get(), kRing}, {second_.get(), kRing}};
  LaneReader lanes_[2] = {{first_.get(), kRing}, {second_.get(), kRing}};
  test_parts::SharedArray<LaneBlock> leaders_{kRing};
  LaneWriter leader_writer_{leaders_.get(), kRing};
  LaneReader leader_{leaders_.get(), kRing};
  float boost_ = kLeaderBoost;
  BucketMixer mixer_;
  BucketMixer::Result result_;
};

TEST_F(BucketMixerTest, AppliesAutomaticGainForTheNumberOfPeople) {
  const float automatic[] = {1.0F, 0.866025F, 0.774597F, 0.707107F};
  for (int people = 1; people <= 4; ++people) {
    for (int i = 0; i < people; ++i) writers_[i % 2].add(block_at(people), constant(0.1F), 1, 1);
    mixer_.reset();
    const float expected = 0.1F * static_cast<float>(people) * automatic[people - 1] * 1.2F;
    for (const float x : mix(block_at(people))) ASSERT_NEAR(x, expected, 1e-6);
    EXPECT_EQ(result_.people, people);
    EXPECT_EQ(result_.torn_lanes, 0);
  }
  for (int i = 0; i < 10; ++i) writers_[0].add(block_at(10), constant(0.1F), 1, 1);
  mixer_.reset();
  for (const float x : mix(block_at(10))) ASSERT_NEAR(x, 0.6F, 1e-6);
}

// What belongs to the whole keeps its proportion when it is added to it again.
TEST_F(BucketMixerTest, APartIsAsLoudAsTheWholeMakesIt) {
  writers_[0].add(block_at(1), constant(0.1F), 1, 1);
  for (int i = 0; i < 4; ++i) writers_[1].add(block_at(1), constant(0.05F), 1, 1);
  leader_writer_.add(block_at(1), constant(0.1F), 1, 1);
  const BucketMixer::Lanes whole{.voices = lanes_, .leader = {&leader_, 1}};
  Samples out = constant(9);
  result_ = mixer_.mix(out, {.voices = {lanes_, 1}, .leader = {}, .whole = &whole}, block_at(1), {});
  for (const float x : out) ASSERT_NEAR(x, 0.1F * automatic_gain(6) * kGlobalVolume, 1e-6);
  // Nobody of the part sings: it is silent, and its gain follows the others.
  mixer_.reset();
  writers_[1].add(block_at(2), constant(0.05F), 1, 1);
  result_ = mixer_.mix(out, {.voices = {lanes_, 1}, .leader = {}, .whole = &whole}, block_at(2), {});
  EXPECT_EQ(out, constant(0));
}

TEST_F(BucketMixerTest, AutomaticGainCanBeOff) {
  for (int i = 0; i < 4; ++i) writers_[0].add(block_at(1), constant(0.1F), 1, 1);
  for (const float x : mix(block_at(1), false)) ASSERT_NEAR(x, 0.48F, 1e-6);
  mixer_.reset();
  for (const float x : mix(block_at(1), false, 0.5F)) ASSERT_NEAR(x, 0.2F, 1e-6);
}

// A leader and two singers of three buckets, each of whom sings one sample at the same position. Offsets only decide when
// each mix is made: before or after the additions of those ahead.
TEST_F(BucketMixerTest, AlignsThreeBucketsToTheSample) {
  const Position at = block_at(7);
  constexpr int kIndex = 321;
  const Samples voice = impulse(kIndex, 0.1F);

  EXPECT_EQ(mix(at), constant(0));  // the leader hears nobody
  EXPECT_EQ(result_.people, 0);
  leader_writer_.add(at, voice, 1, 1);

  mixer_.reset();
  const Samples second = mix(at);
  writers_[1].add(at, voice, 1, 1);
  mixer_.reset();
  const Samples third = mix(at);
  for (int i = 0; i < kBlockSamples; ++i) {
    ASSERT_NEAR(second[static_cast<size_t>(i)], i == kIndex ? 0.2394959 : 0, 1e-7) << i;
    ASSERT_NEAR(third[static_cast<size_t>(i)], i == kIndex ? 0.3113326 : 0, 1e-7) << i;
  }
  EXPECT_EQ(mix(block_at(6)), constant(0));
  EXPECT_EQ(mix(block_at(8)), constant(0));
}

TEST_F(BucketMixerTest, TheFirstBlockHasItsOwnGainWithoutARamp) {
  writers_[0].add(block_at(1), constant(0.1F), 1, 1);
  EXPECT_EQ(mix(block_at(1)), constant(0.1F * 1.2F));
  for (int i = 0; i < 10; ++i) writers_[0].add(block_at(2), constant(0.01F), 1, 1);
  mixer_.reset();
  const Samples first = mix(block_at(2));
  EXPECT_EQ(test_parts::equal_samples(first), kBlockSamples);
  EXPECT_NEAR(first[0], 0.06, 1e-7);
}

TEST_F(BucketMixerTest, RampsFromTheGainOfTheLastBlock) {
  writers_[0].add(block_at(1), constant(0.01F), 1, 1);
  mix(block_at(1));
  for (int i = 0; i < 10; ++i) writers_[0].add(block_at(2), constant(0.01F), 1, 1);
  const Samples ramped = mix(block_at(2));
  for (int i = 0; i < kBlockSamples; ++i) {
    ASSERT_NEAR(ramped[static_cast<size_t>(i)], 0.1 * (1.2 - 0.6 * smoothstep((i + 1.0) / kBlockSamples)), 1e-6);
  }
}

TEST_F(BucketMixerTest, TheGainFallsBeforeMorePeopleSoundAndRisesAfterwards) {
  for (int block = 1; block <= 4; ++block) {
    const int people = block == 3 ? 10 : 1;
    for (int i = 0; i < people; ++i) writers_[0].add(block_at(block), constant(0.01F), 1, 1);
  }
  EXPECT_EQ(mix(block_at(1)), constant(0.01F * 1.2F));
  const Samples before = mix(block_at(2));
  EXPECT_NEAR(before.front(), 0.012, 1e-5);
  EXPECT_NEAR(before.back(), 0.006, 1e-7);
  for (const float x : mix(block_at(3))) ASSERT_NEAR(x, 0.06, 1e-7);
  const Samples after = mix(block_at(4));
  EXPECT_NEAR(after.front(), 0.006, 1e-5);
  EXPECT_NEAR(after.back(), 0.012, 1e-7);
}

TEST_F(BucketMixerTest, HoldsTheGainOverSilenceAndGoesToTheNextOnesBeforeTheySing) {
  for (int i = 0; i < 10; ++i) writers_[0].add(block_at(1), constant(0.01F), 1, 1);
  writers_[0].add(block_at(2), constant(0.5F), 1, 0, 0);  // somebody's end
  mix(block_at(1));
  const Samples tail = mix(block_at(2));
  EXPECT_EQ(result_.people, 0);
  EXPECT_NEAR(tail.front(), 0.5 * 0.6, 1e-5);
  EXPECT_EQ(mix(block_at(3)), constant(0));
  writers_[0].add(block_at(5), constant(0.01F), 1, 1);
  EXPECT_EQ(mix(block_at(4)), constant(0));
  EXPECT_EQ(mix(block_at(5)), constant(0.01F * 1.2F));
}

TEST_F(BucketMixerTest, LimitsWhatIsTooLoud) {
  for (int block = 0; block < 10; ++block) {
    for (int i = 0; i < 20; ++i) writers_[i % 2].add(block_at(block), constant(-1), 1, 1);
    for (const float x : mix(block_at(block))) ASSERT_GT(x, -1.0F);
  }
}

// PARITY.md 4: "the leader not going inaudible when many sing".
TEST_F(BucketMixerTest, TheLeaderHoldsHerLevelHoweverManySingWithHer) {
  const float with_one = 0.1F * kLeaderBoost * kGlobalVolume * 0.866025F;
  for (const int people : {2, 3, 10, 100, 1'000}) {
    mixer_.reset();
    leader_writer_.add(block_at(people), constant(0.1F), 1, 1);
    for (int i = 1; i < people; ++i) writers_[i % 2].add(block_at(people), constant(0), 1, 1);
    for (const float x : mix(block_at(people))) ASSERT_NEAR(x, with_one, 1e-6) << people;
    EXPECT_EQ(result_.people, people);
  }
  mixer_.reset();
  leader_writer_.add(block_at(5), constant(0.1F), 1, 1);
  for (const float x : mix(block_at(5))) ASSERT_NEAR(x, 0.2394959F, 1e-6) << "alone";
}

TEST_F(BucketMixerTest, TheLeadersBoostChangesAlongARampAndWithoutAutomaticGain) {
  for (int block = 1; block <= 3; ++block) {
    leader_writer_.add(block_at(block), constant(0.1F), 1, 1);
    writers_[0].add(block_at(block), constant(0.05F), 1, 1);
  }
  for (const float x : mix(block_at(1), false, 1)) ASSERT_NEAR(x, 0.05 + 0.1 * kLeaderBoost, 1e-6);
  boost_ = 1;
  const Samples changed = mix(block_at(2), false, 1);
  for (int i = 0; i < kBlockSamples; ++i) {
    const double boost = kLeaderBoost + (1 - kLeaderBoost) * smoothstep((i + 1.0) / kBlockSamples);
    ASSERT_NEAR(changed[static_cast<size_t>(i)], 0.05 + 0.1 * boost, 1e-6);
  }
  for (const float x : mix(block_at(3), false, 1)) ASSERT_NEAR(x, 0.15, 1e-6);
}

TEST_F(BucketMixerTest, ForeseesAPeakOfTheLeader) {
  for (int block = 1; block <= 2; ++block) {
    leader_writer_.add(block_at(block), constant(block == 1 ? 0.1F : 0.9F), 1, 1);
    writers_[0].add(block_at(block), constant(0.4F), 1, 1);
  }
  const Samples before = mix(block_at(1));
  EXPECT_LT(before.back(), 0.9F * before.front()) << "it falls before the peak comes";
  for (const float x : mix(block_at(2))) ASSERT_LE(x, Limiter::kThreshold * 1.00001F);
}

TEST_F(BucketMixerTest, LeavesOutALaneWhoseWriterStandsStill) {
  writers_[0].add(block_at(1), constant(0.1F), 1, 1);
  writers_[1].add(block_at(1), constant(0.2F), 1, 1);
  second_[static_cast<size_t>(block_at(1).block_index()) % kRing].sequence.fetch_add(1);
  EXPECT_EQ(mix(block_at(1)), constant(0.1F * 1.2F));
  EXPECT_EQ(result_.people, 1);
  EXPECT_EQ(result_.torn_lanes, 1);
}

TEST_F(BucketMixerTest, WithoutLanesThereIsSilence) {
  Samples out = constant(9);
  const BucketMixer::Result result = mixer_.mix(out, {}, block_at(1), {});
  EXPECT_EQ(out, constant(0));
  EXPECT_EQ(result.people, 0);
}

}  // namespace
}  // namespace roundelay::bucket_mixer_test
