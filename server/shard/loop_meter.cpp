#include "server/shard/loop_meter.h"

#include <algorithm>

namespace roundelay {

void LoopMeter::add_time(double loop_ms) {
  Times& times = times_[0];
  const int bin = static_cast<int>(std::clamp(loop_ms / kBinMs, 0.0, double{kBins - 1}));
  uint16_t& count = times.bins[static_cast<size_t>(bin)];
  if (count < UINT16_MAX) {
    ++count;
    ++times.blocks;
  }
}

void LoopMeter::turn() {
  late_[1] = late_[0];
  late_[0] = {};
  if (++turns_ < kTurnsOfTimes) return;
  if (times_[0].blocks < kEnoughForHalf && turns_ < kMostHalves * kTurnsOfTimes) return;
  turns_ = 0;
  times_[1] = times_[0];
  times_[0] = {};
}

LoopMeter::Reading LoopMeter::read() const {
  Reading reading;
  reading.blocks = times();
  const int recent = late_[0].blocks + late_[1].blocks;
  if (recent > 0) reading.late_percent = 100.0 * (late_[0].late + late_[1].late) / recent;
  if (reading.blocks == 0) return reading;
  const int above = reading.blocks / 100;  // as many may lie above the 99th percentile
  int seen = 0;
  for (size_t bin = kBins; bin-- > 0;) {
    seen += times_[0].bins[bin] + times_[1].bins[bin];
    if (seen > above) {
      reading.loop_ms = static_cast<double>(bin + 1) * kBinMs;
      break;
    }
  }
  return reading;
}

}  // namespace roundelay
