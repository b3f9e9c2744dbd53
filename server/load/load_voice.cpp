#include "server/load/load_voice.h"

#include <array>
#include <cmath>
#include <random>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/robots/robot_voice.h"

namespace roundelay {
namespace {

std::vector<float> sing(uint32_t index, int seconds) {
  std::mt19937 random(index + 1);
  const auto uniform = [&](double from, double to) {
    return from + (to - from) * static_cast<double>(random()) / 4'294'967'295.0;
  };
  VoiceCharacter voice;
  voice.type = static_cast<VoiceType>(index % 4);
  voice.tonic_hz = 440 * std::exp2(uniform(-5, 2) / 12 - (index % 4) / 2.0);
  voice.vibrato_hz = uniform(4.8, 6.2);
  voice.vibrato_cents = uniform(15, 40);
  voice.formant_scale = uniform(0.92, 1.08);
  voice.breath = uniform(0.005, 0.03);
  voice.seed = index + 1;
  std::vector<Note> notes;
  constexpr std::array<int, 7> kScale = {-5, 0, 2, 4, 5, 7, 9};
  const int64_t samples = int64_t{seconds} * kSampleRate;
  for (int64_t at = 0; at < samples;) {
    const auto length = static_cast<int64_t>(uniform(0.25, 0.9) * kSampleRate);
    notes.push_back({at, length, kScale[random() % kScale.size()], static_cast<Vowel>(random() % 5),
                     static_cast<Consonant>(random() % 3), false});
    at += length;
  }
  std::vector<float> out = sing_notes(voice, notes, samples);
  float peak = 1e-6F;
  for (const float x : out) peak = std::max(peak, std::abs(x));
  for (float& x : out) x *= 0.2F / peak;
  return out;
}

}  // namespace

LoadVoice::LoadVoice(uint32_t index, int seconds, int bitrate) {
  const std::vector<float> voice = sing(index, seconds);
  EncoderSettings settings;
  settings.bitrate = bitrate;
  settings.complexity = 0;  // the decoder's work is the same
  BlockEncoder encoder(settings);
  std::array<uint8_t, kMaxPacketBytes> packet;
  for (size_t at = 0; at + kOpusBlock <= voice.size(); at += kOpusBlock) {
    const int len = encoder.encode(std::span(voice).subspan(at, kOpusBlock), packet);
    bytes_.insert(bytes_.end(), packet.begin(), packet.begin() + len);
    ends_.push_back(static_cast<uint32_t>(bytes_.size()));
  }
}

std::span<const uint8_t> LoadVoice::packet(int64_t block) const {
  const auto i = static_cast<size_t>(block % static_cast<int64_t>(ends_.size()));
  const uint32_t begin = i == 0 ? 0 : ends_[i - 1];
  return std::span(bytes_).subspan(begin, ends_[i] - begin);
}

}  // namespace roundelay
