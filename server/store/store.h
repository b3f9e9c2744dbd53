// What outlives the server: rooms, people, tracks, in SQLite (write-ahead log, synced at every commit, so that it survives kill
// -9 and a loss of power). Used by the conductor's loop only.
//
// Changes are collected; flush() stores them in one transaction. So a turn of the loop costs one sync, and what it answers is
// sent after that. A database that is locked, full or failing never holds up the loop: the changes wait in memory, in force for
// all that is read here, and are tried again; the caller says so to those whom it concerns. What must not be acknowledged before
// it is stored (a new room, a new track) is stored at once or refused.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mixer/timeline.h"
#include "server/room/song.h"
#include "server/store/chat_rows.h"
#include "server/store/database.h"
#include "server/store/mark_rows.h"
#include "server/store/pending_changes.h"
#include "server/store/person_rows.h"
#include "server/store/recording_rows.h"
#include "server/store/room_rows.h"
#include "server/store/score_rows.h"
#include "server/store/sheet_rows.h"
#include "server/store/stored.h"
#include "server/store/sung_rows.h"
#include "server/store/track_rows.h"

namespace roundelay {

class Store {
 public:
  static constexpr int kMostListed = 100;

  // Opens or makes the database and brings it to this version's schema. Throws std::runtime_error with a sentence, StartFailure
  // where another try would not help: start-up only.
  explicit Store(const std::string& path);
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Times are Unix seconds. At once or not at all: false when the database does not take it; error() tells why.
  [[nodiscard]] bool add_room(const StoredRoom& room, int64_t now);
  [[nodiscard]] bool add_track(const std::string& room, const Track& track, int64_t now);

  [[nodiscard]] bool add_score(const std::string& room, const Score& score, int64_t now);
  [[nodiscard]] bool add_sheet(const std::string& room, const Sheet& sheet, const std::string& text, int64_t now);
  [[nodiscard]] bool replace_sheet(const std::string& room, const Sheet& sheet, const std::string& text);

  // In force at once, stored by flush().
  // All but its key.
  void save_room(const StoredRoom& room, int64_t now);
  void save_key(const std::string& room, const std::string& key_hash);
  // It is in use.
  void touch_room(const std::string& room, int64_t now);
  // With its people and tracks; their blobs are the caller's.
  void delete_room(const std::string& room);
  void save_person(const std::string& room, const Person& person, bool present, int64_t now);
  // She is still here: a crash now must not make her look long gone.
  void touch_person(const std::string& room, PersonId person, int64_t now);
  void delete_track(const std::string& room, const std::string& id);
  void save_line(const std::string& room, const ChatLine& line);
  void drop_line(const std::string& room, uint64_t id);
  // What was said in rooms that were last used before `before`.
  void forget_chats(int64_t before);
  // All but its text and format.
  void save_sheet(const std::string& room, const Sheet& sheet);
  void delete_sheet(const std::string& room, const std::string& id);
  // A recording is new, or has changed.
  void save_recording(const StoredRecording& recording);
  void delete_recording(const std::string& id);
  void delete_score(const std::string& room, const std::string& id);
  // Of the song that lasts.
  void save_mark(const std::string& room, const StoredMark& mark);
  void forget_marks(const std::string& room);
  // A song has begun to a backing.
  void save_sung(const std::string& room, const SungSong& song);
  // It was stopped at once.
  void drop_sung(const std::string& room, uint32_t song);
  // What was begun in all rooms before this Unix time in milliseconds.
  void forget_sung(int64_t before_ms);
  // Drops those without a place who were last seen before `before`.
  void drop_people(int64_t before);

  [[nodiscard]] FromStore<std::optional<StoredRoom>> room(const std::string& id);
  [[nodiscard]] FromStore<std::vector<StoredRoom>> listed_rooms();  // by name, kMostListed at most
  // As stored, by id: those behind this one, `most` at most.
  [[nodiscard]] FromStore<std::vector<RoomLine>> rooms_after(const std::string& id, int most);
  // Those that were last used before `before`, the longest unused first; `most` at most.
  [[nodiscard]] FromStore<std::vector<std::string>> unused_rooms(int64_t before, int most);
  [[nodiscard]] FromStore<std::optional<StoredPerson>> person(const std::string& room, PersonId person);
  [[nodiscard]] FromStore<std::vector<StoredPerson>> present_people(const std::string& room);
  [[nodiscard]] FromStore<std::vector<StoredPerson>> removed_people(const std::string& room);
  [[nodiscard]] FromStore<std::vector<Track>> tracks(const std::string& room);   // in the order of their coming
  [[nodiscard]] FromStore<std::vector<ChatLine>> chat(const std::string& room);  // the oldest line first
  [[nodiscard]] FromStore<std::vector<Sheet>> sheets(const std::string& room);   // in the order of their coming
  [[nodiscard]] FromStore<std::vector<StoredMark>> marks(const std::string& room);
  // Begun from `since_ms` on and before `until_ms`, Unix time in milliseconds: the latest ones, `most` at most, the first first.
  [[nodiscard]] FromStore<std::vector<SungSong>> sung(const std::string& room, int64_t since_ms, int64_t until_ms, int most);
  // Nothing: there is no such sheet.
  [[nodiscard]] FromStore<std::optional<std::string>> sheet_text(const std::string& room, const std::string& id);
  [[nodiscard]] FromStore<std::optional<StoredRecording>> recording(const std::string& id);
  [[nodiscard]] FromStore<std::vector<StoredRecording>> recordings(const std::string& room);  // the oldest first
  [[nodiscard]] FromStore<std::vector<StoredRecording>> unfinished_recordings();              // neither ready nor failed
  [[nodiscard]] FromStore<std::vector<StoredRecording>> failed_recordings();
  [[nodiscard]] FromStore<std::vector<StoredRecording>> recordings_before(int64_t began);  // of all rooms
  [[nodiscard]] FromStore<std::vector<Score>> scores(const std::string& room);             // in the order of their coming
  // Of tracks, and of scores. Also when that is not known.
  [[nodiscard]] bool blob_is_used(const std::string& sha256);
  [[nodiscard]] bool score_blob_is_used(const std::string& sha256);

  // Stores what waits; true if nothing waits any more. After a failure it tries again twice a second.
  [[nodiscard]] bool flush(int64_t now_ns = monotonic_ns());
  // For the end: waits a second for a lock, as flush() never does.
  [[nodiscard]] bool flush_patiently();
  [[nodiscard]] const PendingChanges& pending() const { return pending_; }
  [[nodiscard]] uint64_t failures() const { return failures_; }  // of flush() and of what was refused
  [[nodiscard]] uint64_t lost() const { return lost_; }          // changes that were dropped: too many, or impossible
  [[nodiscard]] const std::string& error() const { return error_; }

 private:
  // All of `write` or nothing; waits so long for somebody else's lock.
  template <typename Write>
  [[nodiscard]] bool transaction(int patience_ms, Write&& write);
  [[nodiscard]] bool write_pending();
  // Of SQLite's result of one change of those that wait.
  [[nodiscard]] bool taken(int result);
  // Counts a failure.
  void failed(const std::string& reason);
  // With what waits; `belongs` says which of it are meant.
  template <typename Belongs>
  FromStore<std::vector<StoredRecording>> with_pending_recordings(FromStore<std::vector<StoredRecording>> read,
                                                                  Belongs&& belongs);
  template <typename T>
  FromStore<T> noted(FromStore<T> read);
  // With what waits; `belongs` says who of those are meant.
  template <typename Belongs>
  FromStore<std::vector<StoredPerson>> with_pending(FromStore<std::vector<StoredPerson>> read, const std::string& room,
                                                    Belongs&& belongs);

  Database database_;
  RoomRows rooms_;
  PersonRows people_;
  TrackRows tracks_;
  ChatRows chat_;
  SheetRows sheets_;
  RecordingRows recordings_;
  ScoreRows scores_;
  MarkRows marks_;
  SungRows sung_;
  PendingChanges pending_;
  bool failing_ = false;
  int64_t retry_ns_ = 0;
  uint64_t failures_ = 0;
  uint64_t lost_ = 0;
  std::string error_;
};

}  // namespace roundelay
