// Calls once for every block boundary of the timeline, at absolute deadlines: a timerfd on the loop, because uv_timer counts in
// milliseconds and drifts. Loop thread only.
#pragma once

#include <functional>

#include "mixer/timeline.h"
#include "server/net/uv_handle.h"

namespace roundelay {

class BlockClock {
 public:
  // `tick(now)` gets each boundary in order (a multiple of a block), also those that the loop was too busy to meet in time, up to
  // kMaxCatchUp; older ones are skipped. Throws std::runtime_error when the system refuses a timer.
  BlockClock(uv_loop_t* loop, Timeline timeline, std::function<void(Position now)> tick);
  ~BlockClock();
  BlockClock(const BlockClock&) = delete;
  BlockClock& operator=(const BlockClock&) = delete;

  // Ticks at once if a boundary has passed at `now_ns` (monotonic): for long runs of other work on the loop.
  void run_due(int64_t now_ns);

  static constexpr Blocks kMaxCatchUp{25};

 private:
  void arm(Position boundary);
  void catch_up(int64_t now_ns);
  void on_timer();

  Timeline timeline_;
  std::function<void(Position)> tick_;
  Position next_;
  int64_t next_ns_ = 0;  // of next_
  int fd_ = -1;
  UvHandle<uv_poll_t> poll_;
};

}  // namespace roundelay
