// Reads the packets of an Ogg Opus file that OpusFileWriter wrote, by libogg. Memory does not grow with the file. Blocks and
// allocates: for workers, tools and tests.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace roundelay {

class OpusFileReader {
 public:
  struct Head {
    int channels = 1;
    int pre_skip = 0;
  };

  // `fd` is to read; its offset is neither used nor moved. Null if no Ogg Opus file begins there.
  [[nodiscard]] static std::unique_ptr<OpusFileReader> open(int fd);
  ~OpusFileReader();
  OpusFileReader(const OpusFileReader&) = delete;
  OpusFileReader& operator=(const OpusFileReader&) = delete;

  [[nodiscard]] const Head& head() const { return head_; }
  // The next block's packet, valid until the next call; nothing at the end, or where the file is damaged.
  [[nodiscard]] std::optional<std::span<const uint8_t>> next();
  // Of the last page read: where the sound ends, with what is skipped.
  [[nodiscard]] int64_t granule() const { return granule_; }
  // The end was marked.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  struct Ogg;
  explicit OpusFileReader(int fd);
  [[nodiscard]] bool read_page();

  int fd_;
  int64_t at_ = 0;
  Head head_;
  int64_t granule_ = 0;
  bool ended_ = false;
  std::unique_ptr<Ogg> ogg_;
};

}  // namespace roundelay
