// CPU time of one kind of work, by samples: asking for a thread's CPU time is a system call, so only every 16th piece is
// measured. Loop thread only; safe in the tick but for the system call of the samples.
#pragma once

#include <time.h>

#include <cstdint>

namespace roundelay {

[[nodiscard]] inline int64_t thread_cpu_ns() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

class CostMeter {
 public:
  // `cpu_ns`: the clock.
  explicit CostMeter(int64_t (*cpu_ns)() = thread_cpu_ns) : cpu_ns_(cpu_ns) {}

  // Runs `work`; every 16th time it is measured. `counter` counts the pieces that it did; work without any does not count.
  template <typename Work, typename Count>
  void measure(Work&& work, Count&& counter) {
    if ((calls_++ & 15) != 0) return work();
    const uint64_t pieces = counter();
    const int64_t begun_ns = cpu_ns_();
    work();
    const int64_t took_ns = cpu_ns_() - begun_ns;
    const uint64_t done = counter() - pieces;
    if (done == 0) return;
    ns_ += took_ns;
    pieces_ += done;
  }

  // Mean since the last call, in microseconds a piece; 0 if there was none.
  [[nodiscard]] double take_us() {
    const double mean = pieces_ > 0 ? static_cast<double>(ns_) / 1000 / static_cast<double>(pieces_) : 0;
    ns_ = 0;
    pieces_ = 0;
    return mean;
  }

 private:
  int64_t (*cpu_ns_)();
  uint64_t calls_ = 0;
  uint64_t pieces_ = 0;
  int64_t ns_ = 0;
};

}  // namespace roundelay
