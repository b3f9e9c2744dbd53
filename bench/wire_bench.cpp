// The two binary messages: what comes from a singer is parsed, what goes to a bucket is built. Argument: blocks in the message.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <vector>

#include "bench/check.h"
#include "bench/music.h"
#include "server/wire/sound/mix_message.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay::bench {
namespace {

using wire::MixMessage;
using wire::VoiceMessage;

constexpr int kBitrate = 64'000;
constexpr Position kStart{960'000};

bool same(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

VoiceMessage voice_message(int blocks) {
  VoiceMessage message;
  message.bucket = 3;
  message.count = static_cast<uint8_t>(blocks);
  message.song = 7;
  message.position = kStart;
  for (size_t i = 0; i < message.count; ++i) message.packets[i] = packets_of(0, kBitrate)[10 + i];
  return message;
}

MixMessage mix_message(int blocks) {
  MixMessage message;
  message.bucket = 3;
  message.count = static_cast<uint8_t>(blocks);
  message.song = 7;
  message.position = kStart;
  for (size_t i = 0; i < message.count; ++i)
    message.blocks[i] = {static_cast<uint16_t>(5 + i), packets_of(0, kBitrate)[10 + i], packets_of(1, kBitrate)[10 + i]};
  return message;
}

void parse_voice_message(benchmark::State& state) {
  const VoiceMessage message = voice_message(static_cast<int>(state.range(0)));
  std::vector<uint8_t> bytes(wire::kMaxVoiceMessageBytes);
  bytes.resize(build_voice(message, bytes));
  for (auto _ : state) {
    auto parsed = wire::parse_voice(bytes);
    benchmark::DoNotOptimize(parsed);
  }
  const auto parsed = wire::parse_voice(bytes);
  check(parsed && parsed->bucket == 3 && parsed->count == message.count && parsed->song == 7 && parsed->position == kStart,
        "the parsed header");
  for (size_t i = 0; i < message.count; ++i) check(same(parsed->packets[i], message.packets[i]), "a parsed packet");
  count(state, message.count, static_cast<double>(bytes.size()));
}
BENCHMARK(parse_voice_message)->ArgName("blocks")->Arg(1)->Arg(3)->Arg(5);

void build_mix_message(benchmark::State& state) {
  const MixMessage message = mix_message(static_cast<int>(state.range(0)));
  std::vector<uint8_t> bytes(wire::kMaxMixMessageBytes);
  size_t length = 0;
  for (auto _ : state) {
    length = build_mix(message, bytes);
    benchmark::DoNotOptimize(bytes.data());
    benchmark::ClobberMemory();
  }
  const auto parsed = wire::parse_mix(std::span(bytes).first(length));
  check(parsed && parsed->bucket == 3 && parsed->count == message.count && parsed->song == 7 && parsed->position == kStart,
        "the built header");
  for (size_t i = 0; i < message.count; ++i) {
    check(parsed->blocks[i].people == message.blocks[i].people && same(parsed->blocks[i].mix, message.blocks[i].mix) &&
              same(parsed->blocks[i].backing, message.blocks[i].backing),
          "a built block");
  }
  count(state, message.count, static_cast<double>(length));
}
BENCHMARK(build_mix_message)->ArgName("blocks")->Arg(1)->Arg(3)->Arg(5);

}  // namespace
}  // namespace roundelay::bench
