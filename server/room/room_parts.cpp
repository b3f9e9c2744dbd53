// The voice parts that somebody hears louder: who wants it, and which of them have lanes and streams.
#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/room/room.h"
#include "server/wire/control/hear_part.h"

namespace roundelay {

int Room::part_lane_of(const Person& person) const {
  const auto found = std::find(rules_.parts.begin(), rules_.parts.end(), person.part);
  return found == rules_.parts.end() ? -1 : static_cast<int>(found - rules_.parts.begin());
}

Room::Answer Room::hear_part(const Person& by, const control::HearPart& wanted, Moment, Effects& out) {
  if (wanted.on && by.part.empty()) return refuse("bad_part", phrase("choose_your_part_first"));
  if (by.hears_part == wanted.on) return {};
  const Person& person = people_.change(by.id, [&](Person& p) { p.hears_part = wanted.on; });
  out.push_back(admission(person));
  look_after_parts(out);
  return {};
}

uint64_t Room::wanted_parts() const {
  uint64_t parts = 0;
  for (const PersonId id : people_.hearing_part()) {
    const Person& person = *find(id);
    const int lane = part_lane_of(person);
    if (lane >= 0 && person.connected()) parts |= uint64_t{1} << lane;
  }
  return parts;
}

void Room::look_after_parts(Effects& out) {
  if (!settled_) return;  // those who want it are not all here again
  const uint64_t wanted = ring_blocks_ == 0 ? 0 : wanted_parts();
  for (uint64_t left = wanted & ~tried_parts_; left != 0; left &= left - 1) {
    const int part = std::countr_zero(left);
    tried_parts_ |= uint64_t{1} << part;
    if (limits_.reserve_part(part, ring_blocks_)) reserved_parts_ |= uint64_t{1} << part;
  }
  const uint64_t told = wanted & reserved_parts_;
  if (std::exchange(told_parts_, told) != told) out.push_back(effect::Publish{});
}

void Room::forget_part_lanes() {
  tried_parts_ = reserved_parts_ = told_parts_ = 0;
}

}  // namespace roundelay
