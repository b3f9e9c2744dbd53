#include "server/net/block_clock.h"

#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace roundelay {

BlockClock::BlockClock(uv_loop_t* loop, Timeline timeline, std::function<void(Position)> tick)
    : timeline_(timeline), tick_(std::move(tick)) {
  fd_ = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (fd_ < 0) throw std::runtime_error("the system gives no timer (timerfd_create)");
  auto* poll = new uv_poll_t;
  uv_poll_init(loop, poll, fd_);
  poll->data = this;
  poll_.reset(poll);
  uv_poll_start(poll, UV_READABLE, [](uv_poll_t* p, int, int) { static_cast<BlockClock*>(p->data)->on_timer(); });
  next_ = grid_floor(timeline_.at(monotonic_ns())) + Blocks{1};
  next_ns_ = timeline_.ns_of(next_);
  arm(next_);
}

BlockClock::~BlockClock() {
  uv_poll_stop(poll_.get());
  poll_.reset();
  close(fd_);
}

void BlockClock::run_due(int64_t now_ns) {
  if (now_ns >= next_ns_) catch_up(now_ns);
}

void BlockClock::catch_up(int64_t now_ns) {
  const Position now = grid_floor(timeline_.at(now_ns));
  next_ = std::max(next_, now - kMaxCatchUp);
  while (next_ <= now) {
    const Position boundary = next_;
    next_ = next_ + Blocks{1};
    next_ns_ = timeline_.ns_of(next_);
    tick_(boundary);
  }
}

void BlockClock::arm(Position boundary) {
  const int64_t ns = timeline_.ns_of(boundary);
  itimerspec when{};
  when.it_value.tv_sec = ns / 1'000'000'000;
  when.it_value.tv_nsec = ns % 1'000'000'000;
  timerfd_settime(fd_, TFD_TIMER_ABSTIME, &when, nullptr);
}

void BlockClock::on_timer() {
  uint64_t expirations = 0;
  if (read(fd_, &expirations, sizeof expirations) != sizeof expirations) return;
  catch_up(monotonic_ns());
  arm(next_);
}

}  // namespace roundelay
