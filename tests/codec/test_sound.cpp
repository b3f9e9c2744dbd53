#include "tests/codec/test_sound.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <functional>
#include <numbers>
#include <numeric>

#include "codec/opus.h"

namespace roundelay::test {

MemoryFile::MemoryFile(std::span<const uint8_t> content) : fd_(memfd_create("test", MFD_CLOEXEC)) {
  if (fd_ < 0) std::abort();
  if (write(fd_, content.data(), content.size()) != static_cast<ssize_t>(content.size())) std::abort();
  lseek(fd_, 0, SEEK_SET);
}

MemoryFile::~MemoryFile() {
  close(fd_);
}

std::vector<uint8_t> MemoryFile::content() const {
  std::vector<uint8_t> bytes(static_cast<size_t>(lseek(fd_, 0, SEEK_END)));
  lseek(fd_, 0, SEEK_SET);
  if (pread(fd_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) std::abort();
  return bytes;
}

std::vector<uint8_t> sound_file(int format, int rate, int channels, std::span<const float> interleaved) {
  const MemoryFile file;
  SF_INFO info{};
  info.samplerate = rate;
  info.channels = channels;
  info.format = format;
  SNDFILE* sound = sf_open_fd(file.fd(), SFM_WRITE, &info, SF_FALSE);
  if (sound == nullptr) std::abort();
  sf_command(sound, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);
  // In pieces: the Vorbis encoder wants its stack small.
  const auto width = static_cast<size_t>(channels);
  const size_t frames = interleaved.size() / width;
  for (size_t at = 0; at < frames; at += 1000) {
    const size_t n = std::min<size_t>(1000, frames - at);
    if (sf_writef_float(sound, &interleaved[at * width], static_cast<sf_count_t>(n)) != static_cast<sf_count_t>(n)) std::abort();
  }
  sf_close(sound);
  return file.content();
}

std::vector<float> sample(const Voice& voice, int rate, int channels, double seconds) {
  std::vector<float> samples;
  const auto frames = static_cast<int64_t>(std::llround(seconds * rate));
  for (int64_t i = 0; i < frames; ++i) {
    for (int c = 0; c < channels; ++c) samples.push_back(voice(static_cast<double>(i) / rate, c));
  }
  return samples;
}

float glide(double t, int channel) {
  using std::numbers::pi;
  const double rise = channel == 0 ? 150.0 : -90.0;
  const double a = 2 * pi * (700.0 * t + rise * t * t / 2);
  const double b = 2 * pi * (1'530.0 * t - rise * t * t / 3);
  const double c = 2 * pi * (2'210.0 * t + 40.0 * std::sin(2 * pi * 0.7 * t));
  return static_cast<float>(0.25 * std::sin(a) + 0.15 * std::sin(b) + 0.1 * std::sin(c));
}

float pulses(double t, int /*channel*/) {
  constexpr double kHalf = 0.0005;
  const double near = std::round(t);
  const double away = t - near;
  if (near < 1 || std::fabs(away) >= kHalf) return 0.0F;
  return static_cast<float>(0.5 * (1 + std::cos(std::numbers::pi * away / kHalf)) * 0.8);
}

Made make(std::span<const uint8_t> file, const TrackLimits& limits) {
  const MemoryFile in(file);
  const MemoryFile out;
  std::vector<double> progress;
  auto info = make_track(in.fd(), out.fd(), limits, [&](double share) { progress.push_back(share); });
  return {.info = std::move(info), .blob = out.content(), .progress = std::move(progress)};
}

std::vector<float> decode_track(const TrackView& track) {
  BlockDecoder decoder(track.channels());
  const auto width = static_cast<size_t>(track.channels());
  std::vector<float> samples;
  std::vector<float> block(kOpusBlock * width);
  for (int64_t b = -track.preroll(); b < track.blocks(); ++b) {
    if (!decoder.decode(track.packet(b), block)) std::abort();
    if (b >= 0) samples.insert(samples.end(), block.begin(), block.end());
  }
  samples.resize(static_cast<size_t>(track.length_samples()) * width);
  return samples;
}

std::vector<float> channel_of(std::span<const float> interleaved, int channels, int channel) {
  std::vector<float> samples;
  for (auto i = static_cast<size_t>(channel); i < interleaved.size(); i += static_cast<size_t>(channels)) {
    samples.push_back(interleaved[i]);
  }
  return samples;
}

Alignment align(std::span<const float> wanted, std::span<const float> heard, int max_lag) {
  Alignment best;
  const size_t frames = std::min(wanted.size(), heard.size());
  const auto power = [](std::span<const float> x) {
    return std::inner_product(x.begin(), x.end(), x.begin(), 1e-30, std::plus<>(), [](double a, double b) { return a * b; });
  };
  const auto edge = static_cast<size_t>(max_lag);
  const size_t middle = frames - 2 * edge;
  const double scale = std::sqrt(power(wanted.subspan(edge, middle)) * power(heard.subspan(edge, middle)));
  for (int lag = -max_lag; lag <= max_lag; ++lag) {
    const float* w = wanted.data() + max_lag;
    const float* h = heard.data() + max_lag + lag;
    double product = 0;
    for (size_t i = 0; i < middle; ++i) product += static_cast<double>(w[i]) * static_cast<double>(h[i]);
    if (product / scale > best.correlation) best = {lag, product / scale};
  }
  return best;
}

}  // namespace roundelay::test
