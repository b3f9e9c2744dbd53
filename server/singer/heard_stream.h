// Turns the packets that a client receives into samples at their positions: mix, backing, metronome and one's own part, apart
// (PROTOCOL.md 1 and 2.2). One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

// Samples that were heard; positions lie anywhere for the mix (its codec delay), on the grid for the backing.
class HeardSamples {
 public:
  virtual ~HeardSamples() = default;
  virtual void mix_heard(Position at, std::span<const float, kOpusBlock> mono) = 0;
  virtual void backing_heard(Position at, std::span<const float, 2 * kOpusBlock> stereo) = 0;
  // On the grid; only where it clicks.
  virtual void metronome_heard(Position /*at*/, std::span<const float, kOpusBlock> /*mono*/) {}
  // Where the mix lies; only while it was asked for.
  virtual void part_heard(Position /*at*/, std::span<const float, kOpusBlock> /*mono*/) {}
};

class HeardStream {
 public:
  static constexpr int kSettleBlocks = 6;   // left out where one joins in the middle, until the decoder's state is the encoder's
  static constexpr int kMostConcealed = 5;  // blocks lost in a row over which a decoder is carried on

  explicit HeardStream(HeardSamples& out);  // throws std::bad_alloc

  // Another song or bucket: decoders start anew. Streams begin 4 blocks before `song_start`.
  void begin(Position song_start, int mix_delay_samples);

  // Takes the block at `at`. Positions rise; those that were passed over are lost, and their samples never come.
  void take(Position at, const wire::MixBlock& block);

 private:
  struct Settling {  // of one decoder
    int blocks_left = 0;
    bool fade = false;
  };
  void conceal();
  // A click's packets begin in a fresh decoder.
  void take_metronome(Position at, std::span<const uint8_t> packet);
  void take_part(Position at, std::span<const uint8_t> packet);
  static void start_new(BlockDecoder& decoder, Settling& settling, bool in_the_middle);
  // True if the samples are to be handed on (faded in if they are the first).
  static bool settle(Settling& settling, std::span<float> samples, int channels);

  HeardSamples& out_;
  BlockDecoder mix_{1};
  BlockDecoder backing_{2};
  BlockDecoder metronome_{1};
  BlockDecoder part_{1};
  Settling mix_settling_;
  Settling backing_settling_;
  Settling part_settling_;
  Position song_start_;
  Position next_{-1};  // -1: nothing was taken yet
  int mix_delay_ = 0;
  bool backing_on_ = false;
  bool click_on_ = false;
  bool part_on_ = false;
};

}  // namespace roundelay
