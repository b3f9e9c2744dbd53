#include "server/net/file_pace.h"

#include <algorithm>
#include <utility>

namespace roundelay {

FilePace::FilePace(uv_loop_t* loop) : timer_(new uv_timer_t) {
  uv_timer_init(loop, timer_.get());
  timer_->data = this;
}

bool FilePace::take(size_t bytes) {
  const auto now_ns = static_cast<int64_t>(uv_now(timer_->loop)) * 1'000'000;
  if (free_at_ns_ > now_ns) return false;
  const double takes_ns = 1e9 * static_cast<double>(bytes) / static_cast<double>(bytes_per_s_);
  free_at_ns_ = std::max(free_at_ns_, now_ns - kBurstMs * 1'000'000) + static_cast<int64_t>(takes_ns);
  return true;
}

uint64_t FilePace::ask(size_t bytes, std::function<void()> go) {
  if (waiting_.empty() && take(bytes)) {
    go();
    return 0;
  }
  waiting_.push_back({++last_, bytes, std::move(go)});
  if (waiting_.size() == 1) {
    uv_timer_start(
        timer_.get(), [](uv_timer_t* timer) { static_cast<FilePace*>(timer->data)->turn(); }, kTurnMs, kTurnMs);
  }
  return last_;
}

void FilePace::cancel(uint64_t asked) {
  std::erase_if(waiting_, [asked](const Waiting& one) { return one.number == asked; });
}

void FilePace::turn() {
  while (!waiting_.empty() && take(waiting_.front().bytes)) {
    const Waiting next = std::move(waiting_.front());
    waiting_.pop_front();
    next.go();
  }
  if (waiting_.empty()) uv_timer_stop(timer_.get());
}

}  // namespace roundelay
