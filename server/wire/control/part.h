// The name of a voice part, such as Alto. Pure.
#pragma once

#include <string>
#include <string_view>

#include "mixer/room_state.h"
#include "server/base/text.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr int kMostPartCharacters = 24;
using roundelay::kMostParts;

[[nodiscard]] inline Asked<std::string> checked_part(std::string_view part) {
  auto checked = checked_name(part, kMostPartCharacters);
  if (!checked) return refuse("bad_part", phrase("part_needs_a_name"));
  return *std::move(checked);
}

}  // namespace roundelay::control
