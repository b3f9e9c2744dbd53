#include "server/shard/headroom_watch.h"

#include <algorithm>

namespace roundelay {

Headroom::Second HeadroomWatch::measure(int64_t now_ns, const Housekeeping::Findings& findings) {
  const int64_t cpu_ns = cpu_ns_();
  const auto seconds = static_cast<double>(now_ns - before_.now_ns) * 1e-9;
  const uint64_t ticks = row_.ticks.get() - before_.ticks;
  Headroom::Second second;
  second.load = static_cast<double>(cpu_ns - before_.cpu_ns) * 1e-9 / seconds;
  second.late_ticks =
      ticks > 0 ? static_cast<double>(row_.late_ticks.get() - before_.late_ticks) / static_cast<double>(ticks) : 0;
  second.voice_us = voice_cost_.take_us();
  second.message_us = message_cost_.take_us();
  second.singers = findings.singers;
  second.messages_out =
      std::max(0.0, static_cast<double>(row_.messages_out.get() - before_.messages_out) / seconds - findings.singers_messages);
  before_ = {now_ns, cpu_ns, row_.ticks.get(), row_.late_ticks.get(), row_.messages_out.get()};
  return second;
}

void HeadroomWatch::every_second(int64_t now_ns, const Housekeeping::Findings& findings, Stages& stages,
                                 const SessionTable& sessions) {
  const bool first = before_.now_ns == 0;
  const Headroom::Second second = measure(now_ns, findings);
  if (first) return;

  const int complexity = headroom_.complexity();
  headroom_.take(second);
  if (headroom_.complexity() != complexity) stages.set_complexity(headroom_.complexity());
  probe_policy_.saving = headroom_.strain() >= 1;
  const bool strained = headroom_.strain() >= 3;
  if (strained != batch_policy_.strained) {
    batch_policy_.strained = strained;
    for (const auto& [id, session] : sessions.all()) session->follow_policy();
  }
  row_.load_permille.store(static_cast<uint32_t>(second.load * 1000));
  row_.strain.store(static_cast<uint32_t>(headroom_.strain()));
  row_.complexity.store(static_cast<uint32_t>(headroom_.complexity()));
  row_.singers.store(static_cast<uint32_t>(findings.singers));
  row_.capacity.store(static_cast<uint32_t>(headroom_.capacity()));
}

}  // namespace roundelay
