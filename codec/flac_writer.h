// Writes a FLAC file of 16 bits at 48 kHz piece by piece, by libsndfile. Blocks and allocates: for workers, tools and tests.
#pragma once

#include <memory>
#include <span>
#include <string>

#include <tl/expected.hpp>

struct sf_private_tag;

namespace roundelay {

class FlacWriter {
 public:
  // `fd` is empty, to read and write; it stays the caller's.
  FlacWriter(int fd, int channels);
  ~FlacWriter();
  FlacWriter(const FlacWriter&) = delete;
  FlacWriter& operator=(const FlacWriter&) = delete;

  // Interleaved. The error is the library's word for it.
  [[nodiscard]] tl::expected<void, std::string> add(std::span<const float> interleaved);
  [[nodiscard]] tl::expected<void, std::string> finish();

 private:
  tl::expected<void, std::string> failed() const;
  sf_private_tag* file_;
};

}  // namespace roundelay
