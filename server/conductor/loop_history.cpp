#include "server/conductor/loop_history.h"

#include <algorithm>

namespace roundelay {

void LoopHistory::put(Slots& slots, int64_t number, double loop_ms) {
  if (slots[0].number != number) {
    std::rotate(slots.begin(), slots.end() - 1, slots.end());
    slots[0] = {number, loop_ms, loop_ms};
  }
  slots[0].largest_ms = std::max(slots[0].largest_ms, loop_ms);
  slots[0].smallest_ms = std::min(slots[0].smallest_ms, loop_ms);
}

void LoopHistory::add(const LoopReport& report, int64_t now_ns) {
  put(report.blocks >= kDenseBlocks ? dense_ : sparse_, now_ns / kSlotNs, report.loop_ms);
  late_percent_ = report.late_percent;
}

std::optional<double> LoopHistory::loop_ms(int64_t now_ns) const {
  std::optional<double> estimate;
  for (const Slot& slot : dense_) {
    if (slot.number >= 0) estimate = std::max(estimate.value_or(0), slot.largest_ms);
  }
  const int64_t oldest = now_ns / kSlotNs - kSlots;
  int recent = 0;
  double smallest = 0;
  double largest = 0;
  for (const Slot& slot : sparse_) {
    if (slot.number < std::max<int64_t>(oldest, 0)) continue;
    smallest = recent == 0 ? slot.smallest_ms : std::min(smallest, slot.smallest_ms);
    largest = std::max(largest, slot.largest_ms);
    ++recent;
  }
  if (!estimate) return recent > 0 ? std::optional(largest) : std::nullopt;
  return recent >= kEnoughSlots ? std::max(*estimate, smallest) : *estimate;
}

}  // namespace roundelay
