// What arrives from one singer: checks each message against the rules of PROTOCOL.md 2.1, decodes, ramps the gain, adds
// to the lane. One per singer, owned by her session; loop thread only. receive() does not allocate: safe in the tick.
#pragma once

#include <cstdint>

#include "codec/opus.h"
#include "mixer/lane.h"
#include "mixer/room_state.h"
#include "mixer/segment.h"
#include "server/program/rate_limit.h"
#include "server/shard/loop_meter.h"
#include "server/wire/voice_message.h"

namespace roundelay {

enum class VoiceError { kNone, kPositionOrder, kPositionFuture, kPositionPast, kBadPacket, kTooFast };
[[nodiscard]] const char* code_of(VoiceError error);  // as in PROTOCOL.md 3.2
[[nodiscard]] const char* sentence_of(VoiceError error);

class VoiceInput {
 public:
  // Where the voice stands at the moment.
  struct Place {
    int bucket = 1;  // from 1
    bool muted = false;
    float gain = 1;  // factor on the voice when not muted
    const RoomState* room = nullptr;
  };

  // Uses a parsed message that arrived when `now` was now (`now_ns` on the monotonic clock). Voices go to `lane`;
  // `row` counts. On an error nothing of the message was used (but for a packet that only the decoder found bad).
  VoiceError receive(const wire::VoiceMessage& message, const Place& place, Position now, int64_t now_ns, LaneWriter& lane,
                     ShardRow& row);

  [[nodiscard]] bool sounding() const { return sounding_; }
  // The singer leaves this lane: what sounds is faded out over the block after her last one.
  void leave(const RoomState& room, Position now, LaneWriter& lane, ShardRow& row);
  // The singer was moved or a song began: her positions begin anew.
  void restart();

  [[nodiscard]] LoopMeter& meter() { return meter_; }
  // A voice that begins may begin in the middle of a sound, and a new decoder gives the first 120 samples wrong: it stays silent
  // for the first 3 ms and rises over the next 7.
  static constexpr int kFadeInSilent = 144;
  static constexpr int kFadeInEnd = 480;

  // Peak of the last blocks, full scale = 1; reading starts anew.
  [[nodiscard]] float take_peak();

 private:
  VoiceError answer_probe(const wire::VoiceMessage& message, const Place& place, Position now);
  void take_block(std::span<const uint8_t> packet, Position at, const Place& place, Position now, LaneWriter& lane, ShardRow& row,
                  VoiceError& error);
  void fade_out(Position at, const RoomState& room, Position now, LaneWriter& lane, ShardRow& row);
  void fade_in();
  void add(Position at, const RoomState& room, float to, LaneWriter& lane, ShardRow& row);

  static constexpr double kBlocksPerSecond = 60;
  static constexpr double kBurstBlocks = 250;
  static constexpr int kSilentPacketsDecoded = 3;  // then the decoder has settled in silence and more tell it nothing

  BlockDecoder decoder_{1};
  RateLimit rate_{kBlocksPerSecond, kBurstBlocks};
  LoopMeter meter_;
  uint32_t song_ = 0;
  Position last_;              // the last position taken; 0: none since restart()
  int64_t probe_offset_ = -1;  // blocks: her bucket's at the last answer to a probe; -1: there was none
  Position probes_from_;       // answers to older ones were asked for at another offset
  bool sounding_ = false;      // the decoder is in the middle of a voice
  int silent_packets_ = 0;     // in a row
  float gain_ = 0;             // at the end of the last block
  float peak_ = 0;
  alignas(64) float block_[kBlockSamples] = {};
};

}  // namespace roundelay
