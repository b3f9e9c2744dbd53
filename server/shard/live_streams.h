// The live links of the rooms, as this shard serves them: while somebody here hears a room by its link, the room's stream is made
// and its pages go out. Loop thread only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "mixer/segment.h"
#include "server/http/live_source.h"
#include "server/shard/live_channel.h"
#include "server/shard/stages.h"

namespace roundelay {

class LiveStreams final : public LiveSource {
 public:
  struct Limits {
    int players = 0;        // here
    int of_an_address = 0;  // of them
  };
  // All of it outlives this.
  LiveStreams(const Segment& segment, int shard, Stages& stages, Limits limits);

  [[nodiscard]] Room room_for(const std::string& address) const override;
  bool join(const link::LivePlace& place, const std::string& address, LivePlayer& player) override;
  void leave(LivePlayer& player) override;

  // Behind the tick of `now`.
  void run(Position now);

 private:
  using Key = std::pair<int, uint32_t>;  // row and generation
  struct Place {
    Key room;
    std::string address;
  };
  void count(const Key& room);
  void end(const Key& room);

  const Segment& segment_;
  int shard_;
  ShardRow& row_;
  Stages& stages_;
  Limits limits_;
  std::map<Key, std::unique_ptr<LiveChannel>> channels_;
  std::map<LivePlayer*, Place> players_;
  std::map<std::string, int> of_address_;
  std::vector<Key> over_;  // within run()
};

}  // namespace roundelay
