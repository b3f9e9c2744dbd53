// `move_person`, from a client: somebody else goes to another bucket (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/move.h"
#include "server/wire/control/whom.h"

namespace roundelay::control {

struct MovePerson {
  static constexpr const char* kType = "move_person";
  uint64_t person = 0;
  int bucket = 1;  // from 1

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"person", id_text(person)}, {"bucket", bucket}}; }
  // `buckets`: how many the room has.
  [[nodiscard]] static Asked<MovePerson> read(const nlohmann::json& in, int buckets = kMaxBuckets) {
    const auto person = whom(in);
    const auto move = Move::read(in, buckets);
    if (!person) return tl::unexpected(person.error());
    if (!move) return tl::unexpected(move.error());
    return MovePerson{*person, move->bucket};
  }
};

}  // namespace roundelay::control
