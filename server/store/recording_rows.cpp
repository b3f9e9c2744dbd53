#include "server/store/recording_rows.h"

#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <utility>

namespace roundelay {
namespace {

constexpr const char* kSelectRecordings =
    "SELECT id, room, song, title, began, seconds, state, tries, cut, missing, tracks, left_out, again_failed FROM recordings "
    "WHERE ";

StoredRecording read_recording(const Query& row) {
  StoredRecording out{.room = row.text(1),
                      .song = static_cast<uint32_t>(row.integer(2)),
                      .tries = static_cast<int>(row.integer(7)),
                      .shown = {.id = row.text(0),
                                .title = row.text(3),
                                .began = row.integer(4),
                                .seconds = row.real(5),
                                .state = control::recording_state(row.text(6)).value_or(control::RecordingState::kFailed),
                                .cut = row.integer(8) != 0,
                                .missing_blocks = row.integer(9)}};
  const nlohmann::json stored{{"tracks", nlohmann::json::parse(row.text(10), nullptr, false)}};
  if (auto tracks = control::read_list<control::RecordedTrack>(stored, "tracks")) out.shown.tracks = *std::move(tracks);
  out.shown.left_out = static_cast<int>(row.integer(11));
  out.shown.again_failed = row.integer(12) != 0;
  return out;
}

}  // namespace

RecordingRows::RecordingRows(Database& database)
    : database_(database),
      save_(database.prepare(
          "INSERT INTO recordings(id, room, song, title, began, seconds, state, tries, cut, missing, tracks, left_out, "
          "again_failed) "
          "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT(id) DO UPDATE SET title = ?4, began = ?5, "
          "seconds = ?6, state = ?7, tries = ?8, cut = ?9, missing = ?10, tracks = ?11, left_out = ?12, again_failed = ?13")),
      remove_(database.prepare("DELETE FROM recordings WHERE id = ?1")),
      find_(database.prepare(std::string(kSelectRecordings) + "id = ?1")),
      of_room_(database.prepare(std::string(kSelectRecordings) + "room = ?1 ORDER BY began, song")),
      unfinished_(database.prepare(std::string(kSelectRecordings) + "state NOT IN ('ready', 'failed') ORDER BY began, song")),
      failed_(database.prepare(std::string(kSelectRecordings) + "state = 'failed' ORDER BY began, song")),
      before_(database.prepare(std::string(kSelectRecordings) + "began < ?1")) {}

int RecordingRows::save(const StoredRecording& recording) {
  const control::Recording& shown = recording.shown;
  return Query(save_, shown.id, recording.room, static_cast<int64_t>(recording.song), shown.title, shown.began, shown.seconds,
               std::string(control::state_text(shown.state)), recording.tries, int{shown.cut}, shown.missing_blocks,
               control::list_json(shown.tracks).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), shown.left_out,
               int{shown.again_failed})
      .step();
}

int RecordingRows::remove(const std::string& id) {
  return Query(remove_, id).step();
}

FromStore<std::vector<StoredRecording>> RecordingRows::all(Query& query) {
  std::vector<StoredRecording> out;
  int result = SQLITE_ROW;
  while ((result = query.step()) == SQLITE_ROW) out.push_back(read_recording(query));
  if (result != SQLITE_DONE) return database_.failure();
  return out;
}

FromStore<std::optional<StoredRecording>> RecordingRows::find(const std::string& id) {
  Query query(find_, id);
  const int result = query.step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return database_.failure();
  return read_recording(query);
}

FromStore<std::vector<StoredRecording>> RecordingRows::of_room(const std::string& room) {
  Query query(of_room_, room);
  return all(query);
}

FromStore<std::vector<StoredRecording>> RecordingRows::unfinished() {
  Query query(unfinished_);
  return all(query);
}

FromStore<std::vector<StoredRecording>> RecordingRows::failed() {
  Query query(failed_);
  return all(query);
}

FromStore<std::vector<StoredRecording>> RecordingRows::before(int64_t began) {
  Query query(before_, began);
  return all(query);
}

}  // namespace roundelay
