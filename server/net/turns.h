// Those who asked for a turn of the loop: each is called once, after what the loop is at now and before it waits again. It costs
// no system call. Loop thread only.
#pragma once

#include <uv.h>

#include <vector>

#include "server/net/uv_handle.h"

namespace roundelay {

class Turns {
 public:
  // One who may ask. It must have cancelled when it ends.
  class Member {
   public:
    virtual void on_turn_given() = 0;

   protected:
    ~Member() = default;

   private:
    friend class Turns;
    bool asked_ = false;
  };

  explicit Turns(uv_loop_t* loop);

  // on_turn_given() is called once. Who asks while turns are given comes in the next round, behind what has come from outside.
  void ask(Member& member);
  void cancel(Member& member);

 private:
  void give();

  std::vector<Member*> asking_;
  std::vector<Member*> given_;  // null: cancelled
  UvHandle<uv_idle_t> awake_;   // runs while anybody asks
};

}  // namespace roundelay
