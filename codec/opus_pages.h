// An endless Ogg Opus stream (RFC 7845, by libogg) of packets that exist already, one block each, page by page as they come. A
// page begins with a whole packet: whoever comes late gets the headers and the pages from the next one on, numbered for her. One
// thread; copies, and allocates now and then.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "codec/opus_headers.h"

namespace roundelay {

struct OggStream;

// A page for somebody who came late: as the one of this number, its end so many samples earlier.
void number_page(std::span<uint8_t> page, uint32_t number, int64_t earlier);

class OpusPages {
 public:
  struct Settings {
    int channels = 1;
    int pre_skip = 0;     // samples
    uint32_t serial = 1;  // of the stream
    int page_packets = 10;
    OpusTags tags;
  };
  static constexpr uint32_t kFirstNumber = 2;  // of the first page behind the headers

  explicit OpusPages(const Settings& settings);  // throws std::bad_alloc
  ~OpusPages();
  OpusPages(const OpusPages&) = delete;
  OpusPages& operator=(const OpusPages&) = delete;

  // Two pages, before all others.
  [[nodiscard]] std::span<const uint8_t> headers() const { return headers_; }
  // The next block. The page that it makes full, or nothing; it stays until the next call. An empty packet is one that was lost:
  // a player conceals it.
  [[nodiscard]] std::span<const uint8_t> add(std::span<const uint8_t> packet);
  // The last page, with one more block of silence, so that the stream has an end. Nothing may be added any more.
  [[nodiscard]] std::span<const uint8_t> finish();
  // In the pages that were made so far.
  [[nodiscard]] int64_t paged_samples() const;

 private:
  void put(std::span<const uint8_t> packet, bool last);
  void take_page();

  Settings settings_;
  std::unique_ptr<OggStream> ogg_;
  std::vector<uint8_t> headers_;
  std::vector<uint8_t> page_;
  int64_t blocks_ = 0;
  int unpaged_ = 0;  // packets since the last page
  uint8_t last_toc_;
};

}  // namespace roundelay
