// The golden control messages that the TypeScript tests read too: tests/golden/control.json.
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <type_traits>
#include <utility>

#include "server/wire/control/announce.h"
#include "server/wire/control/appoint.h"
#include "server/wire/control/away.h"
#include "server/wire/control/change_part.h"
#include "server/wire/control/change_plan.h"
#include "server/wire/control/change_role.h"
#include "server/wire/control/change_room.h"
#include "server/wire/control/change_settings.h"
#include "server/wire/control/change_volume.h"
#include "server/wire/control/chat_history.h"
#include "server/wire/control/choose_score.h"
#include "server/wire/control/choose_track.h"
#include "server/wire/control/choose_words.h"
#include "server/wire/control/console.h"
#include "server/wire/control/corrected.h"
#include "server/wire/control/delete_recording.h"
#include "server/wire/control/delete_room.h"
#include "server/wire/control/delete_score.h"
#include "server/wire/control/delete_sheet.h"
#include "server/wire/control/delete_track.h"
#include "server/wire/control/done.h"
#include "server/wire/control/error.h"
#include "server/wire/control/give_lead.h"
#include "server/wire/control/gone.h"
#include "server/wire/control/hand.h"
#include "server/wire/control/hear_part.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/keep_lead.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/lead_asked.h"
#include "server/wire/control/leader.h"
#include "server/wire/control/leave.h"
#include "server/wire/control/leave_out.h"
#include "server/wire/control/levels.h"
#include "server/wire/control/listen.h"
#include "server/wire/control/listeners.h"
#include "server/wire/control/live.h"
#include "server/wire/control/loop.h"
#include "server/wire/control/loops.h"
#include "server/wire/control/loudspeakers.h"
#include "server/wire/control/lower_hands.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/mix_again.h"
#include "server/wire/control/move.h"
#include "server/wire/control/move_entry.h"
#include "server/wire/control/move_person.h"
#include "server/wire/control/mute.h"
#include "server/wire/control/mute_person.h"
#include "server/wire/control/new_key.h"
#include "server/wire/control/notice.h"
#include "server/wire/control/open_live.h"
#include "server/wire/control/open_loudspeaker.h"
#include "server/wire/control/people.h"
#include "server/wire/control/person.h"
#include "server/wire/control/ping.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/pong.h"
#include "server/wire/control/program_token.h"
#include "server/wire/control/programme.h"
#include "server/wire/control/programs.h"
#include "server/wire/control/put_entry.h"
#include "server/wire/control/readmit.h"
#include "server/wire/control/record.h"
#include "server/wire/control/recordings.h"
#include "server/wire/control/remove_entry.h"
#include "server/wire/control/remove_person.h"
#include "server/wire/control/removed.h"
#include "server/wire/control/rename.h"
#include "server/wire/control/rename_sheet.h"
#include "server/wire/control/revoke_token.h"
#include "server/wire/control/rights.h"
#include "server/wire/control/room_order.h"
#include "server/wire/control/said.h"
#include "server/wire/control/say.h"
#include "server/wire/control/score.h"
#include "server/wire/control/score_progress.h"
#include "server/wire/control/set_password.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/sheet.h"
#include "server/wire/control/solo.h"
#include "server/wire/control/song.h"
#include "server/wire/control/sounding.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"
#include "server/wire/control/take_entry.h"
#include "server/wire/control/timing.h"
#include "server/wire/control/track_progress.h"
#include "server/wire/control/tracks.h"
#include "server/wire/control/unsaid.h"
#include "server/wire/control/unsay.h"
#include "server/wire/control/watch_console.h"
#include "server/wire/control/welcome.h"

namespace roundelay::control::golden_test {
namespace {

using nlohmann::json;

// What is wrong with a message, or what is written of it after it was read.
struct Outcome {
  std::string error;
  std::string code;  // of a client's message
  json written;
};
using Reader = Outcome (*)(const json& message);

template <typename Message>
Outcome read(const json& message) {
  const auto read = Message::read(message);
  if (read) return {"", "", read->to_json()};
  if constexpr (std::is_same_v<std::decay_t<decltype(read.error())>, Refusal>) {
    return {read.error().message, read.error().code, {}};
  } else {
    return {read.error(), "", {}};
  }
}

template <typename... Messages>
std::map<std::string, Reader> readers() {
  return {{Messages::kType, &read<Messages>}...};
}

const std::map<std::string, Reader> kOfServers =
    readers<ChatHistory, Console, Done, Error, Gone, LeadAsked, Leader, Levels, ListenersNews, Listening, LiveNews, Loop, Loops,
            Loudspeakers, MarkNews, Marks, Notice, People, PersonNews, PlanNews, Pong, Programme, Programs, Recordings, Removed,
            Rights, RoomOrderNews, Said, ScoreProgress, Scores, SettingsNews, Sheets, SongNews, Timing, Sounding, TrackProgress,
            Tracks, Unsaid, Welcome>();

const std::map<std::string, Reader> kOfClients =
    readers<Announce, Appoint, Away, ChangePart, ChangePlan, ChangeRole, ChangeRoom, ChangeSettings, ChangeVolume, ChooseTrack,
            ChooseScore, ChooseWords, Corrected, DeleteRecording, DeleteRoom, DeleteScore, DeleteSheet, DeleteTrack, GiveLead,
            Hand, HearPart, Hello, KeepLead, Lead, Leave, LeaveOut, Listen, LowerHands, MixAgain, Move, MoveEntry, MovePerson,
            Mute, MutePerson, NewKey, OpenLive, CloseLive, OpenLoudspeaker, Ping, ProgramToken, PutEntry, Readmit, Record,
            RemoveEntry, RemovePerson, Rename, RenameSheet, RevokeToken, Say, SetMark, SetPassword, Solo, Start, Stop, TakeEntry,
            Unsay, WatchConsole>();

json vectors(const std::string& direction) {
  std::ifstream in(GOLDEN_DIR "/control.json");
  json out = json::array();
  for (const json& vector : json::parse(in)) {
    if (vector.at("direction") == direction) out.push_back(vector);
  }
  return out;
}

void check(const std::string& direction, const std::map<std::string, Reader>& readers) {
  std::set<std::string> seen;
  for (const json& vector : vectors(direction)) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const json message = json::parse(vector.at("json").get<std::string>());
    const auto reader = readers.find(type_of(message));
    ASSERT_NE(reader, readers.end());
    const Outcome outcome = reader->second(message);
    EXPECT_EQ(outcome.error, vector.value("error", ""));
    EXPECT_EQ(outcome.code, vector.value("code", ""));
    if (!outcome.error.empty()) continue;
    EXPECT_EQ(outcome.written.dump(), message.dump());
    seen.insert(reader->first);
  }
  EXPECT_EQ(seen.size(), readers.size()) << "each kind of message is in the file";
}

TEST(GoldenControl, WhatServersSayIsReadAndWrittenByteForByteOrRefusedWithItsSentence) {
  check("to_client", kOfServers);
}

TEST(GoldenControl, WhatClientsSayIsReadAndWrittenByteForByteOrRefusedWithItsCodeAndSentence) {
  check("to_server", kOfClients);
}

TEST(GoldenControl, WhatLaterServersSayBesidesIsLeftOut) {
  for (const json& vector : vectors("to_client")) {
    if (vector.contains("error")) continue;
    const json message = json::parse(vector.at("json").get<std::string>());
    if (type_of(message) == Done::kType) continue;  // what it says more depends on the command
    json later = message;
    later["later"] = {{"than", "this"}};
    const Outcome outcome = kOfServers.at(type_of(message))(later);
    EXPECT_EQ(outcome.error, "");
    EXPECT_EQ(outcome.written, message);
  }
}

// Calls `look` with the message changed at each place, at every depth, to a value of each other kind.
void with_each_place_changed(const json& message, const std::function<void(const json&)>& look) {
  const json flat = message.flatten();
  std::set<std::string> places;
  for (const auto& [place, value] : flat.items()) {
    for (size_t end = place.find('/', 1); end != std::string::npos; end = place.find('/', end + 1))
      places.insert(place.substr(0, end));
    places.insert(place);
  }
  for (const std::string& place : places) {
    if (place == "/type") continue;
    for (const json& other : {json(), json(true), json(-1), json(UINT64_MAX), json(1e300), json("x"), json::array({json()}),
                              json::object({{"id", 7}})}) {
      json changed = message;
      changed[json::json_pointer(place)] = other;
      look(changed);
    }
  }
}

TEST(GoldenControl, NoValueOfAnotherTypeIsThrownOver) {
  size_t looked = 0;
  for (const auto& [direction, readers] : {std::pair("to_client", &kOfServers), std::pair("to_server", &kOfClients)}) {
    for (const json& vector : vectors(direction)) {
      const json message = json::parse(vector.at("json").get<std::string>());
      const Reader reader = readers->at(type_of(message));
      with_each_place_changed(message, [&](const json& changed) {
        SCOPED_TRACE(changed.dump());
        EXPECT_NO_THROW({
          const Outcome outcome = reader(changed);
          if (outcome.error.empty()) {
            EXPECT_EQ(reader(outcome.written).error, "") << "what was read once is read again";
          }
        });
        ++looked;
      });
    }
  }
  EXPECT_GT(looked, 1'000u);
}

}  // namespace
}  // namespace roundelay::control::golden_test
