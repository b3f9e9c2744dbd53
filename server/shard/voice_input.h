// What arrives from one singer: checks each message against the rules of PROTOCOL.md 2.1, decodes, ramps the gain, adds
// to the lane. What a network or a paused machine did to her blocks (too old, twice, early) is dropped and counted, never an
// error. One per singer, owned by her session; loop thread only. receive() does not allocate: safe in the tick.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "codec/opus.h"
#include "mixer/lane.h"
#include "mixer/level_match.h"
#include "mixer/room_state.h"
#include "mixer/segment.h"
#include "server/base/rate_limit.h"
#include "server/shard/loop_meter.h"
#include "server/shard/timing_watch.h"
#include "server/shard/voice_levels.h"
#include "server/shard/voice_tap.h"
#include "server/wire/sound/voice_message.h"

namespace roundelay {

enum class VoiceError { kNone, kBadPacket };

// Voice blocks of one singer that were not used.
struct VoiceDrops {
  uint64_t past = 0;     // the ring does not hold their position any more
  uint64_t future = 0;   // of positions that she cannot have heard yet
  uint64_t order = 0;    // of positions not above the last one
  uint64_t backlog = 0;  // old ones, more than the shard takes at once
  [[nodiscard]] uint64_t sum() const { return past + future + order + backlog; }
  bool operator==(const VoiceDrops&) const = default;
};

// The old blocks that a shard still takes, of all its singers together: a network that held them up gives thousands back at once,
// and those that are in time must not have to wait behind them. At 25 us a block a burst costs 25 ms, and all that follow 6 % of
// a core.
class OldBlocks {
 public:
  // `heard`: some bucket will still hear it. What only the ring keeps comes second.
  [[nodiscard]] bool take(int64_t now_ns, bool heard) { return limit_.take(now_ns, 1, heard ? 0 : kBurst / 2); }

  static constexpr int kPerSecond = 2'500;
  static constexpr int kBurst = 1'000;  // a singer's 20 s

 private:
  RateLimit limit_{kPerSecond, kBurst};
};

class VoiceInput {
 public:
  // Where the voice stands at the moment.
  struct Place {
    int bucket = 1;  // from 1
    bool muted = false;
    float gain = 1;  // factor on the voice when not muted
    LaneKind lane = LaneKind::kVoices;
    bool soloed = false;  // heard in the solo mix as well
    int part = -1;        // her voice part, from 0, while somebody wants to hear it louder; -1: nobody does, or she has none
    const RoomState* room = nullptr;
    VoiceTap* tap = nullptr;  // what is mixed is recorded there
  };

  // When something arrived at the shard.
  struct Arrival {
    Position now;
    int64_t now_ns = 0;               // the same on the monotonic clock
    Position held_up_until;           // HoldUp's
    OldBlocks* old_blocks = nullptr;  // the shard's
  };

  // Uses a parsed message. Voices go to `lanes`; `row` counts. On an error nothing of the message was used (but for a packet that
  // only the decoder found bad).
  VoiceError receive(const wire::VoiceMessage& message, const Place& place, const Arrival& arrival, LaneWriters& lanes,
                     ShardRow& row);

  // A message of a song that is over: what is in it is recorded, and nobody hears it.
  void keep(const wire::VoiceMessage& message, const Place& place) const;

  [[nodiscard]] bool sounding() const { return sounding_; }
  // The singer leaves this lane: what sounds is faded out over the block after her last one.
  void leave(const RoomState& room, Position now, LaneWriters& lanes, ShardRow& row);
  // The singer was moved or a song began: her positions begin anew.
  void restart();

  [[nodiscard]] LoopMeter& meter() { return meter_; }
  // Loop times begin anew, with what is sent to her after `sent`.
  void measure_anew(Position sent);
  // A voice that begins may begin in the middle of a sound, and a new decoder gives the first 120 samples wrong: it stays silent
  // for the first 3 ms and rises over the next 7.
  static constexpr int kFadeInSilent = 144;
  static constexpr int kFadeInEnd = 480;

  // Since this singer is here.
  [[nodiscard]] const VoiceDrops& drops() const { return drops_; }

  // Blocks that come so much after the next bucket has read their position are old: they wait for what the shard has left.
  static constexpr Blocks kOld{50};
  // A block that took so much longer than the one before was in a stall of the line: that is counted as late blocks. No interval
  // is made for it, and so it is no loop time, nor are those that waited behind it.
  static constexpr double kStallMs = 1'000;

  // Once a second, beside what she hears: as TimingWatch::visit.
  [[nodiscard]] std::optional<TimingWatch::Judged> visit_timing(const EnergyRing& heard, const RoomState& room, Position now) {
    return timing_.visit(heard, room, last_, now);
  }
  // Of what she sang since it was asked last, while the room is watched.
  [[nodiscard]] std::optional<VoiceLevels::Reading> take_levels() { return levels_.take(); }

  // Peak of the last blocks, full scale = 1; reading starts anew.
  [[nodiscard]] float take_peak();

 private:
  void answer_probe(const wire::VoiceMessage& message, const Place& place, const Arrival& arrival);
  // A block that was sent to her at `sent` came back.
  void measure(Position sent, const Arrival& arrival);
  // Late or not, and what the meter shows of it.
  void count_block(bool late, Position sent, const Arrival& arrival, ShardRow& row);
  void drop(uint64_t VoiceDrops::*why, ShardRow& row);
  void take_block(std::span<const uint8_t> packet, Position at, const Place& place, Position now, LaneWriters& lanes,
                  ShardRow& row, VoiceError& error);
  void fade_out(Position at, const RoomState& room, Position now, LaneWriters& lanes, ShardRow& row);
  void fade_in();
  void record(std::span<const uint8_t> packet, Position at, const Place& place) const;
  // A factor for each kind of lane.
  using Gains = std::array<float, kLaneKinds>;
  [[nodiscard]] Gains gains_of(const Place& place) const;
  // What was decoded is looked at, as far as the room wants it.
  void look_at_block(const RoomState& room, float gain);
  void add(Position at, const RoomState& room, const Gains& to, LaneWriters& lanes, ShardRow& row);

  static constexpr int kSilentPacketsDecoded = 3;  // then the decoder has settled in silence and more tell it nothing

  BlockDecoder decoder_{1};
  LoopMeter meter_;
  TimingWatch timing_;
  VoiceDrops drops_;
  double last_loop_ms_ = -1;  // below 0: none yet
  Position measured_from_;    // what was sent to her until then is no loop time: it waited behind a stall, or in another batch
  uint32_t song_ = 0;
  Position last_;              // the last position taken; 0: none since restart()
  int64_t probe_offset_ = -1;  // blocks: her bucket's at the last answer to a probe; -1: there was none
  Position probes_from_;       // answers to older ones were asked for at another offset
  bool sounding_ = false;      // the decoder is in the middle of a voice
  int silent_packets_ = 0;     // in a row
  Gains gains_{};              // at the end of the last block
  float peak_ = 0;
  bool repeated_ = false;  // in a round: each voice, or the leader's alone
  LevelMatch match_;
  VoiceLevels levels_;
  alignas(64) float block_[kBlockSamples] = {};
};

}  // namespace roundelay
