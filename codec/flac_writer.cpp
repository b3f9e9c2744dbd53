#include "codec/flac_writer.h"

#include <sndfile.h>

#include <utility>

namespace roundelay {

FlacWriter::FlacWriter(int fd, int channels) {
  SF_INFO info{};
  info.samplerate = 48'000;
  info.channels = channels;
  info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
  file_ = sf_open_fd(fd, SFM_WRITE, &info, SF_FALSE);
  if (file_ != nullptr) sf_command(file_, SFC_SET_CLIPPING, nullptr, SF_TRUE);
}

FlacWriter::~FlacWriter() {
  if (file_ != nullptr) sf_close(file_);
}

tl::expected<void, std::string> FlacWriter::failed() const {
  return tl::unexpected<std::string>(sf_strerror(file_));
}

tl::expected<void, std::string> FlacWriter::add(std::span<const float> interleaved) {
  const auto count = static_cast<sf_count_t>(interleaved.size());
  if (file_ == nullptr || sf_write_float(file_, interleaved.data(), count) != count) return failed();
  return {};
}

tl::expected<void, std::string> FlacWriter::finish() {
  if (file_ == nullptr) return failed();
  if (sf_close(std::exchange(file_, nullptr)) != 0) return tl::unexpected<std::string>("the FLAC file could not be ended");
  return {};
}

}  // namespace roundelay
