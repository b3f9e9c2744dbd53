// What it costs to know who is late: in each block of a voice, in each window of 4 s, and once a song.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "bench/check.h"
#include "bench/music.h"
#include "mixer/timing_meter.h"

namespace roundelay::bench {
namespace {

constexpr Position kStart{960 * 100'000};

std::vector<float> voice_of(unsigned voice) {
  BlockDecoder decoder;
  std::vector<float> out;
  float block[kBlockSamples];
  for (const auto& packet : packets_of(voice, 64'000)) {
    check(decoder.decode(packet, block), "a packet was refused");
    out.insert(out.end(), block, block + kBlockSamples);
  }
  return out;
}

void block_of_a_voice(benchmark::State& state) {
  const std::vector<float> voice = voice_of(0);
  const auto blocks = static_cast<int64_t>(voice.size() / kBlockSamples);
  EnergyRing ring(TimingMeter::kRingBlocks);
  int64_t block = 0;
  for (auto _ : state) {
    ring.add(kStart + Blocks{block}, Block(voice.data() + block % blocks * kBlockSamples, kBlockSamples));
    ++block;
  }
}
BENCHMARK(block_of_a_voice);

struct Sung {
  EnergyRing voice{TimingMeter::kRingBlocks};
  EnergyRing mix{TimingMeter::kRingBlocks};
  Sung() {
    const std::vector<float> one = voice_of(0);
    const std::vector<float> other = voice_of(1);
    const auto blocks = static_cast<int64_t>(one.size() / kBlockSamples);
    for (int64_t block = 0; block < TimingMeter::kRingBlocks; ++block) {
      voice.add(kStart + Blocks{block}, Block(one.data() + block % blocks * kBlockSamples, kBlockSamples));
      mix.add(kStart + Blocks{block}, Block(other.data() + block % blocks * kBlockSamples, kBlockSamples));
    }
  }
};

void window(benchmark::State& state) {
  const Sung sung;
  TimingMeter meter;
  for (auto _ : state) {
    meter.restart(kStart + Blocks{100});
    check(meter.take_window(sung.voice, sung.mix, kStart + Blocks{300}), "there was no window");
  }
}
BENCHMARK(window);

void judgement(benchmark::State& state) {
  const Sung sung;
  std::vector<TimingMeter> meters(1);
  TimingMeter& meter = meters[0];
  meter.restart(kStart);
  EnergyRing voice = sung.voice;
  for (int64_t block = 0; block < 6'000; ++block) (void)meter.take_window(sung.voice, sung.mix, kStart + Blocks{block});
  for (auto _ : state) benchmark::DoNotOptimize(meter.judge());
}
BENCHMARK(judgement);

}  // namespace
}  // namespace roundelay::bench
