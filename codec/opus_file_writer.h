// Writes an Ogg Opus file (RFC 7845, by libogg) of packets that exist already, one block each, to their places in time. Blocks
// and allocates: for workers, tools and tests.
//
// A gap is filled: the format forbids a jump of the granule position (RFC 7845 section 4.1). A gap of up to kConcealedBlocks
// becomes packets without content: libopus conceals what was lost and knows how loud the next packet is, FFmpeg's decoder is
// silent. A longer one becomes packets of digital silence, because libopus would go on sounding softly; behind it the first 100
// ms are too soft, since a packet tells its loudness by the one before. Before the first packet stand packets without content:
// they leave a decoder as it begins.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <tl/expected.hpp>

#include "codec/opus_headers.h"

namespace roundelay {

struct OggStream;

struct OpusFileSettings {
  int channels = 1;
  int pre_skip = 0;     // samples that a player drops at the beginning
  uint32_t serial = 1;  // of the stream; the same settings and packets make the same file
  OpusTags tags;
};

class OpusFileWriter {
 public:
  static constexpr int64_t kConcealedBlocks = 5;

  // `fd` is empty, to write; it stays the caller's.
  OpusFileWriter(int fd, OpusFileSettings settings);
  ~OpusFileWriter();
  OpusFileWriter(const OpusFileWriter&) = delete;
  OpusFileWriter& operator=(const OpusFileWriter&) = delete;

  // `block` is the packet's place, from 0 at the file's first sample (which may be skipped), and above the last one's. The error
  // is the system's word for it.
  [[nodiscard]] tl::expected<void, std::string> add(int64_t block, std::span<const uint8_t> packet);
  // The file is to play `samples`: what is missing is filled with silence, what is too much is cut off. Call once.
  [[nodiscard]] tl::expected<void, std::string> finish(int64_t samples);

 private:
  void put(std::span<const uint8_t> packet, int64_t granule, bool last);
  tl::expected<void, std::string> put_held(bool last);
  tl::expected<void, std::string> put_block(std::span<const uint8_t> packet);
  tl::expected<void, std::string> write_pages(bool all);
  tl::expected<void, std::string> fill_until(int64_t block);
  tl::expected<void, std::string> write_headers();

  int fd_;
  OpusFileSettings settings_;
  std::unique_ptr<OggStream> ogg_;
  bool begun_ = false;
  int64_t next_block_ = 0;
  int64_t granule_end_ = INT64_MAX;
  int unpaged_ = 0;            // packets since the last page
  uint8_t last_toc_ = 0;       // of the last packet
  bool sounded_ = false;       // a packet was added
  std::vector<uint8_t> held_;  // the last packet: it may become the one that ends the file
  std::vector<uint8_t> unwritten_;
};

}  // namespace roundelay
