// Replaces the children of a running server, one after the other: each is asked to end, started again by the supervisor as ever,
// and the next one's turn comes when it has begun its work and those who came back by it are settled. Pure; time is given in.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>

namespace roundelay {

class Replacement {
 public:
  static constexpr int64_t kEndWithinNs = 4'000'000'000;  // then it is killed
  static constexpr int64_t kSettleNs = 1'500'000'000;     // between a child that is back and the next one

  enum class Step { kNothing, kAsk, kKill };

  explicit Replacement(size_t children) : children_(children) {}
  [[nodiscard]] bool done() const { return turn_ >= children_; }
  // Whose turn it is.
  [[nodiscard]] size_t turn() const { return turn_; }
  // `pid`: of the child whose turn it is, 0 while it does not run; `works`: it has begun its work, and everybody has found it.
  [[nodiscard]] Step look(pid_t pid, bool works, int64_t now_ns) {
    if (old_ == 0) {
      if (pid == 0) return Step::kNothing;  // it ended by itself: it is started again, and then replaced
      old_ = pid;
      asked_ns_ = now_ns;
      return Step::kAsk;
    }
    if (pid == old_) {
      if (killed_ || now_ns - asked_ns_ < kEndWithinNs) return Step::kNothing;
      killed_ = true;
      return Step::kKill;
    }
    if (pid == 0 || !works) {
      works_since_ns_ = 0;
    } else if (works_since_ns_ == 0) {
      works_since_ns_ = now_ns;
    } else if (now_ns - works_since_ns_ >= kSettleNs) {
      ++turn_;
      old_ = 0;
      works_since_ns_ = 0;
      killed_ = false;
    }
    return Step::kNothing;
  }

 private:
  size_t children_;
  size_t turn_ = 0;
  pid_t old_ = 0;  // that was asked to end
  int64_t asked_ns_ = 0;
  int64_t works_since_ns_ = 0;
  bool killed_ = false;
};

}  // namespace roundelay
