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
  bool leader_away = false;  // a human leads whose connection is lost
  bool robot_leads = false;  // the first robot does
  bool playing = false;      // a song lasts
  bool ends = false;         // its end is known: somebody has stopped it, or a track ends it
  bool sung_out = false;     // the first robot has sung the round to its end in this very song
};

class ChoirPlan {
 public:
  static constexpr int64_t kWaitForHumanMs = 3000;
  static constexpr int64_t kPauseMs = 5000;     // between songs
  static constexpr int64_t kAwayMs = 10'000;    // for a human leader to come back
  static constexpr int64_t kPatienceMs = 1000;  // between tries; and to wait for robots to reach their places

  explicit ChoirPlan(int64_t pause_ms = kPauseMs) : pause_ms_(pause_ms) {}

  enum class Action { kNone, kLead, kStart, kStop };
  // What to say now. Asked often; says each thing once a second at most.
  [[nodiscard]] Action next(const ChoirSight& sight);

 private:
  [[nodiscard]] Action once_a_second(Action action, int64_t now_ms);

  int64_t pause_ms_;
  int64_t all_in_since_ms_ = -1;
  int64_t leading_since_ms_ = -1;
  int64_t quiet_since_ms_ = -1;  // a song ended; -1: none yet
  bool was_playing_ = false;
  Action last_ = Action::kNone;
  int64_t last_ms_ = 0;
  int64_t human_led_ms_ = -1;  // when a human was last seen to lead
};

}  // namespace roundelay
