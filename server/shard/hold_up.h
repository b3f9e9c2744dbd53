// Notices that the shard itself stood still: its process or machine was paused, or its loop held up. What was under way meanwhile
// tells nothing about anybody's line. Pure; owned by the shard's loop, safe in the tick.
#pragma once

#include "mixer/position.h"

namespace roundelay {

class HoldUp {
 public:
  // A tick that begins this much too late. What is less is a busy server, which singers have to wait for indeed.
  static constexpr int64_t kLateNs = 100'000'000;

  // A tick that was due at `due_ns` begins at `begun_ns`, when `now` is now.
  void tick(int64_t due_ns, int64_t begun_ns, Position now) {
    if (begun_ns - due_ns > kLateNs) until_ = now;
  }
  // When the last one ended.
  [[nodiscard]] Position until() const { return until_; }

 private:
  Position until_;
};

}  // namespace roundelay
