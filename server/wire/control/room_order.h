// How a room is kept, as clients see it, and `room` of the server: it was changed (PROTOCOL.md 3.2).
#pragma once

#include <map>
#include <string_view>

#include "mixer/room_state.h"
#include "server/wire/control/meeting.h"
#include "server/wire/control/message.h"
#include "server/wire/control/recording_policy.h"

namespace roundelay::control {

inline constexpr int64_t kMostStartMuted = 10'000;  // people
// Who may lead.
inline constexpr std::string_view kSingersLead = "singers", kAppointedLead = "appointed";

struct RoomOrder {
  std::string id;
  std::string name;
  bool listed = false;     // on the server's first page
  bool locked = false;     // closed to newcomers
  bool password = false;   // newcomers need one
  bool appointed = false;  // only who was appointed may lead
  std::vector<std::string> parts;
  std::map<std::string, int> part_buckets;  // of those that are fixed; from 1
  bool chat = true;                         // people may write
  RecordingPolicy recording = RecordingPolicy::kAsk;
  bool recordings_for_all = true;                // otherwise organisers alone may hear them
  int recordings_days = kDefaultRecordingsDays;  // how long they are kept; 0: for ever
  std::optional<Meeting> meeting = {};           // the next evening
  std::optional<int> start_muted = {};           // with so many people there who comes in begins muted; none: nobody does

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"id", id},
                          {"name", name},
                          {"listed", listed},
                          {"locked", locked},
                          {"password", password},
                          {"leads", appointed ? kAppointedLead : kSingersLead},
                          {"parts", parts},
                          {"part_buckets", part_buckets}};
    if (!chat) out["chat"] = false;
    if (recording != RecordingPolicy::kAsk) out["recording"] = policy_text(recording);
    if (!recordings_for_all) out["recordings_for"] = kForOrganiser;
    if (recordings_days != kDefaultRecordingsDays) out["recordings_days"] = recordings_days;
    if (meeting) out["meeting"] = meeting->to_json();
    if (start_muted) out["start_muted"] = *start_muted;
    return out;
  }

  [[nodiscard]] static Read<RoomOrder> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto name = text_field(in, "name");
    if (!id.given() || !name.given()) return wrong("A room must have an id and a name.");
    RoomOrder out{.id = id.value, .name = name.value, .parts = {}, .part_buckets = {}};
    // Earlier servers know an id and a name alone.
    if (!read_flags(in, {{"listed", &out.listed}, {"locked", &out.locked}, {"password", &out.password}}))
      return wrong("A room's listed, locked and password must be true or false.");
    const auto leads = text_field(in, "leads");
    if (!leads.valid || (leads.present && leads.value != kSingersLead && leads.value != kAppointedLead))
      return wrong("leads must be \"singers\" or \"appointed\".");
    out.appointed = leads.value == kAppointedLead;
    const nlohmann::json& parts = part(in, "parts");
    if (!parts.is_null() && !parts.is_array()) return wrong("parts must be a list.");
    for (const nlohmann::json& one : parts) {
      if (!one.is_string()) return wrong("A part must be text.");
      out.parts.push_back(one.get<std::string>());
    }
    const nlohmann::json& buckets = part(in, "part_buckets");
    if (!buckets.is_null() && !buckets.is_object()) return wrong("part_buckets must be an object.");
    for (const auto& [name_of_part, value] : buckets.items()) {
      const auto bucket = integer_field(buckets, name_of_part.c_str(), 1, kMaxBuckets);
      if (!bucket.given()) return wrong("A part's bucket must be a whole number from 1 to 8.");
      out.part_buckets[name_of_part] = static_cast<int>(bucket.value);
    }
    const auto chat = bool_field(in, "chat");
    if (!chat.valid) return wrong("A room's chat must be true or false.");
    if (chat.present) out.chat = chat.value;
    const auto policy = text_field(in, "recording");
    const auto whom = text_field(in, "recordings_for");
    const auto days = integer_field(in, "recordings_days", 0, kMostRecordingsDays);
    if (!policy.valid || (policy.present && !policy_from(policy.value)))
      return wrong("recording must be \"off\", \"ask\" or \"always\".");
    if (!whom.valid || (whom.present && whom.value != kForOrganiser && whom.value != kForEveryone))
      return wrong("recordings_for must be \"organiser\" or \"everyone\".");
    if (!days.valid) return wrong("recordings_days must be a whole number from 0 to 3650.");
    if (policy.present) out.recording = *policy_from(policy.value);
    out.recordings_for_all = whom.value != kForOrganiser;
    if (days.present) out.recordings_days = static_cast<int>(days.value);
    if (const nlohmann::json* meeting = find_field(in, "meeting")) {
      auto read = Meeting::read(*meeting);
      if (!read) return wrong(std::move(read.error()));
      out.meeting = *std::move(read);
    }
    const auto start_muted = integer_field(in, "start_muted", 0, kMostStartMuted);
    if (!start_muted.valid) return wrong("start_muted must be a whole number from 0 to 10000, or null.");
    if (start_muted.present) out.start_muted = static_cast<int>(start_muted.value);
    return out;
  }
};

struct RoomOrderNews {
  static constexpr const char* kType = "room";
  RoomOrder room;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"room", room.to_json()}}; }
  [[nodiscard]] static Read<RoomOrderNews> read(const nlohmann::json& in) {
    auto room = RoomOrder::read(part(in, "room"));
    if (!room) return wrong(std::move(room.error()));
    return RoomOrderNews{*std::move(room)};
  }
};

}  // namespace roundelay::control
