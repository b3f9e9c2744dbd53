#include "server/shard/voice_tap.h"

#include <utility>

namespace roundelay {

void VoiceTap::introduce() {
  if (log_ == 0 || known()) return;
  if (!recorder_->person(log_, who_.person, who_.left_out, who_.name, who_.part)) return;
  known_in_ = log_;
  known_left_out_ = who_.left_out;
}

void VoiceTap::take(Position at, float gain, bool leader, std::span<const uint8_t> packet) {
  if (log_ == 0 || at < start_ || at >= end_) return;
  introduce();
  if (who_.left_out) return;
  if (std::exchange(lost_in_, log_) != log_) lost_ = 0;
  if (known() && (lost_ == 0 || recorder_->dropped(log_, who_.person, lost_from_, lost_))) {
    lost_ = 0;
    if (recorder_->packet(log_, who_.person, at, gain, leader, packet)) return;
  }
  if (lost_++ == 0) lost_from_ = at;
  recorder_->count_dropped();
}

}  // namespace roundelay
