// The sessions on this shard, by their numbers. Loop thread only.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "mixer/segment.h"
#include "server/shard/session.h"

namespace roundelay {

class SessionTable {
 public:
  // `row` counts them. Numbers begin at the time `now_ns`, so that the shard that comes after a crash uses none again.
  SessionTable(int shard, ShardRow& row, int64_t now_ns);

  // The policies and the socket outlive the session.
  Session& open(ClientSocket& socket, int64_t now_ns, const BatchPolicy& batch, const ProbePolicy& probes);
  void remove(const Session& session);
  // Null if there is none.
  [[nodiscard]] Session* find(uint64_t id) const;
  [[nodiscard]] size_t size() const { return sessions_.size(); }
  [[nodiscard]] const std::unordered_map<uint64_t, std::unique_ptr<Session>>& all() const { return sessions_; }

 private:
  ShardRow& row_;
  uint64_t next_id_;
  std::unordered_map<uint64_t, std::unique_ptr<Session>> sessions_;
};

}  // namespace roundelay
