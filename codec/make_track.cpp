#include <sys/stat.h>

#include <algorithm>
#include <cmath>

#include "codec/loudness.h"
#include "codec/opus.h"
#include "codec/sound_reader.h"
#include "codec/track.h"
#include "codec/track_writer.h"
#include "codec/whole_sound.h"

namespace roundelay {
namespace {

constexpr double kRounding = 1e-6;
constexpr double kMaxSeconds = 24 * 3600;  // whatever the limits say

SoundFault not_stored(const std::string& reason) {
  SoundFault fault = sound_fault("track_not_stored");
  fault.reason = reason;
  return fault;
}

}  // namespace

tl::expected<TrackInfo, SoundFault> make_track(int in_fd, int out_fd, const TrackLimits& limits,
                                               const std::function<void(double)>& progress) {
  struct stat status {};
  if (fstat(in_fd, &status) == 0 && status.st_size > limits.max_bytes) {
    return tl::unexpected(
        sound_fault("sound_file_is_too_large", {{"size", size_text(status.st_size)}, {"most", size_text(limits.max_bytes)}}));
  }
  auto opened = SoundReader::open(in_fd);
  if (!opened) return tl::unexpected(opened.error());
  SoundReader& reader = **opened;
  const double max_seconds = std::min(limits.max_seconds, kMaxSeconds);
  // Some state what the encoder added as well; what is read is counted to the sample.
  if (const auto seconds = reader.stated_seconds(); seconds && *seconds > max_seconds + kStatedSlackSeconds) {
    return tl::unexpected(
        sound_fault("track_is_too_long", {{"minutes", clock_text(*seconds)}, {"most", clock_text(max_seconds)}}));
  }

  // Resampling may round up by a sample.
  TrackWriter writer(out_fd, reader.channels(), static_cast<int64_t>(std::ceil(max_seconds * kOpusRate)) + 1);
  LoudnessMeter loudness(reader.channels());
  const auto read = read_whole_sound(
      reader, max_seconds + kRounding,
      [&](std::span<const float> piece) -> tl::expected<void, SoundFault> {
        if (auto added = writer.add(piece); !added) return tl::unexpected(not_stored(added.error()));
        loudness.add(piece);
        return {};
      },
      progress);
  if (!read) return tl::unexpected(read.error());
  if (auto finished = writer.finish(); !finished) return tl::unexpected(not_stored(finished.error()));
  return TrackInfo{.seconds = static_cast<double>(writer.length_samples()) / kOpusRate,
                   .channels = reader.channels(),
                   .source_rate = reader.source_rate(),
                   .loudness = loudness.integrated(),
                   .format = reader.format()};
}

}  // namespace roundelay
