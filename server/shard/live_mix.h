// What whoever has a room's live link hears: the mix behind the last bucket with the backing track, in stereo. The metronome is
// the singers' alone. One per room, in the shard that makes the stream; encode() is safe in the tick.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "codec/opus.h"
#include "mixer/gain.h"
#include "mixer/limiter.h"

namespace roundelay {

class LiveMix {
 public:
  // `mono`: as the mixes of buckets are encoded; two channels get half as much again.
  explicit LiveMix(const EncoderSettings& mono);

  // The packet's length, or 0. `track`: the block's packet, multiplied with `gain`; empty where there is none.
  [[nodiscard]] int encode(Block mix, std::span<const uint8_t> track, float gain, std::span<uint8_t> packet);
  void set_complexity(int complexity) { encoder_.set_complexity(complexity); }
  void reset();

 private:
  void add_track(std::span<const uint8_t> track, float gain);
  void limit();

  BlockEncoder encoder_;
  BlockDecoder decoder_{2};
  Limiter limiter_;
  bool track_sounds_ = false;
  std::array<float, size_t{2} * kBlockSamples> sound_{};  // interleaved
  std::array<float, size_t{2} * kBlockSamples> track_{};
};

}  // namespace roundelay
