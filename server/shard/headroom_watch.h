// Measures once a second what this shard can still take (Headroom), and does what follows from it: how well is encoded, how many
// blocks a message holds, how often is probed and told, what stands of it in shared memory. Loop thread only.
#pragma once

#include <cstdint>

#include "mixer/segment.h"
#include "server/shard/batch_policy.h"
#include "server/shard/cost_meter.h"
#include "server/shard/headroom.h"
#include "server/shard/housekeeping.h"
#include "server/shard/probe_schedule.h"
#include "server/shard/session_table.h"
#include "server/shard/stages.h"

namespace roundelay {

class HeadroomWatch {
 public:
  // `pinned_blocks`: of a message, for everybody; 0: as is best. `cpu_ns`: the clock of the loop's thread.
  HeadroomWatch(ShardRow& row, const Headroom::Limits& limits, int pinned_blocks, int64_t (*cpu_ns)() = thread_cpu_ns)
      : row_(row), headroom_(limits), batch_policy_{.pinned = pinned_blocks}, cpu_ns_(cpu_ns) {}

  void every_second(int64_t now_ns, const Housekeeping::Findings& findings, Stages& stages, const SessionTable& sessions);

  // Of taking in voice, and of writing messages: to be measured by who does it.
  [[nodiscard]] CostMeter& voice_cost() { return voice_cost_; }
  [[nodiscard]] CostMeter& message_cost() { return message_cost_; }

  [[nodiscard]] const Headroom& headroom() const { return headroom_; }
  [[nodiscard]] const BatchPolicy& batch_policy() const { return batch_policy_; }
  [[nodiscard]] const ProbePolicy& probe_policy() const { return probe_policy_; }
  // How often singers are told of a change of their loop times.
  [[nodiscard]] int told_every_s() const { return headroom_.strain() >= 2 ? kToldUnderStrainS : 1; }

 private:
  // What happened since the last time; nothing to compare with the first time.
  [[nodiscard]] Headroom::Second measure(int64_t now_ns, const Housekeeping::Findings& findings);

  static constexpr int kToldUnderStrainS = 4;

  ShardRow& row_;
  Headroom headroom_;
  BatchPolicy batch_policy_;
  ProbePolicy probe_policy_;
  CostMeter voice_cost_;
  CostMeter message_cost_;
  int64_t (*cpu_ns_)();
  // As they were a second ago.
  struct {
    int64_t now_ns = 0;  // 0: never
    int64_t cpu_ns = 0;
    uint64_t ticks = 0;
    uint64_t late_ticks = 0;
    uint64_t messages_out = 0;
  } before_;
};

}  // namespace roundelay
