#include "server/render/pack.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <memory>

#include "mixer/position.h"
#include "server/base/text.h"
#include "server/render/decoded_track.h"
#include "server/render/reaper_session.h"
#include "server/render/zip_writer.h"

namespace roundelay::render {
namespace {

constexpr size_t kWavHeaderBytes = 44;
constexpr int kWavSampleBytes = 2;
constexpr float kWavFull = 32'767;

int wav_channels(const PackedTrack& track) {
  return track.number == 0 ? 2 : 1;
}

int64_t wav_bytes(const PackedTrack& track, int64_t blocks) {
  return static_cast<int64_t>(kWavHeaderBytes) + blocks * kBlockSamples * wav_channels(track) * kWavSampleBytes;
}

std::array<uint8_t, kWavHeaderBytes> wav_header(int channels, int64_t data_bytes) {
  std::array<uint8_t, kWavHeaderBytes> out{};
  size_t at = 0;
  const auto text = [&](const char* four) {
    std::memcpy(&out[at], four, 4);
    at += 4;
  };
  const auto number = [&](int64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; ++i) out[at++] = static_cast<uint8_t>((value >> (8 * i)) & 0xFF);
  };
  text("RIFF");
  number(data_bytes + static_cast<int64_t>(kWavHeaderBytes) - 8, 4);
  text("WAVE");
  text("fmt ");
  number(16, 4);
  number(1, 2);  // PCM
  number(channels, 2);
  number(kSampleRate, 4);
  number(int64_t{kSampleRate} * channels * kWavSampleBytes, 4);
  number(channels * kWavSampleBytes, 2);
  number(8 * kWavSampleBytes, 2);
  text("data");
  number(data_bytes, 4);
  return out;
}

// The bytes of a track's WAV, one after the other.
class WavBytes {
 public:
  WavBytes(const PackedTrack& track, int64_t blocks)
      : track_(track.fd, wav_channels(track)), zeros_(static_cast<size_t>(wav_channels(track) * kBlockSamples)), blocks_(blocks) {
    const auto header = wav_header(wav_channels(track), wav_bytes(track, blocks) - static_cast<int64_t>(kWavHeaderBytes));
    piece_.assign(header.begin(), header.end());
  }

  bool next(std::span<uint8_t> bytes) {
    if (!track_.is_file()) return false;
    while (!bytes.empty()) {
      if (used_ == piece_.size() && !decode()) return false;
      const size_t count = std::min(bytes.size(), piece_.size() - used_);
      std::memcpy(bytes.data(), &piece_[used_], count);
      used_ += count;
      bytes = bytes.subspan(count);
    }
    return true;
  }

 private:
  bool decode() {
    if (blocks_-- <= 0) return false;
    auto block = track_.next();
    if (block.empty()) block = zeros_;
    piece_.clear();
    for (const float sample : block) {
      const auto value = static_cast<int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * kWavFull));
      piece_.push_back(static_cast<uint8_t>(value & 0xFF));
      piece_.push_back(static_cast<uint8_t>((value >> 8) & 0xFF));
    }
    used_ = 0;
    return true;
  }

  DecodedTrack track_;
  std::vector<float> zeros_;
  int64_t blocks_;
  std::vector<uint8_t> piece_;
  size_t used_ = 0;
};

// The bytes of a file as they are.
ZipWriter::Next copy_of(int fd) {
  return [fd, at = int64_t{0}](std::span<uint8_t> bytes) mutable {
    while (!bytes.empty()) {
      const ssize_t n = pread(fd, bytes.data(), bytes.size(), at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return false;
      at += n;
      bytes = bytes.subspan(static_cast<size_t>(n));
    }
    return true;
  };
}

ZipWriter::Next text_bytes(std::string text) {
  return [text = std::move(text), at = size_t{0}](std::span<uint8_t> bytes) mutable {
    std::memcpy(bytes.data(), text.data() + at, bytes.size());
    at += bytes.size();
    return true;
  };
}

int64_t bytes_of(int fd) {
  struct stat status {};
  return fstat(fd, &status) == 0 ? status.st_size : 0;
}

constexpr const char* kReadme =
    "The WAV files (48 kHz, 16 bit) all begin at the same moment, the start of the song, and are equally long: put them at 0 in "
    "any audio program, and they fit.\r\n"
    "session.rpp opens in Reaper: a track for each singer, as loud as in the mix, the backing track, and the metronome, which is "
    "muted.\r\n"
    "The folder opus has the tracks as they came from the singers, without any loss; Mix.flac is the mix of the evening.\r\n";

}  // namespace

std::string file_name_of(const PackedTrack& track, size_t tracks) {
  std::string name = track.part.empty() ? track.name : track.name + " (" + track.part + ")";
  name = safe_file_name(name, kMostFileNameBytes);
  if (track.number == 0) return name;
  const size_t digits = std::max<size_t>(2, std::to_string(tracks).size());
  std::string number = std::to_string(track.number);
  number.insert(0, digits > number.size() ? digits - number.size() : 0, '0');
  return name.empty() ? number : number + " " + name;
}

int64_t packed_bytes(double seconds, size_t singers, size_t beside) {
  const double wav = kSampleRate * kWavSampleBytes;
  constexpr double kOpusBytes = 10'000;    // a second of a voice
  constexpr double kBesideBytes = 17'000;  // of a track
  constexpr double kMixBytes = 90'000;     // of the FLAC
  const auto voices = static_cast<double>(singers);
  const auto others = static_cast<double>(beside);
  return std::llround(seconds * (voices * (wav + kOpusBytes) + others * (2 * wav + kBesideBytes) + kMixBytes));
}

tl::expected<void, std::string> write_pack(const Pack& pack, int fd, const std::function<void(double)>& progress) {
  ZipWriter zip(fd);
  std::string folder = safe_file_name(pack.name, kMostFileNameBytes);
  folder = folder.empty() ? "Recording/" : folder + "/";
  std::vector<SessionTrack> session;
  const auto add = [&](const std::string& name, int64_t bytes, ZipWriter::Next next) {
    zip.add(folder + name, bytes, pack.unix_s, std::move(next));
  };
  for (const PackedTrack& track : pack.tracks) {
    const std::string name = file_name_of(track, pack.tracks.size());
    session.push_back({.name = name, .file = name + ".wav", .gain_db = track.gain_db, .muted = track.muted});
    // Begun when its turn has come: a decoder for each of 300 singers is needed one after the other.
    add(name + ".wav", wav_bytes(track, pack.blocks),
        [&track, blocks = pack.blocks, wav = std::shared_ptr<WavBytes>()](std::span<uint8_t> bytes) mutable {
          if (!wav) wav = std::make_shared<WavBytes>(track, blocks);
          return wav->next(bytes);
        });
  }
  const double seconds = static_cast<double>(pack.blocks) * kBlockSamples / kSampleRate;
  const std::string project = reaper_session(session, seconds, pack.unix_s);
  add("session.rpp", static_cast<int64_t>(project.size()), text_bytes(project));
  add("readme.txt", static_cast<int64_t>(std::strlen(kReadme)), text_bytes(kReadme));
  add("Mix.flac", bytes_of(pack.mix), copy_of(pack.mix));
  for (const PackedTrack& track : pack.tracks)
    add("opus/" + file_name_of(track, pack.tracks.size()) + ".opus", bytes_of(track.fd), copy_of(track.fd));
  return zip.finish(progress);
}

}  // namespace roundelay::render
