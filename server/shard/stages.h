// The rooms that this shard has to do with, each a stage. Loop thread only; refresh(), produce() and send() are the tick.
#pragma once

#include <uv.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/shard/session_table.h"
#include "server/shard/stage.h"

namespace roundelay {

class Stages {
 public:
  struct Settings {
    std::string tracks_dir;
    int mix_bitrate = 0;
    int complexity = 10;           // of the encoders, at first
    Recorder* recorder = nullptr;  // outlives them
  };
  Stages(uv_loop_t* loop, const Segment& segment, int shard, const Settings& settings);

  // `row` must be one of the segment's. Makes the stage if need be: allocates.
  [[nodiscard]] Stage& at(int row, uint32_t generation);
  // Null if there is none.
  [[nodiscard]] Stage* find(int row, uint32_t generation) const;
  [[nodiscard]] size_t size() const { return stages_.size(); }

  // Those whose levels somebody looks at.
  [[nodiscard]] std::vector<const Stage*> watched() const;

  // Of the encoders, 0 to 10.
  void set_complexity(int complexity);
  // Lets go of those that nobody needs; sessions in a room that is gone hear nothing any more.
  void drop_unneeded(const SessionTable& sessions);

  void refresh();
  // The shards to wake.
  [[nodiscard]] uint64_t produce(Position now, int64_t now_ns);
  void send(Position now);

 private:
  const Segment& segment_;
  int shard_;
  Settings settings_;
  TrackCache tracks_;
  ClickPackets clicks_;
  std::map<std::pair<int, uint32_t>, std::unique_ptr<Stage>> stages_;
  std::vector<uint8_t> message_buffer_;  // headroom and the largest mix message
};

}  // namespace roundelay
