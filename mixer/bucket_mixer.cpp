#include "mixer/bucket_mixer.h"

#include <algorithm>

namespace roundelay {

BucketMixer::Result BucketMixer::mix(MutableBlock out, std::span<const LaneReader> lanes, Position at, bool automatic,
                                     float volume) {
  alignas(64) float next[kBlockSamples];
  const Result result = sum(out, lanes, at);
  const int next_people = sum(next, lanes, at + Blocks{1}).people;
  level(out, result.people, peak_of(next), next_people, automatic, volume);
  return result;
}

BucketMixer::Result BucketMixer::sum(MutableBlock out, std::span<const LaneReader> lanes, Position at) {
  std::fill(out.begin(), out.end(), 0.0F);
  Result result;
  for (const LaneReader& lane : lanes) {
    bool torn = false;
    result.people += lane.add_to(out, at, &torn);
    if (torn) ++result.torn_lanes;
  }
  return result;
}

void BucketMixer::level(MutableBlock io, int people, float next_peak, int next_people, bool automatic, float volume) {
  const auto gain_of = [&](int n) { return automatic ? automatic_gain(n) * volume : volume; };
  float to = people > 0 ? gain_of(people) : gain_;
  float next = to;
  if (next_people > 0) {
    next = gain_of(next_people);
    to = people > 0 ? std::min(to, next) : next;
  }
  if (to < 0) return limiter_.process(io);  // nobody yet
  apply_ramp(io, gain_ < 0 ? to : gain_, to);
  gain_ = to;
  limiter_.process(io, next_peak * std::max(to, next));  // silence too: it recovers meanwhile
}

void BucketMixer::reset() {
  gain_ = -1.0F;
  limiter_.reset();
}

}  // namespace roundelay
