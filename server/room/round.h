// What a round asks of the line and of the song. By repeats: Each repeat is written when the voice comes, so the first bucket
// stands later by the length of all repeats: then none lies ahead of now. Pure; all results are whole blocks.
#pragma once

#include <cstdint>
#include <vector>

#include "server/room/plan.h"
#include "server/room/settings.h"
#include "server/wire/control/song.h"

namespace roundelay {

// What each bucket sings in a round by parts, and when it comes in; empty otherwise.
[[nodiscard]] std::vector<control::SongPart> song_parts(const Plan& plan, Position music, int buckets);
// The bucket in which this part (from 1) of so many is sung and that is nearest to `bucket`: behind the leader's, the later of
// two. 0: the room has none.
[[nodiscard]] int bucket_of_round_part(int part, int parts, int buckets, int bucket);
// By how much the last part ends behind the first; 0 without parts.
[[nodiscard]] Blocks rest_of_parts(const Plan& plan);

// By how much the first bucket moves later; 0 without a round. At most 90 s: PARITY.md 2.6.
[[nodiscard]] Blocks round_offset(const Plan& plan);

// The last bucket in which somebody may sing: what she sings is heard again by the leader, one repeat later, and must be there by
// then. From 2 on.
[[nodiscard]] int last_round_bucket(const Plan& plan, const RoomSettings& settings);

// The settings for a song with this plan, and the plan as far as lanes of so many blocks hold its repeats.
struct RoundRoom {
  RoomSettings settings;
  Plan plan;
};
[[nodiscard]] RoundRoom room_for_round(RoomSettings settings, Plan plan, uint32_t lane_blocks);

}  // namespace roundelay
