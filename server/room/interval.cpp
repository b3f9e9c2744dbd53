#include "server/room/interval.h"

#include <algorithm>
#include <cmath>

#include "server/base/loop_margin.h"
#include "server/room/milliseconds.h"

namespace roundelay {
namespace {

constexpr double kLeastMarginMs = 20;
constexpr double kMost = 1.5;
constexpr int kClassBlocks = 5;  // 100 ms

}  // namespace

int interval_blocks_for(double loop_ms, int least_ms) {
  const double wanted = std::ceil(std::max(loop_ms * kLoopMargin, loop_ms + kLeastMarginMs) / kBlockMs);
  const double allowed = std::floor(loop_ms * kMost / kBlockMs);
  const double least = std::ceil(least_ms / kBlockMs);
  return static_cast<int>(
      std::clamp(std::min(wanted, allowed), least, std::max(least, static_cast<double>(control::kMostIntervalMs) / kBlockMs)));
}

int speed_class(std::optional<double> loop_ms, int least_ms) {
  const int needs = interval_blocks_for(loop_ms.value_or(kUnmeasuredLoopMs), least_ms);
  return (needs + kClassBlocks - 1) / kClassBlocks;
}

}  // namespace roundelay
