// What a shard records: the songs whose rooms say so, each into a log of its own. The loop copies what it takes into a ring;
// libuv's threads write it five times a second, so that what a killed process loses is less than half a second, and sync it once
// a second. Loop thread only. What the tick calls (packet, mix, backing, person, dropped) copies into the ring, and nothing else.
#pragma once

#include <uv.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "mixer/segment.h"
#include "server/shard/record_log.h"
#include "server/shard/record_ring.h"

namespace roundelay {

class Recorder {
 public:
  struct Settings {
    std::string recordings_dir;
    int shard = 0;
    // A hundred singers' two seconds and more: so long the disk may stand still.
    size_t ring_bytes = 8 << 20;
  };
  // `row` counts, and says when the disk takes nothing.
  Recorder(uv_loop_t* loop, Settings settings, ShardRow& row);
  // What the ring holds is written before it returns.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  // A log for this room's song; `room` is a room's id. 0: there is no room in the ring just now, try again. Allocates.
  [[nodiscard]] uint32_t begin(const std::string& room, const RecordedSong& song);
  // No more is added to it. With the song's end, unless the song was cut off here. Allocates.
  void end(uint32_t log, std::optional<Position> song_end);

  // Each of these is false when the ring is full.
  [[nodiscard]] bool person(uint32_t log, uint64_t person, bool left_out, std::string_view name, std::string_view part);
  [[nodiscard]] bool packet(uint32_t log, uint64_t person, Position at, float gain, bool leader, std::span<const uint8_t> opus);
  [[nodiscard]] bool dropped(uint32_t log, uint64_t person, Position first, uint32_t blocks);
  // These count by themselves what the ring does not take.
  void mix(uint32_t log, Position at, std::span<const uint8_t> opus);
  void backing(uint32_t log, bool metronome, Position at, std::span<const uint8_t> opus);
  // Blocks that the ring did not take.
  void count_dropped(uint32_t blocks = 1) { row_.record_dropped.add(blocks); }

  // Five times a second: has written what has come, and synced.
  void write(int64_t now_ns);

 private:
  struct Files;
  struct Writing;
  struct Syncing;
  void start_writing();
  void start_syncing();
  void written();
  void add(const RecordNote& note, std::span<const uint8_t> opus);

  static constexpr int kGoodWrites = 5;
  static constexpr int64_t kSyncNs = 1'000'000'000;

  uv_loop_t* loop_;
  Settings settings_;
  ShardRow& row_;
  std::shared_ptr<Files> files_;  // shared with the work that is under way; null until something was recorded
  uint32_t last_log_ = 0;
  std::vector<std::pair<uint32_t, std::optional<Position>>> ends_;  // not in the ring yet
  bool writing_ = false;
  int good_ = 0;  // writes in a row that did not fail
  bool syncing_ = false;
  int64_t synced_ns_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // lets late work see that we are gone
};

}  // namespace roundelay
