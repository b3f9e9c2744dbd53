// Changes that the database has not taken yet, the last word on each thing. They are few: a turn of the conductor's loop makes
// them, its end stores them. Only while the database is locked or full do they grow, up to a bound. A value; no file, no clock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/room/sheet.h"
#include "server/store/recording_rows.h"
#include "server/store/stored.h"

namespace roundelay {

struct PendingChanges {
  static constexpr size_t kMostPeople = 20'000;  // those beyond are lost, and counted

  static constexpr size_t kMostSaid = 2'000;  // lines of the chat; likewise

  static constexpr size_t kMostMarks = 20'000;  // likewise

  static constexpr size_t kMostSung = 2'000;  // likewise

  struct RoomChange {
    StoredRoom room;  // without its key
    int64_t now;
  };
  using InRoom = std::pair<std::string, PersonId>;

  std::map<std::string, RoomChange> rooms;
  std::map<std::string, std::string> keys;       // their hashes, by room
  std::map<std::string, int64_t> touched_rooms;  // those that are not among `rooms`
  std::set<std::string> deleted_rooms;
  std::map<InRoom, StoredPerson> people;
  std::map<InRoom, int64_t> touched;                             // those who are not among `people`
  std::set<std::pair<std::string, std::string>> deleted_tracks;  // room, track
  using LineInRoom = std::pair<std::string, uint64_t>;
  std::map<LineInRoom, ChatLine> said;
  std::set<LineInRoom> unsaid;                                      // of those that the database holds
  std::optional<int64_t> forget_chats_before;                       // rooms last used before it
  std::map<std::pair<std::string, std::string>, Sheet> sheets;      // by room and id; without their text
  std::set<std::pair<std::string, std::string>> deleted_sheets;     // room, sheet
  std::map<std::string, StoredRecording> recordings;                // by id
  std::set<std::string> deleted_recordings;                         // ids
  std::set<std::pair<std::string, std::string>> deleted_scores;     // room, score
  std::optional<int64_t> drop_people_before;                        // done first
  std::set<std::string> forgotten_marks;                            // of these rooms; done before `marks`
  std::map<std::pair<std::string, std::string>, StoredMark> marks;  // by room and id

  std::map<std::pair<std::string, uint32_t>, SungSong> sung;  // by room and song
  std::set<std::pair<std::string, uint32_t>> not_sung;        // room, song; done before `sung`
  std::optional<int64_t> forget_sung_before_ms;               // done last of these

  // False: there are too many already.
  [[nodiscard]] bool save(const std::string& room, StoredPerson person) {
    const InRoom key{room, person.person.id};
    if (people.size() >= kMostPeople && !people.contains(key)) return false;
    touched.erase(key);
    people.insert_or_assign(key, std::move(person));
    return true;
  }
  // False: there are too many already.
  [[nodiscard]] bool say(const std::string& room, const ChatLine& line) {
    if (said.size() >= kMostSaid) return false;
    said.insert_or_assign({room, line.id}, line);
    return true;
  }
  // False: there are too many already.
  [[nodiscard]] bool mark(const std::string& room, const StoredMark& mark) {
    if (marks.size() >= kMostMarks) return false;
    marks.insert_or_assign({room, mark.mark.id}, mark);
    return true;
  }
  // False: there are too many already.
  [[nodiscard]] bool sing(const std::string& room, const SungSong& song) {
    if (sung.size() >= kMostSung) return false;
    sung.insert_or_assign({room, song.song}, song);
    return true;
  }
  void not_sing(const std::string& room, uint32_t song) {
    sung.erase({room, song});
    not_sung.emplace(room, song);
  }
  void forget_marks(const std::string& room) {
    std::erase_if(marks, [&](const auto& entry) { return entry.first.first == room; });
    forgotten_marks.insert(room);
  }
  void unsay(const std::string& room, uint64_t id) {
    if (said.erase({room, id}) == 0) unsaid.emplace(room, id);
  }
  void touch(const std::string& room, PersonId person, int64_t now) {
    if (const auto known = people.find({room, person}); known != people.end()) {
      known->second.last_seen = now;
    } else if (touched.size() < kMostPeople) {
      touched[{room, person}] = now;
    }
  }
  // With all that belongs to it.
  void delete_room(const std::string& id) {
    rooms.erase(id);
    keys.erase(id);
    touched_rooms.erase(id);
    std::erase_if(people, [&](const auto& entry) { return entry.first.first == id; });
    std::erase_if(touched, [&](const auto& entry) { return entry.first.first == id; });
    std::erase_if(deleted_tracks, [&](const auto& entry) { return entry.first == id; });
    std::erase_if(said, [&](const auto& entry) { return entry.first.first == id; });
    std::erase_if(unsaid, [&](const auto& entry) { return entry.first == id; });
    std::erase_if(sheets, [&](const auto& entry) { return entry.first.first == id; });
    std::erase_if(deleted_sheets, [&](const auto& entry) { return entry.first == id; });
    std::erase_if(recordings, [&](const auto& entry) { return entry.second.room == id; });
    std::erase_if(deleted_scores, [&](const auto& entry) { return entry.first == id; });
    std::erase_if(marks, [&](const auto& entry) { return entry.first.first == id; });
    forgotten_marks.erase(id);
    std::erase_if(sung, [&](const auto& entry) { return entry.first.first == id; });
    std::erase_if(not_sung, [&](const auto& entry) { return entry.first == id; });
    deleted_rooms.insert(id);
  }
  [[nodiscard]] size_t size() const {
    return rooms.size() + keys.size() + touched_rooms.size() + deleted_rooms.size() + people.size() + touched.size() +
           deleted_tracks.size() + said.size() + unsaid.size() + sheets.size() + deleted_sheets.size() + recordings.size() +
           deleted_recordings.size() + deleted_scores.size() + marks.size() + forgotten_marks.size() + sung.size() +
           not_sung.size() + (drop_people_before ? 1 : 0) + (forget_chats_before ? 1 : 0) + (forget_sung_before_ms ? 1 : 0);
  }
  // The rooms of which people see changes that are not stored: settings and tracks.
  [[nodiscard]] std::set<std::string> changed_rooms() const {
    std::set<std::string> out;
    for (const auto& [room, change] : rooms) out.insert(room);
    for (const auto& [room, track] : deleted_tracks) out.insert(room);
    for (const auto& [key, sheet] : sheets) out.insert(key.first);
    for (const auto& [room, sheet] : deleted_sheets) out.insert(room);
    for (const auto& [room, score] : deleted_scores) out.insert(room);
    return out;
  }
};

}  // namespace roundelay
