// What a shard does every 20 ms: it mixes and encodes for all its rooms, wakes the other shards, and writes to all its listeners;
// and in between, when another shard has encoded something. Loop thread only. Allocates, locks and logs nothing, but for what
// `every_block`, `every_second` and `every_fifth_second` do.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "mixer/segment.h"
#include "server/net/block_clock.h"
#include "server/net/wake_socket.h"
#include "server/shard/headroom_watch.h"
#include "server/shard/hold_up.h"
#include "server/shard/housekeeping.h"
#include "server/shard/stages.h"

namespace roundelay {

class ShardTick {
 public:
  // What it acts upon; all of it outlives it.
  struct Parts {
    Timeline timeline;
    ShardRow& row;
    Stages& stages;
    Housekeeping& housekeeping;
    HeadroomWatch& headroom;
    std::function<void(Position now)> every_block;     // behind the tick
    std::function<void(int64_t now_ns)> every_second;  // at the end of a tick
    std::function<void()> every_fifth_second;          // likewise
  };
  // `wake_paths`: the shards' wake sockets, of which `self` is ours. Throws std::runtime_error.
  ShardTick(uv_loop_t* loop, const std::vector<std::string>& wake_paths, int self, Parts parts);

  // Ticks at once if one is due: hundreds of voices may come in a row, and the tick does not wait for the last.
  void run_due(int64_t now_ns);
  // For good.
  void stop();

  // Notices when the shard itself stood still.
  [[nodiscard]] const HoldUp& hold_up() const { return hold_up_; }

 private:
  void run(Position now);

  Parts parts_;
  HoldUp hold_up_;
  Position last_;
  int64_t last_second_ns_ = 0;
  std::unique_ptr<WakeSocket> wake_;
  std::unique_ptr<BlockClock> clock_;
};

}  // namespace roundelay
