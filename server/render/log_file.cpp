#include "server/render/log_file.h"

#include <cstring>

#include "codec/file_view.h"
#include "server/wire/record/record_reader.h"

namespace roundelay::render {
namespace {

constexpr size_t kBufferBytes = 1 << 16;

}  // namespace

LogFile::LogFile(int fd) : fd_(fd), buffer_(kBufferBytes) {}

void LogFile::rewind() {
  used_ = filled_ = 0;
  file_at_ = 0;
  begun_ = ended_ = false;
}

bool LogFile::fill() {
  std::memmove(buffer_.data(), buffer_.data() + used_, filled_ - used_);
  file_at_ += static_cast<int64_t>(used_);
  filled_ -= used_;
  used_ = 0;
  const size_t n = read_at(fd_, file_at_ + static_cast<int64_t>(filled_), std::span(buffer_).subspan(filled_));
  filled_ += n;
  return n > 0;
}

std::optional<wire::Record> LogFile::next() {
  if (!begun_) {
    if (!fill() || !wire::is_record_magic(std::span(buffer_).first(filled_))) return std::nullopt;
    used_ = wire::kRecordMagic.size();
    begun_ = true;
  }
  for (;;) {
    const auto read = wire::read_record(std::span<const uint8_t>(buffer_).subspan(used_, filled_ - used_));
    if (read) {
      place_ = {file_at_ + static_cast<int64_t>(used_), read->bytes};
      used_ += read->bytes;
      ended_ = std::holds_alternative<wire::EndRecord>(read->record);
      return read->record;
    }
    if (read.error() == wire::RecordError::kSpoilt || !fill()) return std::nullopt;
  }
}

std::optional<wire::Record> LogFile::at(const EntryPlace& place, std::span<uint8_t> buffer) const {
  if (place.bytes > buffer.size()) return std::nullopt;
  const auto bytes = buffer.first(place.bytes);
  if (read_at(fd_, place.offset, bytes) != bytes.size()) return std::nullopt;
  const auto read = wire::read_record(bytes);
  if (!read) return std::nullopt;
  return read->record;
}

}  // namespace roundelay::render
