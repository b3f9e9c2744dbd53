// What a room wants done, as values: the room itself does no input or output. They are carried out in order.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/room/chat.h"
#include "server/room/person.h"
#include "server/room/score.h"
#include "server/room/sheet.h"
#include "server/room/song.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/mix_again.h"

namespace roundelay {

namespace effect {

// A control message to one client.
struct ToSession {
  SessionId session;
  nlohmann::json message;
};
// A control message to everybody who is admitted.
struct ToRoom {
  nlohmann::json message;
};
// The session belongs to the room, as this person.
struct Admit {
  Person person;
  bool leader;
  double gain = 1;     // factor on her voice
  int part_lane = -1;  // her part as shards count them, from 0; -1: none
};
// Close this websocket, after what was sent before.
struct Expel {
  SessionId session;
  int code;  // PROTOCOL.md 3.3
  std::string reason;
};
// Store the person; `present`: she has a place in the room.
struct SavePerson {
  Person person;
  bool present;
};
// Store this line of the chat.
struct SaveLine {
  ChatLine line;
};
// Forget it.
struct DropLine {
  uint64_t id;
};
// Store the settings, the rules and the chosen track.
struct SaveRoom {};
// Forget this track, and its blob when nobody else uses it.
struct DeleteTrack {
  Track track;
};
// Store the sheet's title, times and version.
struct SaveSheet {
  Sheet sheet;
};
// Forget this sheet.
struct DeleteSheet {
  std::string sheet;  // its id
};
// Forget this score, and its blob when nobody else uses it.
struct DeleteScore {
  Score score;
};
// Store this mark of the song.
struct SaveMark {
  uint32_t song;  // its number
  size_t place;   // in the order of their coming
  control::Mark mark;
};
// Forget all marks of the room.
struct ForgetMarks {};
// Note that this song is sung to a track, from now on, whose credits these are.
struct SaveSung {
  uint32_t song;  // its number
  std::string title;
  control::Credits credits;
  int64_t library_song;  // its id in the library; 0: it is none of it
};
// It was not: it was stopped at once.
struct DropSung {
  uint32_t song;
};
// A song is over: its blob may have been waiting for that.
struct SongOver {
  Digest digest;
};
// Publish the room's state in shared memory.
struct Publish {};
// This is the organiser's key from now on.
struct SaveKey {
  std::string key;
};
// The song is recorded from now on. May come again in the same song.
struct RecordSong {
  uint32_t song;
  Position start;
  std::string title;
};
// Forget this recording, with its files.
struct DeleteRecording {
  std::string recording;  // its id
};
// Mix its tracks anew.
struct MixAgain {
  control::MixAgain wish;
  std::optional<SessionId> by;  // who is told if that cannot be; nothing: another program
};
// The room ends, with all that it holds: when everything else was carried out.
struct DeleteRoom {};

}  // namespace effect

using Effect = std::variant<effect::ToSession, effect::ToRoom, effect::Admit, effect::Expel, effect::SavePerson, effect::SaveLine,
                            effect::DropLine, effect::SaveRoom, effect::DeleteTrack, effect::SaveSheet, effect::DeleteSheet,
                            effect::DeleteScore, effect::SaveMark, effect::ForgetMarks, effect::SaveSung, effect::DropSung,
                            effect::SongOver, effect::Publish, effect::SaveKey, effect::RecordSong, effect::DeleteRecording,
                            effect::MixAgain, effect::DeleteRoom>;
using Effects = std::vector<Effect>;

// Close codes of PROTOCOL.md 3.3 that the conductor uses.
inline constexpr int kCloseLeft = 1000;
inline constexpr int kCloseRestart = 1001;
inline constexpr int kCloseElsewhere = 4001;
inline constexpr int kCloseNotAdmitted = 4003;
inline constexpr int kCloseBusy = 4009;

// A sentence for everybody.
[[nodiscard]] effect::ToRoom notice(Sentence sentence);

}  // namespace roundelay
