// Turns a voice into the packets that a client sends (PROTOCOL.md 1, codec delay): the packet of P decodes, in sequence, to what
// was sung at P to P + 959. Leaves silence out on purpose, in such a way that the server's decoder stays right. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "codec/opus.h"
#include "mixer/position.h"

namespace roundelay {

// What somebody sings.
class VoiceSource {
 public:
  virtual ~VoiceSource() = default;
  // What is sung from `song_sample` samples after the song's start (may be before it) on; silence where nothing is.
  virtual void read(int64_t song_sample, std::span<float> out) = 0;
};

// Decides, block by block, what becomes of an encoder's input. Two blocks of silence are still encoded: the first carries the end
// of what sounded, the second begins in a new encoder and so is digital silence, which leaves encoder and decoder in the same
// state as new ones (CELT clears its energies at both ends). After it blocks can be left out (length 0), and the next sound needs
// no preparation.
class SilenceGate {
 public:
  enum class Step { kEncode, kResetAndEncode, kSkip };
  [[nodiscard]] Step next(bool silent_input);
  void start_again() { silent_blocks_ = 2; }

 private:
  int silent_blocks_ = 2;  // in a row; 3: more than two
};

class VoiceStream {
 public:
  struct Settings {
    EncoderSettings encoder;
    bool skip_silence = true;
  };
  // Throws std::bad_alloc.
  VoiceStream(VoiceSource& source, const Settings& settings);

  // A song starts at `start` (on the grid), its music, from which the source counts, at `music`: the next packet asked for begins
  // anew.
  void begin_song(Position start, Position music);
  void begin_song(Position start) { begin_song(start, start); }

  // The packet of `at` (on the grid, not before the song's start), empty for a block left out; valid until the next call.
  // Consecutive positions continue the stream. At the song's start the voice is exact from the first sample but for the codec's
  // first 120. Elsewhere (somebody joins, is moved) the server's decoder may be in any state: a block of digital silence brings
  // it into a known one, then the voice fades in over half a block.
  [[nodiscard]] std::span<const uint8_t> packet(Position at);

  // The encoder's input for `at`, without a fade: what packet() decides on. `input` becomes the voice from at + delay on.
  static void read_input(VoiceSource& source, Position start, Position at, int delay_samples, std::span<float, kOpusBlock> input);
  [[nodiscard]] static bool is_silence(std::span<const float> input);

 private:
  void restart(Position at);
  void fade(Position at, std::span<float, kOpusBlock> input) const;

  VoiceSource& source_;
  Settings settings_;
  BlockEncoder encoder_;
  SilenceGate gate_;
  Position start_;
  Position music_;
  Position next_{-1};       // the packet that continues the stream; -1: none
  Position fade_from_{-1};  // -1: no fade
  std::array<uint8_t, kMaxPacketBytes> bytes_{};
};

}  // namespace roundelay
