#include "tests/network/line.h"

#include <algorithm>
#include <utility>

namespace roundelay::network {

void Line::put(std::vector<uint8_t> packet, int64_t now_ns) {
  const double delay_ms = std::max(0.0, settings_.delay_ms + settings_.jitter_ms * normal_(random_));
  if (share_(random_) < settings_.loss || on_the_way_.size() >= kMaxPackets) return;
  last_due_ns_ = std::max(last_due_ns_, now_ns + static_cast<int64_t>(delay_ms * 1e6));
  on_the_way_.push_back({last_due_ns_, std::move(packet)});
}

std::optional<std::vector<uint8_t>> Line::take(int64_t now_ns) {
  if (on_the_way_.empty() || now_ns < due_ns()) return std::nullopt;
  auto bytes = std::move(on_the_way_.front().bytes);
  on_the_way_.pop_front();
  return bytes;
}

}  // namespace roundelay::network
