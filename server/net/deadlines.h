// Those who must be done by a time, looked at a few times a second: one timer for all of them, and none while there is nobody.
// Loop thread only.
#pragma once

#include <uv.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "server/net/uv_handle.h"

namespace roundelay {

class Deadlines {
 public:
  // One who may have a deadline. It must have none when it ends.
  class Member {
   public:
    virtual void on_deadline() = 0;

   protected:
    ~Member() = default;

   private:
    friend class Deadlines;
    uint64_t due_ms_ = 0;
    size_t index_ = kNowhere;
  };

  // Nobody waits more than `turn_ms` longer than was asked for.
  Deadlines(uv_loop_t* loop, int turn_ms);

  // on_deadline() is called once, so long after now, unless another time is set or it is cleared before.
  void set(Member& member, int after_ms);
  void clear(Member& member);

 private:
  static constexpr size_t kNowhere = SIZE_MAX;
  void look();

  uv_loop_t* loop_;
  uint64_t turn_ms_;
  std::vector<Member*> members_;
  std::vector<Member*> due_;
  UvHandle<uv_timer_t> timer_;
};

}  // namespace roundelay
