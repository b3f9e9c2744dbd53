// Two hundred loud singers of real phrases: the mix is neither clipped nor pumping. Steady and synthetic voices are in
// tests/mixer/loud_choir_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "mixer/bucket_mixer.h"
#include "server/robots/robot_choir.h"
#include "tests/mixer/steps.h"

namespace roundelay::loud_choir_test {
namespace {

constexpr int kSingers = 200;
constexpr size_t kFrom = 18 * 48'000;  // all four parts sing
constexpr size_t kBlocks = 700;        // 14 s
constexpr size_t kSettled = 200;
// Below the least change of level that is heard, commonly given as 0.5 to 1 dB.
constexpr double kPumpingDb = 0.5;
constexpr float kLoud = 6;  // a robot's peaks come to 4 dB over full scale

// The sum of all singers, each `delay` behind the beat.
template <typename Part, typename Delay>
std::vector<float> sum_of(Part part_of, Delay delay_of) {
  std::vector<std::vector<float>> parts(kRobots);
  std::vector<float> sum(kBlocks * kBlockSamples);
  for (int singer = 0; singer < kSingers; ++singer) {
    auto& part = parts[part_of(singer)];
    if (part.empty()) part = render_robot_part(static_cast<int>(part_of(singer)));
    const float* from = part.data() + kFrom - delay_of(singer);
    for (size_t i = 0; i < sum.size(); ++i) sum[i] += kLoud * from[i];
  }
  return sum;
}

// Limits the sum under automatic gain, checks that nothing is above the threshold (so that nothing is bent), and returns the
// limiter's gains once they have settled.
std::vector<float> limit(std::vector<float> sum) {
  const float gain = kGlobalVolume * automatic_gain(kSingers);
  for (float& x : sum) x *= gain;
  Limiter limiter;
  std::vector<float> gains;
  for (size_t b = 0; b + 1 < kBlocks; ++b) {
    const MutableBlock block(sum.data() + b * kBlockSamples, kBlockSamples);
    limiter.process(block, peak_of(Block(block.data() + kBlockSamples, kBlockSamples)));
    if (b == 0) continue;  // nothing was known of the first before it came
    EXPECT_LE(peak_of(block), Limiter::kThreshold * (1 + 1e-5F));
    if (b >= kSettled) gains.push_back(limiter.gain());
  }
  return gains;
}

TEST(LoudChoir, TwoHundredDifferentSingersDoNotPump) {
  std::mt19937 random(3);
  const std::vector<float> gains = limit(sum_of([](int singer) { return static_cast<size_t>(singer) % kRobots; },
                                                [&](int) { return random() % 3'840; }));  // up to 80 ms ragged
  EXPECT_LT(*std::max_element(gains.begin(), gains.end()), 0.8F) << "too quiet for this test";
  EXPECT_LT(test_parts::pumping_db(gains), kPumpingDb);
}

TEST(LoudChoir, TwoHundredTimesTheSameSingerDoesNotPump) {
  for (const size_t part : {0U, 7U}) {
    const std::vector<float> gains = limit(sum_of([&](int) { return part; }, [](int) { return 0; }));
    EXPECT_LT(*std::max_element(gains.begin(), gains.end()), 0.1F);
    EXPECT_LT(test_parts::pumping_db(gains), kPumpingDb);
  }
}

}  // namespace
}  // namespace roundelay::loud_choir_test
