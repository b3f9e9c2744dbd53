// One log of a recording, read entry by entry with a bounded buffer. Reading ends at the first entry that is torn or spoilt.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/wire/record/record.h"

namespace roundelay::render {

// Where an entry lies.
struct EntryPlace {
  int64_t offset = 0;
  size_t bytes = 0;
};

class LogFile {
 public:
  // `fd` is to read and stays the caller's; its offset is neither used nor moved.
  explicit LogFile(int fd);

  // From the beginning again.
  void rewind();
  // The next entry; its views are good until the next call. Nothing at the end of what can be read.
  [[nodiscard]] std::optional<wire::Record> next();
  // Of the entry that next() gave.
  [[nodiscard]] EntryPlace place() const { return place_; }
  // The entry there, if it is one still; the views are into `buffer` (wire::kMaxRecordBytes).
  [[nodiscard]] std::optional<wire::Record> at(const EntryPlace& place, std::span<uint8_t> buffer) const;
  // The log's last entry was `end`, and it was read.
  [[nodiscard]] bool ended() const { return ended_; }

 private:
  // More bytes behind those that are there; false at the end of the file.
  bool fill();

  int fd_;
  std::vector<uint8_t> buffer_;
  size_t used_ = 0;      // of the buffer: read already
  size_t filled_ = 0;    // of the buffer
  int64_t file_at_ = 0;  // where the buffer's first byte lies
  EntryPlace place_;
  bool begun_ = false;
  bool ended_ = false;
};

}  // namespace roundelay::render
