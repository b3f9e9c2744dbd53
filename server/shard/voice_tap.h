// What is recorded of one singer: her packets as they are mixed, into the log of her room's song. Remembers what the ring did not
// take, and says so as soon as it takes something. Owned by her session; loop thread only. take() is safe in the tick.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "server/shard/recorder.h"

namespace roundelay {

class VoiceTap {
 public:
  struct Who {
    uint64_t person = 0;
    bool left_out = false;  // she is heard, and no packet of hers is kept
    std::string_view name;  // valid while she is aimed
    std::string_view part;
  };
  // Her next packets go into this log (0: into none), of a stretch of the song from `start` to `end`.
  void aim(Recorder* recorder, uint32_t log, const Who& who, Position start, Position end) {
    recorder_ = recorder;
    log_ = recorder == nullptr ? 0 : log;
    who_ = who;
    start_ = start;
    end_ = end;
  }

  // The log is to know who she is, and whether she is left out: all that it has of somebody who is counts as not there.
  void introduce();
  // A packet was taken, and is mixed at `at` with this gain.
  void take(Position at, float gain, bool leader, std::span<const uint8_t> packet);

 private:
  [[nodiscard]] bool known() const { return known_in_ == log_ && known_left_out_ == who_.left_out; }

  Recorder* recorder_ = nullptr;
  uint32_t log_ = 0;
  Who who_;
  Position start_, end_;
  uint32_t known_in_ = 0;  // the log that knows her
  bool known_left_out_ = false;
  Position lost_from_;
  uint32_t lost_in_ = 0;  // the log
  uint32_t lost_ = 0;     // blocks that the ring did not take, and the log does not tell of yet
};

}  // namespace roundelay
