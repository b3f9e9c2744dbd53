// What the codec costs a block: the floor under everything that a shard does. Distinct packets of something like music, as many
// decoders as voices of a large room, so that caches are as cold as in use.
#include "codec/opus.h"

#include <benchmark/benchmark.h>

#include <span>
#include <vector>

#include "bench/check.h"
#include "bench/music.h"

namespace roundelay::bench {
namespace {

// Arguments: bits per second, decoders that take turns. Each iteration is one block of one voice.
void decode_mono(benchmark::State& state) {
  const auto bitrate = static_cast<int>(state.range(0));
  std::vector<const Packets*> voices;
  for (unsigned v = 0; v < kVoices; ++v) {
    voices.push_back(&packets_of(v, bitrate));
    check(signal_to_noise_db(music(v), packets_of(v, bitrate), 1) > 8, "what is decoded is not what was encoded");
  }
  std::vector<BlockDecoder> decoders(static_cast<size_t>(state.range(1)));
  std::vector<float> out(kOpusBlock);
  size_t voice = 0;
  size_t block = 0;
  bool good = true;
  for (auto _ : state) {
    good &= decoders[voice].decode((*voices[voice % kVoices])[block], out);
    benchmark::DoNotOptimize(out.data());
    if (++voice == decoders.size()) {
      voice = 0;
      if (++block == kMusicBlocks) block = 0;
    }
  }
  check(good, "a packet was refused");
  count(state, 1, mean_bytes(packets_of(0, bitrate)));
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
  std::vector<float> samples;
  for (size_t i = 0; i < music(0).size(); ++i) {
    for (int c = 0; c < channels; ++c) samples.push_back(music(static_cast<unsigned>(c))[i]);
  }
  const EncoderSettings settings{
      .channels = channels, .bitrate = channels == 1 ? 64'000 : 128'000, .complexity = static_cast<int>(state.range(0))};
  const auto step = static_cast<size_t>(kOpusBlock * channels);
  Packets packets;
  BlockEncoder checked(settings);
  for (size_t at = 0; at < samples.size(); at += step) {
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(checked.encode(std::span(samples).subspan(at, step), packet)));
    packets.push_back(packet);
  }
  check(signal_to_noise_db(samples, packets, channels) > 8, "what was encoded is not what is decoded");

  BlockEncoder encoder(settings);
  std::vector<uint8_t> packet(kMaxPacketBytes);
  size_t at = 0;
  bool good = true;
  for (auto _ : state) {
    good &= encoder.encode(std::span(samples).subspan(at, step), packet) > 0;
    benchmark::DoNotOptimize(packet.data());
    at = at + step == samples.size() ? 0 : at + step;
  }
  check(good, "encoding failed");
  count(state, 1, static_cast<double>(step * sizeof(float)));
}
BENCHMARK(encode_block)->ArgNames({"complexity", "channels"})->ArgsProduct({{0, 3, 5, 8, 10}, {1, 2}});

}  // namespace
}  // namespace roundelay::bench
