#include "server/shard/live_mix.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace roundelay {
namespace {

EncoderSettings in_stereo(EncoderSettings settings) {
  settings.channels = 2;
  settings.bitrate += settings.bitrate / 2;
  return settings;
}

}  // namespace

LiveMix::LiveMix(const EncoderSettings& mono) : encoder_(in_stereo(mono)) {}

void LiveMix::reset() {
  encoder_.reset();
  limiter_.reset();
  track_sounds_ = false;
}

int LiveMix::encode(Block mix, std::span<const uint8_t> track, float gain, std::span<uint8_t> packet) {
  for (size_t i = 0; i < kBlockSamples; ++i) sound_[2 * i] = sound_[2 * i + 1] = mix[i];
  if (track.empty()) {
    track_sounds_ = false;
  } else {
    add_track(track, gain);
  }
  limit();
  return encoder_.encode(sound_, packet);
}

// A packet decodes to its very block: the codec's delay was taken off when the track was made.
void LiveMix::add_track(std::span<const uint8_t> track, float gain) {
  if (!std::exchange(track_sounds_, true)) decoder_.reset();
  if (!decoder_.decode(track, track_)) return;
  for (size_t i = 0; i < sound_.size(); ++i) sound_[i] += gain * track_[i];
}

// Both channels by one gain, so that nothing moves sideways: by what the louder of them asks for.
void LiveMix::limit() {
  std::array<float, kBlockSamples> louder{};
  for (size_t i = 0; i < kBlockSamples; ++i) louder[i] = std::max(std::abs(sound_[2 * i]), std::abs(sound_[2 * i + 1]));
  std::array<float, kBlockSamples> limited = louder;
  limiter_.process(limited);
  for (size_t i = 0; i < kBlockSamples; ++i) {
    if (limited[i] == louder[i]) continue;
    const float factor = limited[i] / louder[i];
    sound_[2 * i] *= factor;
    sound_[2 * i + 1] *= factor;
  }
}

}  // namespace roundelay
