// A backing track as the shards play it: Opus packets, one a block, with an index, in one file that is memory-mapped.
//
// The file ("blob"), little-endian:
//   0  8 bytes magic "RNDLTRK1"
//   8  u32 channels (1 or 2)
//  12  u32 preroll_packets        packets before the first sample, so that a fresh decoder has settled at sample 0
//  16  u32 block_packets          packets from sample 0 to the end (the last one padded with silence)
//  20  u32 reserved, 0
//  24  u64 length_samples         of the track at 48 kHz
//  32  u32 offsets[preroll + block + 1]   from the start of the file; packet i is [offsets[i], offsets[i+1])
//      packets
// Packet preroll + k decodes, in a decoder fed from packet 0 on, to samples 960 k to 960 k + 959 of the track exactly:
// the codec's delay is compensated when it is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/sound_fault.h"

namespace roundelay {

inline constexpr int kTrackPreroll = 4;  // packets

// A checked view of a blob; does not own it. Reading is safe in the tick.
class TrackView {
 public:
  TrackView() = default;
  // Pure: checks everything (magic, counts, offsets monotonic and inside, every packet one block of the right channel
  // count). An error is a short phrase.
  [[nodiscard]] static tl::expected<TrackView, std::string> parse(std::span<const uint8_t> blob);

  // The packet for samples from 960 * block on; block from -preroll() to blocks() - 1; empty outside.
  [[nodiscard]] std::span<const uint8_t> packet(int64_t block) const;
  [[nodiscard]] int preroll() const { return preroll_; }
  [[nodiscard]] int64_t blocks() const { return blocks_; }
  [[nodiscard]] int channels() const { return channels_; }
  [[nodiscard]] int64_t length_samples() const { return length_samples_; }
  explicit operator bool() const { return !blob_.empty(); }

 private:
  std::span<const uint8_t> blob_;
  int preroll_ = 0;
  int64_t blocks_ = 0;
  int channels_ = 0;
  int64_t length_samples_ = 0;
};

struct TrackLimits {
  int64_t max_bytes = 350'000'000;
  double max_seconds = 20 * 60;
};

struct TrackInfo {
  double seconds = 0;
  int channels = 0;
  int source_rate = 0;
  std::optional<double> loudness;  // LUFS, integrated (loudness.h); nothing of silence
  std::string format;              // "WAV", "FLAC", "Ogg Vorbis", "M4A", ...; of the first, if several files were joined
};

// Reads a sound file from `in_fd` (seekable, at its start), resamples to 48 kHz (soxr HQ), encodes (Opus, application audio,
// signal music, 96 kbit/s mono or 128 stereo, 20 ms) and writes the blob to `out_fd` (seekable, empty). More than two channels
// are mixed down to two. Streams: memory does not grow with the length beyond the index. `progress` gets 0 to 1 now and
// then.
[[nodiscard]] tl::expected<TrackInfo, SoundFault> make_track(int in_fd, int out_fd, const TrackLimits& limits,
                                                             const std::function<void(double)>& progress);

}  // namespace roundelay
