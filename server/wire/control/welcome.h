// `welcome`: the answer to `hello`, with all that there is to know of the room (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/listeners.h"
#include "server/wire/control/loudspeakers.h"
#include "server/wire/control/person.h"
#include "server/wire/control/removed.h"
#include "server/wire/control/rights.h"
#include "server/wire/control/room_order.h"
#include "server/wire/control/score.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/sheet.h"
#include "server/wire/control/song.h"
#include "server/wire/control/tracks.h"
#include "server/wire/control/version.h"

namespace roundelay::control {

struct Welcome {
  static constexpr const char* kType = "welcome";
  std::optional<int64_t> id;  // of the hello, if it wanted one
  Person you;
  std::string token;
  bool organiser = false;
  RoomOrder room;
  std::vector<std::string> rights;                       // types of commands
  bool started_muted = false;                            // she came in muted, because the room wants it so
  std::optional<std::vector<RemovedPerson>> removed;     // for organisers
  std::optional<std::vector<std::string>> loudspeakers;  // for organisers and engineers: ids of people
  std::vector<Person> people;                            // a long list goes on in `people` messages
  Listeners listeners;
  std::optional<std::string> leader;      // a person's id
  std::optional<std::string> lead_asked;  // likewise
  Song song;
  Settings settings;
  Plan plan;  // of the next song
  Tracks tracks;
  Sheets sheets;         // left out while there are none
  Scores scores;         // likewise
  int64_t position = 0;  // now
  int mix_delay = 0;     // samples
  double backing_gain = 0;

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = tracks.to_json();
    out["type"] = kType;
    if (id) out["id"] = *id;
    out["version"] = kProtocolVersion;
    out["you"] = you.to_json();
    out["token"] = token;
    out["organiser"] = organiser;
    out["room"] = room.to_json();
    out["rights"] = rights;
    if (removed) out["removed"] = list_json(*removed);
    if (loudspeakers) out["loudspeakers"] = *loudspeakers;
    if (started_muted) out["started_muted"] = true;
    out["people"] = list_json(people);
    out["listeners"] = listeners.to_json();
    out["leader"] = text_or_null(leader);
    out["lead_asked"] = text_or_null(lead_asked);
    out["song"] = song.to_json();
    out["settings"] = settings.to_json();
    out["plan"] = plan.to_json();
    out["position"] = position;
    if (!sheets.sheets.empty()) out["sheets"] = list_json(sheets.sheets);
    if (!scores.scores.empty()) out["scores"] = list_json(scores.scores);
    out["mix_delay"] = mix_delay;
    out["backing_gain"] = backing_gain;
    return out;
  }

  [[nodiscard]] static Read<Welcome> read(const nlohmann::json& in) {
    const auto id = integer_field(in, "id", 0, kMaxNumber);
    const auto token = text_field(in, "token");
    const auto organiser = bool_field(in, "organiser");
    const auto position = integer_field(in, "position", 0, kMaxNumber);
    const auto mix_delay = integer_field(in, "mix_delay", 0, kSampleRate);
    const auto backing_gain = number_field(in, "backing_gain", 0, 1e9);
    if (!integer_field(in, "version", kProtocolVersion, kMaxNumber).given()) return wrong("version must be a whole number.");
    if (!token.given()) return wrong("token must be text.");
    if (!organiser.given()) return wrong("organiser must be true or false.");
    if (!position.given()) return wrong("position must be a position.");
    if (!mix_delay.given()) return wrong("mix_delay must be a whole number of samples.");
    if (!backing_gain.given()) return wrong("backing_gain must be a number.");
    Welcome out;
    if (id.given()) out.id = id.value;
    out.token = token.value;
    out.organiser = organiser.value;
    out.position = position.value;
    out.mix_delay = static_cast<int>(mix_delay.value);
    out.backing_gain = backing_gain.value;
    std::string error;
    const auto take = [&error](auto read, auto& into) {
      if (read) {
        into = *std::move(read);
      } else if (error.empty()) {
        error = std::move(read.error());
      }
    };
    take(RoomOrder::read(part(in, "room")), out.room);
    take(read_texts(in, "rights"), out.rights);
    if (find_field(in, "removed") != nullptr) take(read_list<RemovedPerson>(in, "removed"), out.removed);
    out.started_muted = bool_field(in, "started_muted").value;
    if (find_field(in, "loudspeakers") != nullptr) take(read_texts(in, "loudspeakers"), out.loudspeakers);
    take(Person::read(part(in, "you")), out.you);
    take(read_list<Person>(in, "people"), out.people);
    // Earlier servers name all of them.
    if (const nlohmann::json* listeners = find_field(in, "listeners")) take(Listeners::read(*listeners), out.listeners);
    take(read_text_or_null(in, "leader"), out.leader);
    take(read_text_or_null(in, "lead_asked"), out.lead_asked);
    take(Song::read(part(in, "song")), out.song);
    take(Settings::read(part(in, "settings")), out.settings);
    if (const nlohmann::json* plan = find_field(in, "plan")) take(Plan::read(*plan), out.plan);  // earlier servers have none
    take(Tracks::read(in), out.tracks);
    take(Sheets::read(in), out.sheets);
    take(Scores::read(in), out.scores);
    if (!error.empty()) return wrong(std::move(error));
    return out;
  }
};

}  // namespace roundelay::control
