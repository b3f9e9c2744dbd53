// Who a session is: what conductor and shards tell each other of it (`admit`, `shard`, `sessions`). The one place where these
// fields are spelled. Pure; never throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "server/wire/control/role.h"

namespace roundelay::link {

struct SessionFacts {
  uint64_t person = 0;
  int row = -1;  // in shared memory; -1: not admitted yet
  uint32_t generation = 0;
  std::string room;
  std::string name;
  int bucket = 1;  // from 1
  Role role = Role::kSinger;
  bool muted = false;
  bool organiser = false;
  bool robot = false;
  bool soloed = false;      // heard in the solo mix
  bool hears_solo = false;  // listens to the solo mix, not to her bucket
  bool watches = false;     // has the console open
  bool left_out = false;    // of recordings
  bool hears_part = false;  // wants to hear her part louder
  // Told by the conductor alone.
  bool leader = false;
  double gain = 1;        // factor on her voice: her volume, and that of her part
  std::string part = {};  // the voice part that she sings; empty: none
  int part_lane = -1;     // the same, as the room lists its parts, from 0; -1: none
};

// Without what the conductor alone tells.
[[nodiscard]] nlohmann::json facts_json(uint64_t session, const SessionFacts& facts);
// Nothing if a number is out of its range, the bucket does not exist, or there is no such role. What is yes or no may be left out
// (no), `row` too (-1).
[[nodiscard]] std::optional<SessionFacts> read_facts(const nlohmann::json& object);

}  // namespace roundelay::link
