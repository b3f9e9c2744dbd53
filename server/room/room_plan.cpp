// What the next song will be is changed.
#include <nlohmann/json.hpp>

#include "server/room/room.h"
#include "server/wire/control/change_plan.h"

namespace roundelay {

Room::Answer Room::change_plan(const Person&, const control::ChangePlan& wanted, Moment, Effects& out) {
  const auto next = changed_plan(plan_, wanted);
  if (!next) return tl::unexpected(next.error());
  if (*next == plan_) return {};
  plan_ = *next;
  out.push_back(effect::SaveRoom{});
  out.push_back(effect::ToRoom{control::PlanNews{plan_}.to_json()});
  return {};
}

}  // namespace roundelay
