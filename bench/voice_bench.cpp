// All that a shard does with a singer's message but for the socket: check, decode, gain, lane.
// Arguments: blocks in the message, singers who take turns.
#include <benchmark/benchmark.h>

#include <memory>
#include <vector>

#include "bench/check.h"
#include "bench/music.h"
#include "server/shard/voice_input.h"

namespace roundelay::bench {
namespace {

constexpr uint32_t kRing = 256;
constexpr int kBitrate = 64'000;
constexpr Position kStart{960'000};

void receive_voice(benchmark::State& state) {
  const auto blocks = static_cast<uint8_t>(state.range(0));
  std::vector<VoiceInput> singers(static_cast<size_t>(state.range(1)));
  const std::unique_ptr<LaneBlock[]> ring(new LaneBlock[kRing]());
  LaneWriters lanes{{LaneWriter(ring.get(), kRing)}};
  const auto row = std::make_unique<ShardRow>();
  RoomState room;
  room.song_number = 7;
  room.song_start = kStart.samples;
  room.song_end = kNoEnd;
  room.interval_blocks = 50;
  room.ring_blocks = kRing;
  const VoiceInput::Place place{.room = &room};
  OldBlocks old_blocks;

  wire::VoiceMessage message;
  message.bucket = 1;
  message.count = blocks;
  message.song = 7;
  message.position = kStart;
  size_t singer = 0;
  size_t packet = 0;
  int64_t now_ns = kBlockNanos;
  bool good = true;
  std::vector<const Packets*> voices;
  for (unsigned v = 0; v < kVoices; ++v) voices.push_back(&packets_of(v, kBitrate));
  for (auto _ : state) {
    const Packets& packets = *voices[singer % kVoices];
    for (size_t i = 0; i < blocks; ++i) message.packets[i] = packets[(packet + i) % kMusicBlocks];
    const Position now = message.position + room.offset_of(0) + Blocks{blocks + 2};
    good &= singers[singer].receive(message, place, {now, now_ns, {}, &old_blocks}, lanes, *row) == VoiceError::kNone;
    if (++singer == singers.size()) {
      singer = 0;
      packet += blocks;
      now_ns += blocks * kBlockNanos;
      message.position = message.position + Blocks{blocks};
    }
  }
  check(good, "a message was refused");
  check(row->voices_decoded.get() == static_cast<uint64_t>(state.iterations()) * blocks, "how many blocks were decoded");
  // The last message's block in the lane holds those who have sent it.
  const Position last = singer == 0 ? message.position - Blocks{1} : message.position;
  float sum[kBlockSamples] = {};
  const int people = LaneReader(ring.get(), kRing).add_to(sum, last);
  check(people == static_cast<int>(singer == 0 ? singers.size() : singer), "how many voices the lane holds");
  count(state, blocks, blocks * mean_bytes(packets_of(0, kBitrate)));
}
BENCHMARK(receive_voice)->ArgNames({"blocks", "singers"})->Args({1, 1})->Args({1, 300})->Args({3, 300})->Args({5, 300});

}  // namespace
}  // namespace roundelay::bench
