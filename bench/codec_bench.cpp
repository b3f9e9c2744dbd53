// What the codec costs a block: the floor under everything that a shard does. Distinct packets of something like music, as many
// decoders as voices of a large room, so that caches are as cold as in use.
#include <benchmark/benchmark.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "codec/opus.h"

namespace {

using roundelay::BlockDecoder;
using roundelay::BlockEncoder;
using roundelay::kMaxPacketBytes;
using roundelay::kOpusBlock;

constexpr int kBlocks = 500;  // 10 s
constexpr double kRate = 48'000;

// Notes of a quarter of a second with twelve falling partials, vibrato, and a little breath. Seeded: always the same.
std::vector<float> music(unsigned seed) {
  using std::numbers::pi;
  std::mt19937 random(seed);
  std::vector<float> samples(static_cast<size_t>(kBlocks) * kOpusBlock);
  double phase = 0;
  double pitch = 220;
  for (size_t i = 0; i < samples.size(); ++i) {
    const size_t in_note = i % 12'000;
    if (in_note == 0) pitch = 110 * std::exp2(static_cast<double>(random() % 25) / 12);
    const double t = static_cast<double>(i) / kRate;
    phase += pitch * (1 + 0.006 * std::sin(2 * pi * 5.5 * t)) / kRate;
    double sum = 0;
    for (int k = 1; k <= 12; ++k) sum += std::sin(2 * pi * phase * k) / (k * std::sqrt(k));
    const double breath = (static_cast<double>(random() % 2'001) - 1'000) / 1'000;
    const double shape = std::exp(-static_cast<double>(in_note) / 9'000);
    samples[i] = static_cast<float>(0.2 * shape * sum + 0.004 * breath);
  }
  return samples;
}

std::vector<std::vector<uint8_t>> packets_of(const std::vector<float>& samples, int bitrate) {
  BlockEncoder encoder({.channels = 1, .bitrate = bitrate});
  std::vector<std::vector<uint8_t>> packets;
  for (size_t at = 0; at < samples.size(); at += kOpusBlock) {
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder.encode(std::span(samples).subspan(at, kOpusBlock), packet)));
    packets.push_back(std::move(packet));
  }
  return packets;
}

// Arguments: bits per second, decoders that take turns. Each iteration is one block of one voice.
void decode_mono(benchmark::State& state) {
  std::vector<std::vector<std::vector<uint8_t>>> voices;
  for (unsigned seed = 1; seed <= 8; ++seed) voices.push_back(packets_of(music(seed), static_cast<int>(state.range(0))));
  std::vector<BlockDecoder> decoders(static_cast<size_t>(state.range(1)));
  std::vector<float> out(kOpusBlock);
  size_t voice = 0;
  size_t block = 0;
  for (auto _ : state) {
    const auto& packets = voices[voice % voices.size()];
    if (!decoders[voice].decode(packets[block % packets.size()], out)) state.SkipWithError("a packet was refused");
    benchmark::DoNotOptimize(out.data());
    if (++voice == decoders.size()) {
      voice = 0;
      ++block;
    }
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(decode_mono)
    ->ArgNames({"bitrate", "decoders"})
    ->Args({48'000, 1})
    ->Args({48'000, 300})
    ->Args({64'000, 1})
    ->Args({64'000, 300});

// Arguments: complexity, channels.
void encode_block(benchmark::State& state) {
  const auto channels = static_cast<int>(state.range(1));
  const std::vector<float> left = music(1);
  const std::vector<float> right = music(2);
  std::vector<float> samples;
  for (size_t i = 0; i < left.size(); ++i) {
    samples.push_back(left[i]);
    if (channels == 2) samples.push_back(right[i]);
  }
  BlockEncoder encoder(
      {.channels = channels, .bitrate = channels == 1 ? 64'000 : 128'000, .complexity = static_cast<int>(state.range(0))});
  std::vector<uint8_t> packet(kMaxPacketBytes);
  const auto step = static_cast<size_t>(kOpusBlock * channels);
  size_t at = 0;
  for (auto _ : state) {
    if (encoder.encode(std::span(samples).subspan(at, step), packet) < 1) state.SkipWithError("encoding failed");
    benchmark::DoNotOptimize(packet.data());
    at = at + step == samples.size() ? 0 : at + step;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(encode_block)->ArgNames({"complexity", "channels"})->ArgsProduct({{0, 5, 10}, {1, 2}});

}  // namespace
