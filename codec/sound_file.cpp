#include "codec/sound_file.h"

#include <fcntl.h>
#include <sndfile.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "codec/opus.h"
#include "codec/sound_reader.h"

namespace roundelay {
namespace {}  // namespace

tl::expected<Sound, std::string> read_sound(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(path + ": " + std::strerror(errno));
  struct Closer {
    int fd;
    ~Closer() { close(fd); }
  } const closer{fd};
  auto reader = SoundReader::open(fd);
  if (!reader) return tl::unexpected(path + ": " + reader.error().text);
  Sound sound;
  sound.channels = (*reader)->channels();
  for (;;) {
    const auto more = (*reader)->read(sound.samples);
    if (!more) return tl::unexpected(path + ": " + more.error().text);
    if (!*more) return sound;
  }
}

std::vector<float> to_mono(const Sound& sound) {
  if (sound.channels == 1) return sound.samples;
  const auto width = static_cast<size_t>(sound.channels);
  std::vector<float> mono(sound.frames());
  for (size_t i = 0; i < mono.size(); ++i) {
    float sum = 0.0F;
    for (size_t c = 0; c < width; ++c) sum += sound.samples[i * width + c];
    mono[i] = sum / static_cast<float>(width);
  }
  return mono;
}

tl::expected<void, std::string> write_wav(const std::string& path, std::span<const float> interleaved, int channels) {
  SF_INFO info{};
  info.samplerate = kOpusRate;
  info.channels = channels;
  info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  if (file == nullptr) return tl::unexpected(path + ": " + sf_strerror(nullptr));
  sf_command(file, SFC_SET_ADD_PEAK_CHUNK, nullptr, SF_FALSE);  // it holds the time: equal sound makes equal files
  const auto frames = static_cast<sf_count_t>(interleaved.size()) / channels;
  const bool written = sf_writef_float(file, interleaved.data(), frames) == frames;
  const std::string reason = written ? "" : sf_strerror(file);
  const bool closed = sf_close(file) == 0;
  if (!written || !closed) return tl::unexpected(path + ": " + (reason.empty() ? "cannot be written" : reason));
  return {};
}

}  // namespace roundelay
