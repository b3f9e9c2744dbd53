// What the next song will be: how it is changed, stored, and told to the shards. Pure values.
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/refusal.h"

namespace roundelay {

namespace control {
struct ChangePlan;
}

using Plan = control::Plan;

// The plan after a client's `plan` message (PROTOCOL.md 3.1).
[[nodiscard]] tl::expected<Plan, Refusal> changed_plan(const Plan& now, const control::ChangePlan& wanted);

// What the shards need of the plan of a song, and back again after a restart of the conductor.
void put_plan(const Plan& plan, RoomState& state);
[[nodiscard]] Plan plan_of(const RoomState& state);

// From the JSON that was stored; what makes no sense is as in a new room.
[[nodiscard]] Plan plan_from_stored(const nlohmann::json& stored);

}  // namespace roundelay
