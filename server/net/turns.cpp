#include "server/net/turns.h"

#include <algorithm>

namespace roundelay {

Turns::Turns(uv_loop_t* loop) : awake_(new uv_idle_t) {
  uv_idle_init(loop, awake_.get());
  awake_->data = this;
}

void Turns::ask(Member& member) {
  if (member.asked_) return;
  member.asked_ = true;
  asking_.push_back(&member);
  uv_idle_start(awake_.get(), [](uv_idle_t* idle) { static_cast<Turns*>(idle->data)->give(); });
}

void Turns::cancel(Member& member) {
  if (!member.asked_) return;
  member.asked_ = false;
  std::erase(asking_, &member);
  std::replace(given_.begin(), given_.end(), &member, static_cast<Member*>(nullptr));
}

void Turns::give() {
  given_.swap(asking_);
  for (size_t i = 0; i < given_.size(); ++i) {
    Member* member = given_[i];
    if (member == nullptr) continue;
    given_[i] = nullptr;
    member->asked_ = false;
    member->on_turn_given();
  }
  given_.clear();
  if (asking_.empty()) uv_idle_stop(awake_.get());
}

}  // namespace roundelay
