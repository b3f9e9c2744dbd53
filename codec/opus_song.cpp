#include "codec/opus_song.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "codec/opus.h"
#include "codec/opus_file_writer.h"
#include "codec/whole_sound.h"

namespace roundelay {
namespace {

constexpr size_t kMirrorFrames = 2 * kOpusBlock;  // more than what is ever missing at the end

EncoderSettings song_encoder(int channels, int kbits) {
  return {.channels = channels, .bitrate = kbits * 1'000 * (channels == 1 ? 2 : 3) / 3, .complexity = 10, .low_delay = false};
}

SoundFault song_not_stored(const std::string& reason) {
  SoundFault fault = sound_fault("track_not_stored");
  fault.reason = reason;
  return fault;
}

// Samples of any number in, packets into a file.
class SongPackets {
 public:
  SongPackets(int fd, int channels, const OpusSongSettings& settings)
      : width_(static_cast<size_t>(channels)),
        encoder_(song_encoder(channels, settings.kbits)),
        file_(fd, {.channels = channels, .pre_skip = encoder_.delay_samples(), .tags = settings.tags}) {}

  tl::expected<void, std::string> add(std::span<const float> interleaved) {
    samples_ += static_cast<int64_t>(interleaved.size() / width_);
    sound_.insert(sound_.end(), interleaved.begin(), interleaved.end());
    while (sound_.size() - encoded_ >= kOpusBlock * width_) {
      if (auto done = encode(); !done) return done;
    }
    const size_t kept = std::min(encoded_, kMirrorFrames * width_);
    sound_.erase(sound_.begin(), sound_.begin() + static_cast<std::ptrdiff_t>(encoded_ - kept));
    encoded_ = kept;
    return {};
  }

  // What the encoder is behind is filled by the sound's end in a mirror: a sudden silence would be heard in the last samples.
  tl::expected<void, std::string> finish() {
    const int64_t blocks = (samples_ + encoder_.delay_samples() + kOpusBlock - 1) / kOpusBlock;
    const size_t frames = sound_.size() / width_;
    const size_t wanted = encoded_ / width_ + static_cast<size_t>(blocks - blocks_) * kOpusBlock;
    for (size_t frame = frames; frame < wanted; ++frame) {
      const size_t back = std::min(frame - frames + 2, frames);
      for (size_t channel = 0; channel < width_; ++channel) sound_.push_back(sound_[(frames - back) * width_ + channel]);
    }
    while (blocks_ < blocks) {
      if (auto done = encode(); !done) return done;
    }
    return file_.finish(samples_);
  }

  [[nodiscard]] int64_t samples() const { return samples_; }

 private:
  tl::expected<void, std::string> encode() {
    std::array<uint8_t, kMaxPacketBytes> packet{};
    const int bytes = encoder_.encode(std::span<const float>(sound_).subspan(encoded_, kOpusBlock * width_), packet);
    if (bytes < 1) return tl::unexpected<std::string>("the encoder failed");
    encoded_ += kOpusBlock * width_;
    return file_.add(blocks_++, std::span<const uint8_t>(packet).first(static_cast<size_t>(bytes)));
  }

  size_t width_;
  BlockEncoder encoder_;
  OpusFileWriter file_;
  std::vector<float> sound_;  // what was encoded last, and what was not yet
  size_t encoded_ = 0;        // of it
  int64_t blocks_ = 0;
  int64_t samples_ = 0;
};

}  // namespace

tl::expected<OpusSongInfo, SoundFault> make_opus_song(int in_fd, int out_fd, const OpusSongSettings& settings,
                                                      const std::function<void(double)>& progress) {
  auto opened = SoundReader::open(in_fd);
  if (!opened) return tl::unexpected(opened.error());
  SoundReader& reader = **opened;
  SongPackets packets(out_fd, reader.channels(), settings);
  const auto read = read_whole_sound(
      reader, settings.max_seconds,
      [&](std::span<const float> piece) -> tl::expected<void, SoundFault> {
        if (auto added = packets.add(piece); !added) return tl::unexpected(song_not_stored(added.error()));
        return {};
      },
      progress);
  if (!read) return tl::unexpected(read.error());
  if (auto finished = packets.finish(); !finished) return tl::unexpected(song_not_stored(finished.error()));
  return OpusSongInfo{.samples = packets.samples(), .channels = reader.channels()};
}

}  // namespace roundelay
