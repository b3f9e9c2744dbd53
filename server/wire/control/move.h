// `bucket`, from a client: she moves there (PROTOCOL.md 3.1).
#pragma once

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Move {
  static constexpr const char* kType = "bucket";
  int bucket = 1;  // from 1

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"bucket", bucket}}; }
  // `buckets`: how many the room has.
  [[nodiscard]] static Asked<Move> read(const nlohmann::json& in, int buckets = kMaxBuckets) {
    const auto bucket = integer_field(in, "bucket", 1, buckets);
    if (!bucket.given()) return refuse("bad_bucket", phrase("no_such_group", {{"most", buckets}}));
    return Move{static_cast<int>(bucket.value)};
  }
};

}  // namespace roundelay::control
