#include "server/shard/loop_meter.h"

#include <algorithm>

namespace roundelay {

void LoopMeter::add(double loop_ms, bool late) {
  Half& half = halves_[0];
  const int bin = static_cast<int>(std::clamp(loop_ms / kBinMs, 0.0, double{kBins - 1}));
  uint16_t& count = half.bins[static_cast<size_t>(bin)];
  if (count == UINT16_MAX) return;
  ++count;
  ++half.blocks;
  half.late += late ? 1 : 0;
}

void LoopMeter::turn() {
  halves_[1] = halves_[0];
  halves_[0] = {};
}

LoopMeter::Reading LoopMeter::read() const {
  Reading reading;
  reading.blocks = halves_[0].blocks + halves_[1].blocks;
  if (reading.blocks == 0) return reading;
  reading.late_percent = 100.0 * (halves_[0].late + halves_[1].late) / reading.blocks;
  const int above = reading.blocks / 100;  // as many may lie above the 99th percentile
  int seen = 0;
  for (size_t bin = kBins; bin-- > 0;) {
    seen += halves_[0].bins[bin] + halves_[1].bins[bin];
    if (seen > above) {
      reading.loop_ms = static_cast<double>(bin + 1) * kBinMs;
      break;
    }
  }
  return reading;
}

}  // namespace roundelay
