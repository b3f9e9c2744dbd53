// When the robot choir leads, starts and stops: pure, with the time given.
#pragma once

#include <cstdint>

namespace roundelay {

// What the choir's first robot sees of the room.
struct ChoirSight {
  int64_t now_ms = 0;
  bool all_in = false;    // all robots are joined
  bool in_place = false;  // and in their buckets
  bool human_present = false;
  bool human_leads = false;  // somebody connected who is no robot
  bool robot_leads = false;  // the first robot does
  bool playing = false;      // a song lasts
  uint32_t song = 0;         // its number
  bool sung_out = false;     // the first robot has sung the round to its end in this song
};

class ChoirPlan {
 public:
  static constexpr int64_t kWaitForHumanMs = 3000;
  static constexpr int64_t kPauseMs = 5000;     // between songs
  static constexpr int64_t kPatienceMs = 1000;  // between tries; and to wait for robots to reach their places

  enum class Action { kNone, kLead, kStart, kStop };
  // What to say now. Asked often; says each thing once a second at most.
  [[nodiscard]] Action next(const ChoirSight& sight);

 private:
  [[nodiscard]] Action once_a_second(Action action, int64_t now_ms);

  int64_t all_in_since_ms_ = -1;
  int64_t leading_since_ms_ = -1;
  int64_t quiet_since_ms_ = -1;  // a song ended; -1: none yet
  bool was_playing_ = false;
  Action last_ = Action::kNone;
  int64_t last_ms_ = 0;
  uint32_t stopped_song_ = 0;
};

}  // namespace roundelay
