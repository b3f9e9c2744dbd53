// A song of the evening's programme, and `programme`: what the room has prepared (PROTOCOL.md 3.2). Plain values.
#pragma once

#include <string_view>

#include "server/base/text.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr size_t kMostProgrammeEntries = 100;
inline constexpr int kMostEntryTitleCharacters = kMaxTrackNameCharacters;

struct ProgrammeEntry {
  std::string id = {};  // the server's; empty: a new one
  std::string title = {};
  std::optional<std::string> track = {};  // its id
  Plan plan = {};                         // with its words
  std::optional<std::string> score = {};  // its id
  std::string leader = {};                // the name of who leads; empty: nobody is named
  bool hidden = false;                    // only those who prepare the programme see it
  bool sung = false;

  bool operator==(const ProgrammeEntry&) const = default;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"title", title},
                          {"track", text_or_null(track)},
                          {"plan", plan.to_json()},
                          {"score", text_or_null(score)},
                          {"leader", leader},
                          {"hidden", hidden},
                          {"sung", sung}};
    if (!id.empty()) out["id"] = id;
    return out;
  }

  // What a client sends. Without a plan it has none.
  [[nodiscard]] static Asked<ProgrammeEntry> asked(const nlohmann::json& in) {
    if (!in.is_object()) return refuse("bad_entry", "entry must be an object.");
    ProgrammeEntry out;
    const auto id = text_field(in, "id");
    const auto title = text_field(in, "title");
    const auto leader = text_field(in, "leader");
    const auto track = text_field(in, "track");
    const auto score = text_field(in, "score");
    if (!id.valid) return refuse("bad_entry", "id must be the id of a song of the programme.");
    if (!title.given()) return refuse("bad_entry", phrase("entry_needs_a_title"));
    auto checked = checked_name(title.value, kMostEntryTitleCharacters);
    if (!checked) return refuse("bad_entry", checked.error());
    if (!leader.valid) return refuse("bad_entry", "leader must be a name.");
    if (!leader.value.empty()) {
      auto name = checked_name(leader.value);
      if (!name) return refuse("bad_entry", name.error());
      out.leader = *std::move(name);
    }
    if (!track.valid) return refuse("bad_entry", "track must be the id of a track or null.");
    if (!score.valid) return refuse("bad_entry", "score must be the id of a score or null.");
    if (!read_flags(in, {{"hidden", &out.hidden}, {"sung", &out.sung}}))
      return refuse("bad_entry", "hidden and sung must be true or false.");
    if (const nlohmann::json* plan = find_field(in, "plan")) {
      auto read = Plan::read(*plan);
      if (!read) return refuse("bad_entry", std::move(read.error()));
      out.plan = *std::move(read);
    }
    out.id = id.value;
    out.title = *std::move(checked);
    if (track.present) out.track = track.value;
    if (score.present) out.score = score.value;
    return out;
  }

  [[nodiscard]] static Read<ProgrammeEntry> read(const nlohmann::json& in) {
    auto entry = asked(in);
    if (!entry) return wrong(std::move(entry.error().message));
    if (entry->id.empty()) return wrong("A song of the programme must have an id.");
    return *std::move(entry);
  }
};

struct Programme {
  static constexpr const char* kType = "programme";
  std::vector<ProgrammeEntry> entries = {};
  std::optional<std::string> taken = {};  // the id of the one that was taken for the next song, or is sung
  bool whole = true;                      // nothing is left out

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"type", kType}, {"entries", list_json(entries)}, {"taken", text_or_null(taken)}, {"whole", whole}};
  }
  [[nodiscard]] static Read<Programme> read(const nlohmann::json& in) {
    auto entries = read_list<ProgrammeEntry>(in, "entries");
    if (!entries) return wrong(std::move(entries.error()));
    auto taken = read_text_or_null(in, "taken");
    if (!taken) return wrong(std::move(taken.error()));
    Programme out{*std::move(entries), *std::move(taken), true};
    if (!read_flags(in, {{"whole", &out.whole}}, true)) return wrong("whole must be true or false.");
    return out;
  }
};

}  // namespace roundelay::control
