// The mixer's part of a tick, block by block.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "bench/check.h"
#include "mixer/bucket_mixer.h"
#include "mixer/lane.h"
#include "mixer/limiter.h"

namespace roundelay::bench {
namespace {

using Samples = std::array<float, kBlockSamples>;

constexpr Position kStart{86'400'000'000 * kBlockSamples};

Samples tone(float amplitude) {
  Samples samples;
  for (size_t i = 0; i < samples.size(); ++i) samples[i] = amplitude * std::sin(static_cast<float>(i) * 0.05F);
  return samples;
}

bool near(const Samples& samples, const Samples& wanted, float factor) {
  for (size_t i = 0; i < samples.size(); ++i) {
    if (!(std::fabs(samples[i] - wanted[i] * factor) <= 1e-5F)) return false;
  }
  return true;
}

void count_blocks(benchmark::State& state, double blocks) {
  count(state, blocks, blocks * sizeof(Samples));
}

// Lanes with one voice at every position of their rings.
struct Lanes {
  Lanes(size_t count, uint32_t ring_blocks) : ring(ring_blocks), blocks(new LaneBlock[count * ring]()) {
    for (size_t lane = 0; lane < count; ++lane) {
      LaneBlock* begin = blocks.get() + lane * ring;
      for (uint32_t i = 0; i < ring; ++i) LaneWriter(begin, ring).add(kStart + Blocks{i}, voice, 1, 1);
      readers.emplace_back(begin, ring);
    }
  }
  const Samples voice = tone(0.01F);
  uint32_t ring;
  std::unique_ptr<LaneBlock[]> blocks;
  std::vector<LaneReader> readers;
};

void add_voice(benchmark::State& state) {
  const Lanes lanes(1, 1);
  LaneWriter writer(lanes.blocks.get(), 1);
  const Samples voice = tone(1e-9F);
  const float to = state.range(0) != 0 ? 0.5F : 1.0F;
  for (auto _ : state) writer.add(kStart, voice, 1, to);
  Samples sum{};
  check(lanes.readers[0].add_to(sum, kStart) == static_cast<int>(std::min<int64_t>(state.iterations() + 1, 1 << 20)),
        "the people in the lane");
  writer.add(kStart + Blocks{1}, voice, 1, 1);
  writer.add(kStart + Blocks{1}, lanes.voice, to, to);
  sum = {};
  check(lanes.readers[0].add_to(sum, kStart + Blocks{1}) == 2 && near(sum, lanes.voice, to), "the sum in the lane");
  count_blocks(state, 1);
}
BENCHMARK(add_voice)->ArgName("ramp")->Arg(0)->Arg(1);

// hot: the same position again and again. cold: blocks in no order from 64 MiB of lanes, more than the caches hold.
void sum_lanes(benchmark::State& state) {
  const auto lane_count = static_cast<size_t>(state.range(0));
  const bool cold = state.range(1) != 0;
  const Lanes lanes(lane_count, cold ? std::bit_floor(static_cast<uint32_t>(16'384 / lane_count)) : 1);
  std::vector<int64_t> order(lanes.ring);
  for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<int64_t>(i);
  std::shuffle(order.begin(), order.end(), std::mt19937(1));
  Samples sum{};
  size_t next = 0;
  int64_t people = 0;
  for (auto _ : state) {
    const Position at = kStart + Blocks{order[next]};
    if (++next == order.size()) next = 0;
    sum = {};
    for (const LaneReader& lane : lanes.readers) people += lane.add_to(sum, at);
    benchmark::DoNotOptimize(sum.data());
    benchmark::ClobberMemory();
  }
  check(people == state.iterations() * state.range(0), "the people in the lanes");
  check(near(sum, lanes.voice, static_cast<float>(lane_count)), "the sum of the lanes");
  count_blocks(state, static_cast<double>(lane_count));
}
BENCHMARK(sum_lanes)->ArgNames({"lanes", "cold"})->ArgsProduct({{1, 10, 64}, {0, 1}});

void gain_ramp(benchmark::State& state) {
  const Samples in = tone(1);
  Samples out;
  for (auto _ : state) {
    copy_ramped(out, in, 0.5F, 0.75F);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  check(out.back() == in.back() * 0.75F && std::fabs(out[479] - in[479] * 0.625F) < 1e-5F, "the ramp");
  count_blocks(state, 1);
}
BENCHMARK(gain_ramp);

void peak(benchmark::State& state) {
  const Samples in = tone(1);
  float found = 0;
  for (auto _ : state) {
    found = peak_of(in);
    benchmark::DoNotOptimize(found);
    benchmark::ClobberMemory();
  }
  float largest = 0;
  for (const float x : in) largest = std::max(largest, std::fabs(x));
  check(found == largest, "the peak");
  count_blocks(state, 1);
}
BENCHMARK(peak);

// idle: passed through. steady: at a constant gain. foreseen: falls over a whole block, before a peak in the next one. surprised:
// falls within the block that has the peak.
enum LimiterLoad { kIdle, kSteady, kForeseen, kSurprised };

void limit(benchmark::State& state) {
  const auto load = static_cast<LimiterLoad>(state.range(0));
  const Samples in = tone(load == kIdle || load == kForeseen ? 0.5F : 3.0F);
  const bool falls = load == kForeseen || load == kSurprised;
  Limiter limiter;
  Samples io;
  for (auto _ : state) {
    if (falls) limiter.reset();
    io = in;
    limiter.process(io, load == kIdle ? 0.5F : 3.0F);
    benchmark::DoNotOptimize(io.data());
    benchmark::ClobberMemory();
  }
  if (load == kIdle) check(io == in, "passing through");
  if (load == kForeseen) check(std::fabs(io.back() - in.back() * limiter.gain()) < 1e-6F, "the fall");
  check(load == kIdle ? limiter.gain() == 1 : std::fabs(limiter.gain() - Limiter::kThreshold / 3) < 1e-3F, "the limiter's gain");
  for (const float x : io) check(std::fabs(x) < 1, "full scale");
  count_blocks(state, 1);
}
BENCHMARK(limit)->ArgName("load")->Arg(kIdle)->Arg(kSteady)->Arg(kForeseen)->Arg(kSurprised);

// A whole block of a bucket: both sums (this block and the next), automatic gain, limiter.
void mix_bucket(benchmark::State& state) {
  constexpr uint32_t kRing = 64;
  const Lanes lanes(static_cast<size_t>(state.range(0)), kRing);
  const Lanes leader(static_cast<size_t>(state.range(1)), kRing);
  BucketMixer mixer;
  Samples out;
  int64_t i = 0;
  BucketMixer::Result result;
  for (auto _ : state) {
    result = mixer.mix(out, {lanes.readers, leader.readers}, kStart + Blocks{i++ % kRing}, {});
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  const auto voices = static_cast<int>(state.range(0));
  const auto leaders = static_cast<int>(state.range(1));
  const int people = voices + leaders;
  const float factor = (static_cast<float>(voices) * automatic_gain(people) +
                        static_cast<float>(leaders) * leaders_automatic_gain(people) * kLeaderBoost) *
                       kGlobalVolume;
  check(result.people == people && near(out, lanes.voice, factor), "the mix");
  count_blocks(state, 1);
}
BENCHMARK(mix_bucket)->ArgNames({"lanes", "leader"})->ArgsProduct({{2, 10, 64}, {0, 1}});

}  // namespace
}  // namespace roundelay::bench
