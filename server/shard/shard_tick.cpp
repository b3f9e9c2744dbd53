#include "server/shard/shard_tick.h"

#include <bit>
#include <utility>

namespace roundelay {
namespace {

constexpr int64_t kLookEveryNs = 1'000'000'000;
constexpr int64_t kBlocksOfAFifth = 10;
constexpr int64_t kLateNs = 5'000'000;  // a tick that begins this much after its boundary counts as late

}  // namespace

ShardTick::ShardTick(uv_loop_t* loop, const std::vector<std::string>& wake_paths, int self, Parts parts)
    : parts_(std::move(parts)),
      wake_(std::make_unique<WakeSocket>(loop, wake_paths, self, [this] { parts_.stages.send(last_); })),
      clock_(std::make_unique<BlockClock>(loop, parts_.timeline, [this](Position now) { run(now); })) {}

void ShardTick::run(Position now) {
  ShardRow& row = parts_.row;
  const int64_t begun_ns = monotonic_ns();
  row.heartbeat_ns.store(begun_ns, std::memory_order_relaxed);
  row.ticks.add();
  const int64_t due_ns = parts_.timeline.ns_of(now);
  if (begun_ns - due_ns > kLateNs) row.late_ticks.add();
  hold_up_.tick(due_ns, begun_ns, parts_.timeline.at(begun_ns));
  last_ = now;

  parts_.stages.refresh();
  uint64_t wake = parts_.stages.produce(now, begun_ns);
  for (; wake != 0; wake &= wake - 1) wake_->wake(std::countr_zero(wake));
  parts_.headroom.message_cost().measure([&] { parts_.stages.send(now); },
                                         [&] { return row.messages_out.get() + row.probes.get(); });
  row.tick_time.add(monotonic_ns() - begun_ns);

  parts_.every_block(now);
  parts_.housekeeping.visit_due_sessions(now.block_index(), begun_ns, parts_.headroom.told_every_s());
  if (now.block_index() % kBlocksOfAFifth == 0) parts_.every_fifth_second();
  if (begun_ns - last_second_ns_ < kLookEveryNs) return;
  last_second_ns_ = begun_ns;
  parts_.every_second(begun_ns);
}

void ShardTick::run_due(int64_t now_ns) {
  if (clock_) clock_->run_due(now_ns);
}

void ShardTick::stop() {
  clock_.reset();
  wake_.reset();
}

}  // namespace roundelay
