#include "server/robots/choir_plan.h"

namespace roundelay {

ChoirPlan::Action ChoirPlan::once_a_second(Action action, int64_t now_ms) {
  if (action == last_ && now_ms - last_ms_ < kPatienceMs) return Action::kNone;
  last_ = action;
  last_ms_ = now_ms;
  return action;
}

ChoirPlan::Action ChoirPlan::next(const ChoirSight& sight) {
  if (was_playing_ && !sight.playing) quiet_since_ms_ = sight.now_ms;
  was_playing_ = sight.playing;
  if (!sight.all_in) {
    all_in_since_ms_ = -1;
  } else if (all_in_since_ms_ < 0) {
    all_in_since_ms_ = sight.now_ms;
  }
  if (!sight.robot_leads) {
    leading_since_ms_ = -1;
  } else if (leading_since_ms_ < 0) {
    leading_since_ms_ = sight.now_ms;
  }

  if (sight.human_leads) human_led_ms_ = sight.now_ms;

  if (sight.playing) {
    // A song of humans is theirs to stop, unless they have all gone from it.
    const bool forsaken = !sight.human_leads && !sight.human_present;
    if (!sight.sung_out || sight.ends || !(sight.robot_leads || forsaken)) return Action::kNone;
    return once_a_second(Action::kStop, sight.now_ms);
  }
  if (sight.human_leads || !sight.all_in) return Action::kNone;
  if (sight.leader_away && human_led_ms_ >= 0 && sight.now_ms - human_led_ms_ < kAwayMs) return Action::kNone;
  const bool rested = quiet_since_ms_ < 0 || sight.now_ms - quiet_since_ms_ >= pause_ms_;
  const bool waited = sight.human_present || sight.now_ms - all_in_since_ms_ >= kWaitForHumanMs;
  if (!rested || !waited) return Action::kNone;
  if (!sight.robot_leads) return once_a_second(Action::kLead, sight.now_ms);
  if (!sight.in_place && sight.now_ms - leading_since_ms_ < kPatienceMs) return Action::kNone;
  return once_a_second(Action::kStart, sight.now_ms);
}

}  // namespace roundelay
