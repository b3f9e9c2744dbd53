// Reads a stretch of a file, one piece after the other, each when the one before has been used: at once what the kernel has in
// memory, and else on the thread pool. So neither the loop waits for the disk nor memory grows. Loop thread only.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <span>

#include "server/net/file_body.h"
#include "server/net/file_pace.h"

namespace roundelay {

class FileReader {
 public:
  static constexpr size_t kPieceBytes = 65'536;

  // Begins to read. A piece that the kernel has in memory is there when this, or use(), returns; for any other `on_piece` is
  // called once, and when the file cannot be read (any more). `pace` says when each of them may be read; it outlives this.
  FileReader(uv_loop_t* loop, FilePace& pace, std::shared_ptr<const FileBody> body, std::function<void()> on_piece);
  ~FileReader();  // nobody is called any more
  FileReader(const FileReader&) = delete;
  FileReader& operator=(const FileReader&) = delete;

  // What has been read and not been used; empty while it is being read, and at the end.
  [[nodiscard]] std::span<const uint8_t> piece() const;
  // The piece has been used: the next one is read.
  void use();
  // The file is shorter than its stretch, or the disk refused.
  [[nodiscard]] bool failed() const;

 private:
  struct Reading;
  void read();
  void begin();

  FilePace& pace_;
  uint64_t asked_ = 0;                // of the pace; 0: nothing
  bool asks_ = false;                 // the pace is being asked: who called us sees what is there
  std::shared_ptr<Reading> reading_;  // shared with the thread pool
};

}  // namespace roundelay
