// What a recording holds beside the voices: the mix as it was heard, the track, the metronome. Their packets go into files of
// their own as they are; the track is decoded for the final mix.
#pragma once

#include <span>
#include <string>

#include <tl/expected.hpp>

#include "codec/opus.h"
#include "mixer/gain.h"
#include "server/render/recording_logs.h"

namespace roundelay::render {

// Writes the packets of these places (with their preroll) to `fd`, an empty file. `delay_samples`: by so much their sound is
// late. The error is the system's word for it.
[[nodiscard]] tl::expected<void, std::string> write_beside(const RecordingLogs& logs, const PacketPlaces& places, int fd,
                                                           int delay_samples, const std::string& title);

// The track's sound, block by block, at its balance beside the voices.
class TrackSound {
 public:
  TrackSound(const RecordingLogs& logs, const PacketPlaces& places);
  // Adds the block of the song to stereo samples. In order, from block 0.
  void add(int64_t block, std::span<float> stereo);
  [[nodiscard]] float gain() const { return gain_; }

 private:
  bool decode(int64_t place);
  // How loud what was logged of it is, where the log does not tell of the whole.
  [[nodiscard]] std::optional<double> measured();

  const RecordingLogs& logs_;
  const PacketPlaces& places_;
  float gain_ = static_cast<float>(kBackingGain);
  BlockDecoder decoder_{2};  // a track of one channel is heard from both sides
  bool begun_ = false;
  bool sounding_ = false;
  std::vector<uint8_t> buffer_;
  std::vector<float> block_;
};

}  // namespace roundelay::render
