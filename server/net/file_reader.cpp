#include "server/net/file_reader.h"

#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace roundelay {

struct FileReader::Reading {
  uv_loop_t* loop;
  std::shared_ptr<const FileBody> body;
  std::function<void()> on_piece;  // empty: nobody waits any more
  int64_t read_bytes = 0;          // those before the piece
  std::unique_ptr<uint8_t[]> piece = {};
  size_t bytes = 0;   // of the piece
  bool busy = false;  // the thread pool writes into the piece
  bool failed = false;

  // What the kernel has in memory, all of it or nothing: the disk is not waited for (preadv2(2), RWF_NOWAIT).
  [[nodiscard]] bool read_from_memory() {
    const iovec into{piece.get(), bytes};
    const ssize_t n = preadv2(body->file->get(), &into, 1, body->first + read_bytes, RWF_NOWAIT);
    return n == static_cast<ssize_t>(bytes);
  }

  // On the thread pool.
  void run() {
    for (size_t done = 0; done < bytes;) {
      const ssize_t n =
          pread(body->file->get(), piece.get() + done, bytes - done, body->first + read_bytes + static_cast<int64_t>(done));
      if (n < 0 && errno == EINTR) continue;
      failed = n <= 0;
      if (failed) return;
      done += static_cast<size_t>(n);
    }
  }
};

FileReader::FileReader(uv_loop_t* loop, FilePace& pace, std::shared_ptr<const FileBody> body, std::function<void()> on_piece)
    : pace_(pace), reading_(std::make_shared<Reading>(Reading{loop, std::move(body), std::move(on_piece)})) {
  read();
}

FileReader::~FileReader() {
  if (asked_ != 0) pace_.cancel(asked_);
  reading_->on_piece = nullptr;
}

std::span<const uint8_t> FileReader::piece() const {
  if (reading_->busy || reading_->failed) return {};
  return {reading_->piece.get(), reading_->bytes};
}

bool FileReader::failed() const {
  return !reading_->busy && reading_->failed;
}

void FileReader::use() {
  reading_->read_bytes += static_cast<int64_t>(reading_->bytes);
  read();
}

void FileReader::read() {
  Reading& reading = *reading_;
  const int64_t left = reading.body->bytes - reading.read_bytes;
  reading.bytes = static_cast<size_t>(std::min<int64_t>(kPieceBytes, left));
  if (left == 0) return;
  if (!reading.piece) reading.piece = std::make_unique_for_overwrite<uint8_t[]>(reading.bytes);
  reading.busy = true;
  asks_ = true;
  asked_ = pace_.ask(reading.bytes, [this] {
    asked_ = 0;
    begin();
  });
  asks_ = false;
}

void FileReader::begin() {
  if (reading_->read_from_memory()) {
    reading_->busy = false;
    if (!asks_) reading_->on_piece();
    return;
  }
  struct Work {
    uv_work_t work{};
    std::shared_ptr<Reading> reading;
  };
  auto* work = new Work{.reading = reading_};
  work->work.data = work;
  uv_queue_work(
      reading_->loop, &work->work, [](uv_work_t* w) { static_cast<Work*>(w->data)->reading->run(); },
      [](uv_work_t* w, int) {
        const std::unique_ptr<Work> done(static_cast<Work*>(w->data));
        const std::shared_ptr<Reading> read = done->reading;
        read->busy = false;
        if (const auto on_piece = read->on_piece) on_piece();
      });
}

}  // namespace roundelay
