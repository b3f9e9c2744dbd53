// What people in a room may say: the one table of commands, with who may give each and when. Nothing of a command is done, nor
// read, before the table was asked. Pure; on the conductor's loop.
#pragma once

#include <span>
#include <string_view>

#include "server/room/room.h"

namespace roundelay {

// Who may give a command.
enum class Who {
  kEverybody,
  kUnlessHeld,  // everybody but who was muted so that she may not undo it
  kWhoMayLead,  // singers; where leaders are appointed those, organisers, and any singer when none of them is there
  kLeader,
  kLeaderOrOrganiser,
  kPrepares,        // leader, organiser, and whoever was appointed to lead
  kLeaderOrOffice,  // leader, organiser, engineer
  kOrganiser,
  kOrganiserOrEngineer,
  kOrganiserOrUploader,  // of the track that the command names
  kWhoMayStop,           // leader, organiser, and any singer when there is no leader who could; the last (room_rights.cpp)
};

// When anybody may.
enum class When {
  kAlways,
  kLed,     // when somebody leads
  kSong,    // while a song lasts
  kSilence  // between songs
};

struct Command {
  using Handler = Room::Answer (*)(Room& room, const Person& by, const nlohmann::json& message, Moment now, Effects& out);

  std::string_view type;
  Who who = Who::kEverybody;
  const char* to_others = "";  // the sentence's code (`not_allowed`) for those who may not
  When when = When::kAlways;
  const char* at_other_times = "";  // the sentence's code for those who may, but not now
  Handler handler = nullptr;
};

// Whether other programs that keep the room may give it: what organisers may do to a room and to others, what is said in it, and
// to start the song that the leader sings. What concerns oneself they have not, and they hand on nothing that opens the room.
[[nodiscard]] bool programs_may(const Command& command);

// To singers who may not lead where leaders are appointed.
inline constexpr const char* kNotAppointed = "leaders_are_appointed";

// To those who may not change the words of songs.
inline constexpr const char* kWordsAreTheirs = "words_are_theirs";
inline constexpr const char* kScoresAreTheirs = "scores_are_theirs";

// To those who may not change the programme.
inline constexpr const char* kProgrammeIsTheirs = "programme_is_theirs";

class Commands {
 public:
  [[nodiscard]] static std::span<const Command> all();
  // Null if there is none of this type.
  [[nodiscard]] static const Command* find(std::string_view type);

 private:
  struct Row;
};

}  // namespace roundelay
