#include "server/room/plan.h"

#include <algorithm>

#include "server/wire/control/change_plan.h"

namespace roundelay {

tl::expected<Plan, Refusal> changed_plan(const Plan& now, const control::ChangePlan& wanted) {
  Plan next = now;
  if (wanted.bpm_tenths) next.bpm_tenths = *wanted.bpm_tenths;
  if (wanted.beats_per_bar) next.beats_per_bar = *wanted.beats_per_bar;
  if (!next.bpm_tenths) {
    if (wanted.click == true || wanted.count_in_bars.value_or(0) > 0 || (wanted.round && *wanted.round))
      return refuse("bad_plan", phrase("needs_a_tempo"));
    next.click = false;
    next.count_in_bars = 0;
    next.round.reset();
    return next;
  }
  if (wanted.click) next.click = *wanted.click;
  if (wanted.count_in_bars) next.count_in_bars = *wanted.count_in_bars;
  if (wanted.round) next.round = *wanted.round;
  return next;
}

void put_plan(const Plan& plan, RoomState& state) {
  state.bpm_tenths = static_cast<uint32_t>(plan.bpm_tenths.value_or(0));
  state.beats_per_bar = static_cast<uint32_t>(plan.beats_per_bar);
  state.click = plan.click ? 1 : 0;
  state.count_in_beats = static_cast<uint32_t>(plan.count_in_bars * plan.beats_per_bar);
  if (!plan.round) return;
  state.round_beats = static_cast<uint32_t>(plan.round->beats);
  state.round_repeats = static_cast<uint32_t>(plan.round->repeats);
  state.round_leader_only = plan.round->leader_only ? 1 : 0;
  state.round_parts = static_cast<uint32_t>(plan.round->parts);
}

Plan plan_of(const RoomState& state) {
  Plan plan;
  plan.beats_per_bar = static_cast<int>(std::max(1U, state.beats_per_bar));
  if (state.bpm_tenths == 0) return plan;
  plan.bpm_tenths = static_cast<int>(state.bpm_tenths);
  plan.click = state.click != 0;
  plan.count_in_bars = static_cast<int>(state.count_in_beats) / plan.beats_per_bar;
  if (state.round_beats != 0)
    plan.round = control::Round{static_cast<int>(state.round_beats), static_cast<int>(state.round_repeats),
                                state.round_leader_only != 0, static_cast<int>(state.round_parts)};
  return plan;
}

Plan plan_from_stored(const nlohmann::json& stored) {
  return Plan::read(stored).value_or(Plan{});
}

}  // namespace roundelay
