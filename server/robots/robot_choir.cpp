#include "server/robots/robot_choir.h"

#include <algorithm>
#include <cmath>

#include "mixer/bucket_mixer.h"
#include "server/singer/voice_stream.h"

namespace roundelay {
namespace {

constexpr double kTonicHz = 233.082;  // B flat below middle c, equal temperament at 440 Hz

// Two of each voice, unlike enough to sound like two people.
const std::array<VoiceCharacter, kRobots> kCharacters = {{
    {VoiceType::kSoprano, 2 * kTonicHz, 2, 5.6, 30, 1.00, 1.60, 0.010, 0.045, 11},
    {VoiceType::kSoprano, 2 * kTonicHz, -2, 5.2, 24, 1.05, 1.30, 0.014, 0.070, 12},
    {VoiceType::kAlto, kTonicHz, -2, 5.4, 26, 1.00, 1.60, 0.010, 0.055, 13},
    {VoiceType::kAlto, kTonicHz, 2, 5.8, 32, 0.94, 1.35, 0.014, 0.040, 14},
    {VoiceType::kTenor, kTonicHz, 2, 5.5, 30, 1.00, 0.90, 0.008, 0.050, 15},
    {VoiceType::kTenor, kTonicHz, -2, 5.1, 25, 0.95, 0.75, 0.012, 0.060, 16},
    {VoiceType::kBass, kTonicHz / 2, -2, 5.0, 24, 1.00, 0.85, 0.006, 0.060, 17},
    {VoiceType::kBass, kTonicHz / 2, 2, 5.3, 20, 1.06, 0.70, 0.008, 0.050, 18},
}};

// A view of samples as a source; silence outside.
class SpanVoice : public VoiceSource {
 public:
  explicit SpanVoice(std::span<const float> samples) : samples_(samples) {}
  void read(int64_t song_sample, std::span<float> out) override {
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t index = song_sample + static_cast<int64_t>(i);
      out[i] = index >= 0 && index < static_cast<int64_t>(samples_.size()) ? samples_[static_cast<size_t>(index)] : 0.0F;
    }
  }

 private:
  std::span<const float> samples_;
};

}  // namespace

const char* robot_name(int robot_index) {
  static constexpr std::array<const char*, kRobots> kNames = {"Robot Ada",  "Robot Clara", "Robot Greta", "Robot Nina",
                                                              "Robot Otto", "Robot Hugo",  "Robot Boris", "Robot Emil"};
  return kNames[static_cast<size_t>(robot_index)];
}

std::vector<float> render_robot_part(int robot_index) {
  const std::vector<Note> notes = round_notes(robot_part(robot_index), robot_index % 2 == 1);
  std::vector<float> part = sing_notes(kCharacters[static_cast<size_t>(robot_index)], notes, kRoundSamples);
  double squares = 0;
  double sounding = 0;
  double peak = 0;
  for (const double x : part) {
    squares += x * x;
    sounding += x != 0 ? 1 : 0;
    peak = std::max(peak, std::abs(x));
  }
  const double factor = std::min(kRobotRms / std::sqrt(squares / sounding), kRobotPeak / peak);
  for (float& x : part) x = static_cast<float>(x * factor);
  return part;
}

std::vector<bool> blocks_sent(std::span<const float> voice, int encoder_delay_samples) {
  SpanVoice source(voice);
  SilenceGate gate;
  std::vector<bool> sent(voice.size() / kBlockSamples + 4);
  std::array<float, kOpusBlock> input;
  for (size_t b = 0; b < sent.size(); ++b) {
    VoiceStream::read_input(source, {0}, Position{} + Blocks{static_cast<int64_t>(b)}, encoder_delay_samples, input);
    sent[b] = gate.next(VoiceStream::is_silence(input)) != SilenceGate::Step::kSkip;
  }
  return sent;
}

std::vector<float> offline_sum(std::span<const ChoirVoice> voices, int encoder_delay_samples, bool automatic_gain_on) {
  std::vector<std::vector<bool>> sent;
  size_t blocks = 0;
  for (const ChoirVoice& voice : voices) {
    sent.push_back(blocks_sent(voice.samples, encoder_delay_samples));
    blocks = std::max(blocks, sent.back().size());
  }
  std::vector<float> out(blocks * kBlockSamples);
  std::vector<BucketMixer::Sum> sums(blocks + 1);
  for (size_t b = 0; b < blocks; ++b) {
    for (size_t v = 0; v < voices.size(); ++v) {
      if (b >= sent[v].size() || !sent[v][b]) continue;
      ++sums[b].result.people;
      std::array<float, kBlockSamples> sung{};
      const std::span<const float> samples = voices[v].samples;
      const size_t from = std::min(b * kBlockSamples, samples.size());
      const size_t n = std::min<size_t>(kBlockSamples, samples.size() - from);
      std::copy_n(samples.begin() + static_cast<int64_t>(from), n, sung.begin());
      sums[b].led = sums[b].led || voices[v].leader;
      add_ramped(voices[v].leader ? sums[b].leader : sums[b].voices, sung, 1, 1);
    }
  }
  BucketMixer mixer;
  for (size_t b = 0; b < blocks; ++b) {
    mixer.level(MutableBlock(out.data() + b * kBlockSamples, kBlockSamples), sums[b], sums[b + 1],
                {.automatic = automatic_gain_on});
  }
  return out;
}

}  // namespace roundelay
