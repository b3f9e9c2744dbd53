// `room`, from a client: how the room is kept is changed (PROTOCOL.md 3.1).
#pragma once

#include <algorithm>

#include "server/wire/control/part.h"
#include "server/wire/control/room_order.h"

namespace roundelay::control {

// What is left out stays.
struct ChangeRoom {
  static constexpr const char* kType = "room";
  std::optional<std::string> name = {};
  std::optional<bool> listed = {};
  std::optional<bool> locked = {};
  std::optional<bool> chat = {};
  std::optional<bool> appointed = {};  // who may lead: only who was appointed
  std::optional<std::vector<std::string>> parts = {};
  std::optional<std::map<std::string, int>> part_buckets = {};  // from 2: the first one is the leader's
  std::optional<RecordingPolicy> recording = {};
  std::optional<bool> recordings_for_all = {};
  std::optional<int> recordings_days = {};             // 0: for ever
  std::optional<std::optional<Meeting>> meeting = {};  // the next evening, or that none is set
  std::optional<std::optional<int>> start_muted = {};  // with so many people there, or never

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (name) out["name"] = *name;
    if (listed) out["listed"] = *listed;
    if (locked) out["locked"] = *locked;
    if (chat) out["chat"] = *chat;
    if (appointed) out["leads"] = *appointed ? kAppointedLead : kSingersLead;
    if (parts) out["parts"] = *parts;
    if (part_buckets) out["part_buckets"] = *part_buckets;
    if (recording) out["recording"] = policy_text(*recording);
    if (recordings_for_all) out["recordings_for"] = *recordings_for_all ? kForEveryone : kForOrganiser;
    if (recordings_days) out["recordings_days"] = *recordings_days;
    if (meeting) out["meeting"] = *meeting ? (*meeting)->to_json() : nlohmann::json(nullptr);
    if (start_muted) out["start_muted"] = *start_muted ? nlohmann::json(**start_muted) : nlohmann::json(nullptr);
    return out;
  }

  // `buckets`: how many the room has.
  [[nodiscard]] static Asked<ChangeRoom> read(const nlohmann::json& in, int buckets = kMaxBuckets) {
    ChangeRoom out;
    const auto name = text_field(in, "name");
    if (!name.valid) return refuse("bad_name", phrase("name_must_be_text"));
    if (name.present) {
      auto checked = checked_name(name.value);
      if (!checked) return refuse("bad_name", checked.error());
      out.name = *std::move(checked);
    }
    for (const auto& [key, value] :
         {std::pair{"listed", &out.listed}, std::pair{"locked", &out.locked}, std::pair{"chat", &out.chat}}) {
      const auto flag = bool_field(in, key);
      if (!flag.valid) return refuse("bad_setting", std::string(key).append(" must be true or false."));
      if (flag.present) *value = flag.value;
    }
    const auto leads = text_field(in, "leads");
    if (!leads.valid || (leads.present && leads.value != kSingersLead && leads.value != kAppointedLead))
      return refuse("bad_setting", "leads must be \"singers\" or \"appointed\".");
    if (leads.present) out.appointed = leads.value == kAppointedLead;
    if (auto read = read_recording(in, out); !read) return tl::unexpected(read.error());
    if (const nlohmann::json* parts = find_field(in, "parts")) {
      auto read = read_parts(*parts);
      if (!read) return tl::unexpected(read.error());
      out.parts = *std::move(read);
    }
    if (const nlohmann::json* fixed = find_field(in, "part_buckets")) {
      auto read = read_part_buckets(*fixed, buckets);
      if (!read) return tl::unexpected(read.error());
      out.part_buckets = *std::move(read);
    }
    if (const nlohmann::json* meeting = find_field(in, "meeting")) {
      auto read = Meeting::read(*meeting);
      if (!read) return refuse("bad_setting", read.error());
      out.meeting = *std::move(read);
    } else if (in.contains("meeting")) {
      out.meeting = std::optional<Meeting>();
    }
    const auto start_muted = integer_field(in, "start_muted", 0, kMostStartMuted);
    if (!start_muted.valid) return refuse("bad_setting", "start_muted must be a whole number from 0 to 10000, or null.");
    if (start_muted.present) {
      out.start_muted = static_cast<int>(start_muted.value);
    } else if (in.contains("start_muted")) {
      out.start_muted = std::optional<int>();
    }
    return out;
  }

 private:
  [[nodiscard]] static Asked<void> read_recording(const nlohmann::json& in, ChangeRoom& out) {
    const auto policy = text_field(in, "recording");
    if (!policy.valid || (policy.present && !policy_from(policy.value)))
      return refuse("bad_setting", "recording must be \"off\", \"ask\" or \"always\".");
    if (policy.present) out.recording = policy_from(policy.value);
    const auto whom = text_field(in, "recordings_for");
    if (!whom.valid || (whom.present && whom.value != kForOrganiser && whom.value != kForEveryone))
      return refuse("bad_setting", "recordings_for must be \"organiser\" or \"everyone\".");
    if (whom.present) out.recordings_for_all = whom.value == kForEveryone;
    const auto days = integer_field(in, "recordings_days", 0, kMostRecordingsDays);
    if (!days.valid) return refuse("bad_setting", "recordings_days must be a whole number from 0 to 3650.");
    if (days.present) out.recordings_days = static_cast<int>(days.value);
    return {};
  }
  [[nodiscard]] static Asked<std::vector<std::string>> read_parts(const nlohmann::json& in) {
    if (!in.is_array() || in.size() > kMostParts) return refuse("bad_part", phrase("too_many_parts"));
    std::vector<std::string> out;
    for (const nlohmann::json& one : in) {
      if (!one.is_string()) return refuse("bad_part", phrase("part_must_be_text"));
      auto checked = checked_part(one.get<std::string>());
      if (!checked) return tl::unexpected(checked.error());
      if (std::find(out.begin(), out.end(), *checked) != out.end()) return refuse("bad_part", phrase("part_stands_twice"));
      out.push_back(*std::move(checked));
    }
    return out;
  }
  [[nodiscard]] static Asked<std::map<std::string, int>> read_part_buckets(const nlohmann::json& in, int buckets) {
    if (!in.is_object() || in.size() > kMostParts)
      return refuse("bad_part", "part_buckets must be an object with at most 12 parts.");
    std::map<std::string, int> out;
    for (const auto& [part, value] : in.items()) {
      auto checked = checked_part(part);
      if (!checked) return tl::unexpected(checked.error());
      const auto bucket = integer_field(in, part.c_str(), 2, buckets);
      if (!bucket.given()) return refuse("bad_bucket", phrase("part_group_out_of_range", {{"most", buckets}}));
      out[*std::move(checked)] = static_cast<int>(bucket.value);
    }
    return out;
  }
};

}  // namespace roundelay::control
