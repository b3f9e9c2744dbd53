// The mixer's part of a tick: blocks (items) and bytes of samples per second.
#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <vector>

#include "mixer/bucket_mixer.h"
#include "mixer/lane.h"
#include "mixer/limiter.h"

namespace roundelay {
namespace {

using Samples = std::array<float, kBlockSamples>;

constexpr uint32_t kRing = 64;
constexpr Position kStart{86'400'000'000 * kBlockSamples};

Samples tone(float amplitude) {
  Samples samples;
  for (size_t i = 0; i < samples.size(); ++i) samples[i] = amplitude * std::sin(static_cast<float>(i) * 0.05F);
  return samples;
}

void count_blocks(benchmark::State& state, int64_t blocks_per_iteration) {
  state.SetItemsProcessed(state.iterations() * blocks_per_iteration);
  state.SetBytesProcessed(state.iterations() * blocks_per_iteration * static_cast<int64_t>(sizeof(Samples)));
}

// Lanes with one voice at every position of their rings.
struct Lanes {
  explicit Lanes(size_t count) : blocks(count * kRing) {
    const Samples voice = tone(0.01F);
    for (size_t lane = 0; lane < count; ++lane) {
      LaneBlock* ring = blocks.data() + lane * kRing;
      for (uint32_t i = 0; i < kRing; ++i) LaneWriter(ring, kRing).add(kStart + Blocks{i}, voice, 1, 1);
      readers.emplace_back(ring, kRing);
    }
  }
  std::vector<LaneBlock> blocks;
  std::vector<LaneReader> readers;
};

void add_voice(benchmark::State& state) {
  Lanes lanes(1);
  LaneWriter writer(lanes.blocks.data(), kRing);
  const Samples voice = tone(1e-9F);
  const float to = state.range(0) != 0 ? 0.5F : 1.0F;
  for (auto _ : state) writer.add(kStart, voice, 1, to);
  count_blocks(state, 1);
}
BENCHMARK(add_voice)->ArgName("ramp")->Arg(0)->Arg(1);

// Reads hot blocks: the same position again and again.
void sum_lanes(benchmark::State& state) {
  const Lanes lanes(static_cast<size_t>(state.range(0)));
  Samples sum{};
  for (auto _ : state) {
    for (const LaneReader& lane : lanes.readers) benchmark::DoNotOptimize(lane.add_to(sum, kStart));
    benchmark::ClobberMemory();
  }
  count_blocks(state, state.range(0));
}
BENCHMARK(sum_lanes)->ArgName("lanes")->Arg(1)->Arg(10)->Arg(64);

void gain_ramp(benchmark::State& state) {
  const Samples in = tone(1);
  Samples out;
  for (auto _ : state) {
    copy_ramped(out, in, 0.5F, 0.75F);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  count_blocks(state, 1);
}
BENCHMARK(gain_ramp);

void level(benchmark::State& state) {
  const Samples in = tone(1);
  for (auto _ : state) {
    benchmark::DoNotOptimize(measure_level(in));
    benchmark::ClobberMemory();
  }
  count_blocks(state, 1);
}
BENCHMARK(level);

// quiet: passed through; steady: at a constant gain; jumps: the gain falls in every other block.
enum LimiterLoad { kQuiet, kSteady, kJumps };

void limit(benchmark::State& state) {
  const Samples quiet = tone(0.5F);
  const Samples loud = tone(3);
  Limiter limiter;
  Samples io;
  int64_t block = 0;
  for (auto _ : state) {
    const bool fall = state.range(0) == kJumps && block++ % 2 == 0;
    if (fall) limiter.reset();
    io = state.range(0) == kQuiet ? quiet : loud;
    limiter.process(io);
    benchmark::DoNotOptimize(io.data());
    benchmark::ClobberMemory();
  }
  count_blocks(state, 1);
}
BENCHMARK(limit)->ArgName("load")->Arg(kQuiet)->Arg(kSteady)->Arg(kJumps);

void mix_bucket(benchmark::State& state) {
  const Lanes lanes(static_cast<size_t>(state.range(0)));
  BucketMixer mixer;
  Samples out;
  int64_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(mixer.mix(out, lanes.readers, kStart + Blocks{i++ % kRing}, true, kGlobalVolume));
    benchmark::ClobberMemory();
  }
  count_blocks(state, 1);
}
BENCHMARK(mix_bucket)->ArgName("lanes")->Arg(2)->Arg(10)->Arg(64);

}  // namespace
}  // namespace roundelay
