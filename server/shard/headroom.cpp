#include "server/shard/headroom.h"

#include <algorithm>

namespace roundelay {

double Headroom::singer_cost() const {
  // Taking a message in costs the kernel and us about what writing one does.
  return kBlocksPerSecond * (voice_us_ + 2 * message_us_) * 1e-6;
}

void Headroom::take(const Second& second) {
  if (second.voice_us > 0) voice_us_ += kSmoothing * (second.voice_us - voice_us_);
  if (second.message_us > 0) message_us_ += kSmoothing * (second.message_us - message_us_);
  load_ = std::max(second.load, load_ + kSmoothing * (second.load - load_));
  shed(second);
  const double all_sing = second.singers * singer_cost() + second.messages_out * message_us_ * 1e-6;
  const double left = kFull * limits_.core_share - std::max(load_, all_sing);
  capacity_ = std::max(0, second.singers + static_cast<int>(left / singer_cost()));
}

void Headroom::shed(const Second& second) {
  const double load = second.load / limits_.core_share;
  const bool late = second.late_ticks > kLateTicks;
  if (load > kTight || late) {
    calm_seconds_ = 0;
    if (complexity_ > 0) {
      complexity_ = std::max(0, complexity_ - 3);
      strain_ = std::max(strain_, 1);
    } else if (load > kStrained || late) {
      strain_ = std::min(strain_ + 1, 3);
    }
    return;
  }
  calm_seconds_ = load < kRoom ? calm_seconds_ + 1 : 0;
  if (calm_seconds_ < kCalmSeconds) return;
  if (strain_ > 1) {
    --strain_;
    calm_seconds_ = 0;
  } else if (complexity_ < limits_.most_complexity) {
    ++complexity_;
  }
  if (strain_ == 1 && complexity_ == limits_.most_complexity) strain_ = 0;
}

}  // namespace roundelay
