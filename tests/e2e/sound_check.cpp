#include "tests/e2e/sound_check.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "codec/sound_file.h"

namespace roundelay::e2e {

const std::vector<float>& click() {
  static const std::vector<float> shape = [] {
    std::vector<float> samples(2 * kClickMiddle + 1);
    for (int i = 0; i < static_cast<int>(samples.size()); ++i) {
      const double t = (i - kClickMiddle) / 48'000.0;
      const double phase = 2 * std::numbers::pi * (2'500 * t + 600'000 * t * t);
      samples[static_cast<size_t>(i)] = static_cast<float>(std::exp(-t * t / (2 * 0.0004 * 0.0004)) * std::cos(phase));
    }
    return samples;
  }();
  return shape;
}

std::vector<float> hum_with_clicks(double seconds, double hum_hz, float hum_height, const std::vector<int64_t>& at,
                                   float height) {
  std::vector<float> samples(static_cast<size_t>(seconds * 48'000));
  for (size_t i = 0; i < samples.size(); ++i)
    samples[i] = hum_height * static_cast<float>(std::sin(2 * std::numbers::pi * hum_hz * static_cast<double>(i) / 48'000));
  for (const int64_t middle : at) {
    for (size_t i = 0; i < click().size(); ++i) samples.at(static_cast<size_t>(middle) - kClickMiddle + i) += height * click()[i];
  }
  return samples;
}

Found find_click(std::span<const float> sound, int64_t near, int reach) {
  double energy = 0;
  for (const float sample : click()) energy += double{sample} * sample;
  Found best;
  for (int64_t shift = -reach; shift <= reach; ++shift) {
    const int64_t begin = near + shift - kClickMiddle;
    if (begin < 0 || begin + static_cast<int64_t>(click().size()) > static_cast<int64_t>(sound.size())) continue;
    double product = 0;
    for (size_t i = 0; i < click().size(); ++i) product += double{sound[static_cast<size_t>(begin) + i]} * click()[i];
    if (product / energy > best.height) best = {shift, product / energy};
  }
  return best;
}

double rms(std::span<const float> sound) {
  double sum = 0;
  for (const float sample : sound) sum += double{sample} * sample;
  return sound.empty() ? 0 : std::sqrt(sum / static_cast<double>(sound.size()));
}

double correlation(std::span<const float> a, std::span<const float> b) {
  double ab = 0, aa = 0, bb = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    ab += double{a[i]} * b[i];
    aa += double{a[i]} * a[i];
    bb += double{b[i]} * b[i];
  }
  return aa > 0 && bb > 0 ? ab / std::sqrt(aa * bb) : 0;
}

void write_sound(const std::string& path, std::span<const float> interleaved, int channels) {
  if (const auto written = write_wav(path, interleaved, channels); !written) throw std::runtime_error(written.error());
}

std::vector<float> read_mono(const std::string& path) {
  const auto sound = read_sound(path);
  if (!sound) throw std::runtime_error(sound.error());
  return to_mono(*sound);
}

std::vector<float> read_channel(const std::string& path, int channel) {
  const auto sound = read_sound(path);
  if (!sound) throw std::runtime_error(sound.error());
  std::vector<float> samples;
  for (size_t i = static_cast<size_t>(channel); i < sound->samples.size(); i += static_cast<size_t>(sound->channels))
    samples.push_back(sound->samples[i]);
  return samples;
}

}  // namespace roundelay::e2e
