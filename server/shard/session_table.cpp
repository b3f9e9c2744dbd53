#include "server/shard/session_table.h"

namespace roundelay {
namespace {

constexpr uint64_t kSessionsPerShard = uint64_t{1} << 40;

}  // namespace

SessionTable::SessionTable(int shard, ShardRow& row, int64_t now_ns)
    : row_(row),
      next_id_(kSessionsPerShard * static_cast<uint64_t>(shard) +
               (static_cast<uint64_t>(now_ns / 1000) & (kSessionsPerShard - 1))) {}

Session& SessionTable::open(ClientSocket& socket, int64_t now_ns, const BatchPolicy& batch, const ProbePolicy& probes) {
  const uint64_t id = next_id_++;
  auto& session = sessions_[id] = std::make_unique<Session>(id, socket, now_ns, batch, probes);
  row_.connections.add();
  row_.sessions.value.store(sessions_.size(), std::memory_order_relaxed);
  return *session;
}

void SessionTable::remove(const Session& session) {
  sessions_.erase(session.id());
  row_.sessions.value.store(sessions_.size(), std::memory_order_relaxed);
}

Session* SessionTable::find(uint64_t id) const {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : found->second.get();
}

}  // namespace roundelay
