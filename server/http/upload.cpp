#include "server/http/upload.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "server/http/file_disposal.h"

namespace roundelay {

// Keeps the upload alive while the thread pool works for it.
struct Upload::Operation {
  uv_work_t work{};
  std::shared_ptr<Upload> upload;
  std::vector<uint8_t> piece;  // empty: open the file
  int fd = -1;
  int64_t at = 0;
  bool good = false;

  void run() { good = piece.empty() ? open_file() : write_piece(); }

 private:
  bool open_file() {
    const Place& place = upload->place_;
    // A piece that follows another goes into the file of that one: were it gone, the track would begin with zeros.
    const int make = !place.piece ? O_CREAT | O_EXCL : place.offset == 0 ? O_CREAT : 0;
    fd = open(place.path.c_str(), O_WRONLY | make | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) return false;
    // A disk that is full says so before the bytes are sent. Not every file system can reserve.
    return fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, place.file_bytes) == 0 || errno == EOPNOTSUPP;
  }
  bool write_piece() const {
    for (size_t done = 0; done < piece.size();) {
      const ssize_t n = pwrite(fd, piece.data() + done, piece.size() - done, at + static_cast<int64_t>(done));
      if (n <= 0) return false;
      done += static_cast<size_t>(n);
    }
    return true;
  }
};

Upload::Upload(uv_loop_t* loop, int64_t max_bytes, Events events)
    : loop_(loop), max_bytes_(max_bytes), events_(std::move(events)) {}

Upload::~Upload() {
  if (fd_ >= 0) close(fd_);
}

void Upload::start(Place place) {
  place_ = std::move(place);
  started_ = true;
  waiting_.emplace_front();  // an empty piece: open
  next();
}

bool Upload::write(std::span<const uint8_t> piece) {
  received_ += static_cast<int64_t>(piece.size());
  if (received_ > max_bytes_) return false;
  if (piece.empty()) return true;
  waiting_.emplace_back(piece.begin(), piece.end());
  waiting_bytes_ += piece.size();
  if (waiting_bytes_ > kPauseAbove && !paused_) {
    paused_ = true;
    events_.pause(true);
  }
  next();
  return true;
}

void Upload::finish() {
  finished_ = true;
  next();
}

void Upload::abandon() {
  abandoned_ = true;
  waiting_.clear();
  next();
}

void Upload::next() {
  if (busy_ || ended_) return;
  if (abandoned_ || failed_) return end(false);
  if (!started_) return;
  if (waiting_.empty()) {
    if (finished_) end(true);
    return;
  }
  busy_ = true;
  auto* operation = new Operation;
  operation->work.data = operation;
  operation->upload = shared_from_this();
  operation->piece = std::move(waiting_.front());
  operation->fd = fd_;
  operation->at = place_.offset + written_;
  written_ += static_cast<int64_t>(operation->piece.size());
  waiting_.pop_front();
  waiting_bytes_ -= operation->piece.size();
  uv_queue_work(
      loop_, &operation->work, [](uv_work_t* work) { static_cast<Operation*>(work->data)->run(); },
      [](uv_work_t* work, int) {
        const std::unique_ptr<Operation> o(static_cast<Operation*>(work->data));
        Upload& self = *o->upload;
        self.busy_ = false;
        self.fd_ = o->fd;
        self.failed_ |= !o->good;
        if (self.paused_ && self.waiting_bytes_ < kPauseAbove / 2 && !self.abandoned_) {
          self.paused_ = false;
          self.events_.pause(false);
        }
        self.next();
      });
}

void Upload::end(bool complete) {
  ended_ = true;
  const bool removed = !complete && started_ && !place_.piece;
  dispose_of_file(loop_, std::exchange(fd_, -1), removed ? place_.path : std::string());
  if (!abandoned_) events_.done(complete);
}

}  // namespace roundelay
