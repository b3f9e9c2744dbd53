// Writes a track's blob (track.h) from samples that come piece by piece. The number of packets is known only at the end, while
// the index stands before them: they are written behind room for the longest index, and moved up at the end. Blocks and
// allocates: for workers, tools and tests.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "codec/opus.h"

namespace roundelay {

class TrackWriter {
 public:
  // `fd` is seekable, open for reading and writing, and empty; it stays the caller's. Longer tracks than `max_samples` are an
  // error.
  TrackWriter(int fd, int channels, int64_t max_samples);

  // Interleaved at 48 kHz, any number of samples. The error is the system's reason ("No space left on device").
  [[nodiscard]] tl::expected<void, std::string> add(std::span<const float> interleaved);
  // Pads, encodes the rest, writes header and index. Call once, after at least one sample.
  [[nodiscard]] tl::expected<void, std::string> finish();
  [[nodiscard]] int64_t length_samples() const { return length_samples_; }

 private:
  tl::expected<void, std::string> encode_block(std::span<const float> block);
  tl::expected<void, std::string> flush();
  tl::expected<void, std::string> move_packets(int64_t to);

  int fd_;
  int channels_;
  size_t max_packets_;
  BlockEncoder encoder_;
  std::vector<float> pending_;      // less than a block between calls
  std::vector<uint16_t> lengths_;   // of all packets, bytes
  std::vector<uint8_t> unwritten_;  // packets
  int64_t packets_begin_;
  int64_t packets_end_;  // on disk
  int64_t length_samples_ = 0;
};

}  // namespace roundelay
