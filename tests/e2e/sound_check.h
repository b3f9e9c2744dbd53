// Measuring what was heard: a click that stands out of a hum, where it lies and how high it is.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace roundelay::e2e {

// A broadband click (a chirp under a Gaussian), 129 samples, its middle at index 64, peak about 1.
[[nodiscard]] const std::vector<float>& click();
inline constexpr int kClickMiddle = 64;

// `seconds` of a quiet hum (so that the singer always counts as a voice) with clicks of `height` whose middles lie at `at`.
[[nodiscard]] std::vector<float> hum_with_clicks(double seconds, double hum_hz, float hum_height, const std::vector<int64_t>& at,
                                                 float height);

struct Found {
  int64_t error_samples = 0;  // where the best match lies, less `near`
  double height = 0;          // of the click there, by projection on its shape
};
// The best match of the click within +-reach samples of `near`.
[[nodiscard]] Found find_click(std::span<const float> sound, int64_t near, int reach = 400);

// Root mean square of a stretch.
[[nodiscard]] double rms(std::span<const float> sound);
// Normalised correlation of two equally long stretches, -1 to 1.
[[nodiscard]] double correlation(std::span<const float> a, std::span<const float> b);

// Writes mono or stereo 48 kHz WAV, reads a WAV back; throw std::runtime_error.
void write_sound(const std::string& path, std::span<const float> interleaved, int channels = 1);
[[nodiscard]] std::vector<float> read_mono(const std::string& path);
// One channel of an interleaved file.
[[nodiscard]] std::vector<float> read_channel(const std::string& path, int channel);

}  // namespace roundelay::e2e
