#include "mixer/bucket_mixer.h"

#include <algorithm>

namespace roundelay {

BucketMixer::Result BucketMixer::mix(MutableBlock out, const Lanes& lanes, Position at, const Loudness& loudness) {
  Sum now;
  Sum next;
  add_up(now, lanes, at);
  add_up(next, lanes, at + Blocks{1});
  level(out, now, next, loudness);
  return now.result;
}

void BucketMixer::add_up(Sum& sum, const Lanes& lanes, Position at) {
  const auto add = [&](std::span<const LaneReader> readers, MutableBlock to) {
    for (const LaneReader& lane : readers) {
      bool torn = false;
      sum.result.people += lane.add_to(to, at, &torn);
      if (torn) ++sum.result.torn_lanes;
    }
  };
  add(lanes.voices, sum.voices);
  add(lanes.leader, sum.leader);
  sum.led = !lanes.leader.empty();
  if (lanes.whole == nullptr) return;
  sum.result.people = 0;
  for (const auto& readers : {lanes.whole->voices, lanes.whole->leader}) {
    for (const LaneReader& lane : readers) sum.result.people += lane.people_at(at);
  }
}

BucketMixer::Gains BucketMixer::gains_of(int people, const Loudness& loudness) {
  const float boosted = loudness.volume * loudness.leader_boost;
  if (!loudness.automatic) return {loudness.volume, boosted};
  return {automatic_gain(people) * loudness.volume, leaders_automatic_gain(people) * boosted};
}

void BucketMixer::level(MutableBlock out, const Sum& sum, const Sum& next, const Loudness& loudness) {
  std::copy_n(sum.voices, kBlockSamples, out.begin());
  Gains to = sum.result.people > 0 ? gains_of(sum.result.people, loudness) : gains_;
  Gains then = to;
  if (next.result.people > 0) {
    then = gains_of(next.result.people, loudness);
    to = sum.result.people > 0 ? Gains{std::min(to.voices, then.voices), std::min(to.leader, then.leader)} : then;
  } else if (sum.result.people == 0 && !begun_) {
    return limiter_.process(out);  // nobody yet
  }
  const Gains from = begun_ ? gains_ : to;
  apply_ramp(out, from.voices, to.voices);
  if (sum.led) add_ramped(out, sum.leader, from.leader, to.leader);
  begun_ = true;
  gains_ = to;

  const float voices_gain = std::max(to.voices, then.voices);
  float next_peak = 0;
  if (next.led) {
    alignas(64) float both[kBlockSamples];
    copy_ramped(both, next.voices, voices_gain, voices_gain);
    const float leader_gain = std::max(to.leader, then.leader);
    add_ramped(both, next.leader, leader_gain, leader_gain);
    next_peak = peak_of(both);
  } else {
    next_peak = peak_of(next.voices) * voices_gain;
  }
  limiter_.process(out, next_peak);  // silence too: it recovers meanwhile
}

void BucketMixer::reset() {
  begun_ = false;
  limiter_.reset();
}

}  // namespace roundelay
