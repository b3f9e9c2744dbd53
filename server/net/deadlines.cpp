#include "server/net/deadlines.h"

#include <algorithm>

namespace roundelay {

Deadlines::Deadlines(uv_loop_t* loop, int turn_ms)
    : loop_(loop), turn_ms_(static_cast<uint64_t>(std::max(1, turn_ms))), timer_(new uv_timer_t) {
  uv_timer_init(loop, timer_.get());
  timer_->data = this;
}

void Deadlines::set(Member& member, int after_ms) {
  member.due_ms_ = uv_now(loop_) + static_cast<uint64_t>(after_ms);
  if (member.index_ != kNowhere) return;
  member.index_ = members_.size();
  members_.push_back(&member);
  if (uv_is_active(as_handle(timer_)) == 0) {
    uv_timer_start(
        timer_.get(), [](uv_timer_t* timer) { static_cast<Deadlines*>(timer->data)->look(); }, turn_ms_, turn_ms_);
  }
}

void Deadlines::clear(Member& member) {
  if (member.index_ == kNowhere) return;
  members_[member.index_] = members_.back();
  members_[member.index_]->index_ = member.index_;
  members_.pop_back();
  member.index_ = kNowhere;
  std::replace(due_.begin(), due_.end(), &member, static_cast<Member*>(nullptr));
}

void Deadlines::look() {
  const uint64_t now_ms = uv_now(loop_);
  std::copy_if(members_.begin(), members_.end(), std::back_inserter(due_), [&](const Member* m) { return m->due_ms_ <= now_ms; });
  // One who is told may end others, or set a new time for itself or them.
  for (size_t i = 0; i < due_.size(); ++i) {
    Member* member = due_[i];
    if (member == nullptr || member->due_ms_ > now_ms) continue;
    clear(*member);
    member->on_deadline();
  }
  due_.clear();
  if (members_.empty()) uv_timer_stop(timer_.get());
}

}  // namespace roundelay
