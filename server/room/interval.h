// The interval that loop times ask for at a song's start. Pure.
//
// Why 1.4 times the 99th percentile: over TCP a lost packet holds up all that follow until it has been repeated, which takes the
// other side's notice (a block or two) and one more way there and back. At 0.5 % loss each way 50 messages a second meet a loss
// every two seconds, so the 99th percentile contains such a repetition: about two round trips, the sound card's and the codec's
// share. What is left above it is a repetition that is lost too: one time in 200 of those, once in several minutes; of its three
// round trips and the same share, 1.4 times the percentile covers nearly all, so that a block or two come late: some 0.01 %. At
// round trips below 70 ms all of that lies under the floor. Jitter of a tenth of the round trip is in the percentile.
#pragma once

#include <optional>

#include "server/wire/control/change_settings.h"

namespace roundelay {

inline constexpr double kUnmeasuredLoopMs = 250;  // taken of a singer of whom nothing is known yet

// Blocks: the 99th percentile and its margin, rounded up to blocks where that keeps it within 1.5 times the percentile; from
// `least_ms` to control::kMostIntervalMs.
[[nodiscard]] int interval_blocks_for(double loop_ms, int least_ms);

// Singers of the same class can stand in each other's place: their needs differ by less than can be heard as slow.
[[nodiscard]] int speed_class(std::optional<double> loop_ms, int least_ms);

}  // namespace roundelay
