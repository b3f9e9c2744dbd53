// How a room is kept: its name, who may come in, who may lead, its voice parts. Pure values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "server/wire/control/meeting.h"
#include "server/wire/control/recording_policy.h"

namespace roundelay {

// Another program that keeps the room. Of its token the hash alone is known (tokens.h), in hex.
struct Program {
  std::string id;
  std::string name;
  std::string token_hash;
  int64_t made_ms = 0;  // Unix time

  bool operator==(const Program&) const = default;
  [[nodiscard]] bool has_token(const std::string& token) const;
  // By which what it says is told apart: a number like a person's, of nobody.
  [[nodiscard]] uint64_t person() const;
};

struct RoomRules {
  std::string name;
  bool listed = false;         // on the server's first page
  bool locked = false;         // closed to newcomers
  bool appointed = false;      // only who was appointed may lead
  bool chat = true;            // people may write; announcements are made in any case
  std::string password_hash;   // as libsodium writes it (Argon2id); empty: none
  int64_t password_set_s = 0;  // Unix time
  std::vector<std::string> parts = {"Soprano", "Alto", "Tenor", "Bass"};
  std::map<std::string, int> part_buckets;  // of those parts that are fixed; from 2
  std::vector<Program> programs;
  int last_program = 0;  // ids are not used again
  RecordingPolicy recording = RecordingPolicy::kAsk;
  bool recordings_for_all = true;                // otherwise organisers alone may hear them
  int recordings_days = kDefaultRecordingsDays;  // 0: for ever
  std::optional<control::Meeting> meeting = {};  // the next evening
  std::string live;                              // the secret of the link by which it can be heard; empty: there is none
  std::optional<int> start_muted = {};           // with so many people there, singers who come in begin muted; none: never

  bool operator==(const RoomRules&) const = default;
  // The bucket to which a part is fixed in a room of so many; 0: it is not.
  [[nodiscard]] int bucket_of(const std::string& part, int buckets) const;
  // Of the live link, on this server; empty if there is none.
  [[nodiscard]] std::string live_path() const;
  // By which shards tell live links apart, from 1; 0: there is none.
  [[nodiscard]] uint32_t live_number() const;
  // Null: nobody's.
  [[nodiscard]] const Program* program_of(const std::string& token) const;
  [[nodiscard]] bool has_part(const std::string& part) const;
};

// As they are stored, but for the name and `listed`, which have columns of their own; what is missing or makes no sense is as in
// a new room.
[[nodiscard]] nlohmann::json stored_rules(const RoomRules& rules);
[[nodiscard]] RoomRules rules_from_stored(const nlohmann::json& stored, std::string name, bool listed);

}  // namespace roundelay
