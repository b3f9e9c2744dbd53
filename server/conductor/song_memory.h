// The shared memory of streams and lanes: reserved before a room's song starts, given back when no shard can touch it any more.
// On the conductor's loop; its system calls take about a millisecond for a room and shard.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "mixer/segment.h"

namespace roundelay {

class SongMemory {
 public:
  explicit SongMemory(const Segment& segment);

  // A conductor before reserved this for a row, as the state that it published says.
  void adopt(int row, uint32_t ring_blocks, bool solo = false, uint64_t part_lanes = 0);
  // The room in this row is about to sing with rings of so many blocks. False if not enough memory is left: the log says how much
  // is, and the row keeps what it had.
  [[nodiscard]] bool reserve(int row, uint32_t ring_blocks);
  // The same for the solo mix of the song that has its memory already.
  [[nodiscard]] bool reserve_solo(int row, uint32_t ring_blocks);
  // The same for a part that somebody hears louder.
  [[nodiscard]] bool reserve_part(int row, int part, uint32_t ring_blocks);
  // The state that is published for this row says that it has no memory (ring_blocks = 0), whether it had any or not.
  void give_back(int row, int64_t now_ns);
  // Gives back what all shards have let go of.
  void tick();

 private:
  struct Row {
    uint32_t blocks = 0;                             // of the rings that are reserved; 0: none are
    uint32_t solo_blocks = 0;                        // likewise, of the solo lanes
    std::array<uint32_t, kMostParts> part_blocks{};  // of those of each part
    int64_t given_back_ns = 0;                       // 0: it is in use, or went back
  };
  const Segment& segment_;
  std::vector<Row> rows_;
  std::vector<int> leaving_;  // rows that were given back; some may be in use again
};

}  // namespace roundelay
