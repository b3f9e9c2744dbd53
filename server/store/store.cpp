#include "server/store/store.h"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace roundelay {
namespace {

constexpr int kBusyMs = 10;  // others' writes are short
constexpr int kBusyAtEndMs = 1'000;
constexpr int64_t kRetryNs = 500'000'000;

}  // namespace

Store::Store(const std::string& path)
    : database_(path),
      rooms_(database_),
      people_(database_),
      tracks_(database_),
      chat_(database_),
      sheets_(database_),
      recordings_(database_),
      scores_(database_),
      marks_(database_),
      sung_(database_) {}

// --- Writing -------------------------------------------------------------------------------------------------------

void Store::failed(const std::string& reason) {
  ++failures_;
  error_ = reason;
}

// False ends the transaction. What breaks a rule of the schema would do so for ever: it is lost, and the rest goes on.
bool Store::taken(int result) {
  if (result == SQLITE_DONE) return true;
  if ((result & 0xFF) != SQLITE_CONSTRAINT) return false;
  ++lost_;
  spdlog::error("a change does not fit the database and is lost: {}", database_.error());
  return true;
}

template <typename Write>
bool Store::transaction(int patience_ms, Write&& write) {
  if (database_.transaction(patience_ms, std::forward<Write>(write))) return true;
  failed(database_.transaction_error());
  return false;
}

bool Store::write_pending() {
  const PendingChanges& all = pending_;
  if (all.drop_people_before && !taken(people_.drop_gone(*all.drop_people_before))) return false;
  for (const auto& [id, change] : all.rooms) {
    if (!taken(rooms_.save(change.room, change.now))) return false;
  }
  for (const auto& [id, key_hash] : all.keys) {
    if (!taken(rooms_.save_key(id, key_hash))) return false;
  }
  for (const auto& [id, now] : all.touched_rooms) {
    if (!taken(rooms_.touch(id, now))) return false;
  }
  for (const auto& [key, stored] : all.people) {
    if (!taken(people_.save(key.first, stored))) return false;
  }
  for (const auto& [key, seen] : all.touched) {
    if (!taken(people_.touch(key.first, key.second, seen))) return false;
  }
  for (const auto& [room, track] : all.deleted_tracks) {
    if (!taken(tracks_.remove(room, track))) return false;
  }
  for (const auto& [room, id] : all.unsaid) {
    if (!taken(chat_.remove(room, id))) return false;
  }
  for (const auto& [key, line] : all.said) {
    if (!taken(chat_.save(key.first, line))) return false;
  }
  if (all.forget_chats_before && !taken(chat_.forget(*all.forget_chats_before))) return false;
  for (const auto& [key, sheet] : all.sheets) {
    if (!taken(sheets_.save(key.first, sheet))) return false;
  }
  for (const auto& [room, sheet] : all.deleted_sheets) {
    if (!taken(sheets_.remove(room, sheet))) return false;
  }
  for (const auto& [id, recording] : all.recordings) {
    if (!taken(recordings_.save(recording))) return false;
  }
  for (const std::string& id : all.deleted_recordings) {
    if (!taken(recordings_.remove(id))) return false;
  }
  for (const auto& [room, score] : all.deleted_scores) {
    if (!taken(scores_.remove(room, score))) return false;
  }
  for (const std::string& room : all.forgotten_marks) {
    if (!taken(marks_.forget(room))) return false;
  }
  for (const auto& [key, mark] : all.marks) {
    if (!taken(marks_.save(key.first, mark))) return false;
  }
  for (const auto& [room, song] : all.not_sung) {
    if (!taken(sung_.remove(room, song))) return false;
  }
  for (const auto& [key, song] : all.sung) {
    if (!taken(sung_.save(key.first, song))) return false;
  }
  if (all.forget_sung_before_ms && !taken(sung_.forget(*all.forget_sung_before_ms))) return false;
  for (const std::string& id : all.deleted_rooms) {
    if (!taken(rooms_.remove(id))) return false;
  }
  return true;
}

bool Store::flush(int64_t now_ns) {
  if (pending_.size() == 0) return true;
  if (failing_ && now_ns < retry_ns_) return false;
  const int patience_ms = failing_ ? 0 : kBusyMs;  // while it fails, nobody waits for it
  failing_ = !transaction(patience_ms, [this] { return write_pending(); });
  if (failing_) {
    retry_ns_ = now_ns + kRetryNs;
    return false;
  }
  pending_ = {};
  return true;
}

bool Store::flush_patiently() {
  if (pending_.size() == 0) return true;
  if (!transaction(kBusyAtEndMs, [this] { return write_pending(); })) return false;
  pending_ = {};
  return true;
}

bool Store::add_room(const StoredRoom& room, int64_t now) {
  return flush() && transaction(kBusyMs, [&] { return rooms_.add(room, now) == SQLITE_DONE; });
}

bool Store::add_track(const std::string& room, const Track& track, int64_t now) {
  return flush() && transaction(kBusyMs, [&] { return tracks_.add(room, track, now) == SQLITE_DONE; });
}

bool Store::add_score(const std::string& room, const Score& score, int64_t now) {
  return flush() && transaction(kBusyMs, [&] { return scores_.add(room, score, now) == SQLITE_DONE; });
}

bool Store::add_sheet(const std::string& room, const Sheet& sheet, const std::string& text, int64_t now) {
  return flush() && transaction(kBusyMs, [&] { return sheets_.add(room, sheet, text, now) == SQLITE_DONE; });
}

bool Store::replace_sheet(const std::string& room, const Sheet& sheet, const std::string& text) {
  return flush() && transaction(kBusyMs, [&] { return sheets_.replace(room, sheet, text) == SQLITE_DONE; });
}

void Store::save_room(const StoredRoom& room, int64_t now) {
  pending_.touched_rooms.erase(room.id);
  pending_.rooms.insert_or_assign(room.id, PendingChanges::RoomChange{room, now});
}

void Store::save_key(const std::string& room, const std::string& key_hash) {
  pending_.keys[room] = key_hash;
}

void Store::touch_room(const std::string& room, int64_t now) {
  if (const auto waits = pending_.rooms.find(room); waits != pending_.rooms.end()) {
    waits->second.now = now;
  } else {
    pending_.touched_rooms[room] = now;
  }
}

void Store::delete_room(const std::string& room) {
  pending_.delete_room(room);
}

void Store::save_person(const std::string& room, const Person& person, bool present, int64_t now) {
  if (!pending_.save(room, {person, present, now})) ++lost_;
}

void Store::touch_person(const std::string& room, PersonId person, int64_t now) {
  pending_.touch(room, person, now);
}

void Store::delete_track(const std::string& room, const std::string& id) {
  pending_.deleted_tracks.emplace(room, id);
}

void Store::save_line(const std::string& room, const ChatLine& line) {
  if (!pending_.say(room, line)) ++lost_;
}

void Store::drop_line(const std::string& room, uint64_t id) {
  pending_.unsay(room, id);
}

void Store::forget_chats(int64_t before) {
  pending_.forget_chats_before = before;
}

void Store::save_sheet(const std::string& room, const Sheet& sheet) {
  pending_.sheets.insert_or_assign({room, sheet.id}, sheet);
}

void Store::delete_score(const std::string& room, const std::string& id) {
  pending_.deleted_scores.emplace(room, id);
}

void Store::delete_sheet(const std::string& room, const std::string& id) {
  pending_.sheets.erase({room, id});
  pending_.deleted_sheets.emplace(room, id);
}

void Store::save_recording(const StoredRecording& recording) {
  pending_.recordings.insert_or_assign(recording.shown.id, recording);
}

void Store::delete_recording(const std::string& id) {
  pending_.recordings.erase(id);
  pending_.deleted_recordings.insert(id);
}

void Store::save_mark(const std::string& room, const StoredMark& mark) {
  if (!pending_.mark(room, mark)) ++lost_;
}

void Store::forget_marks(const std::string& room) {
  pending_.forget_marks(room);
}

void Store::save_sung(const std::string& room, const SungSong& song) {
  if (!pending_.sing(room, song)) ++lost_;
}

void Store::drop_sung(const std::string& room, uint32_t song) {
  pending_.not_sing(room, song);
}

void Store::forget_sung(int64_t before_ms) {
  pending_.forget_sung_before_ms = before_ms;
}

void Store::drop_people(int64_t before) {
  pending_.drop_people_before = before;
}

// --- Reading: what waits is as true as what is stored ---------------------------------------------------------------

template <typename T>
FromStore<T> Store::noted(FromStore<T> read) {
  if (!read) failed(read.error().reason);
  return read;
}

FromStore<std::optional<StoredRoom>> Store::room(const std::string& id) {
  if (pending_.deleted_rooms.contains(id)) return std::nullopt;
  FromStore<std::optional<StoredRoom>> out = noted(rooms_.find(id));
  if (!out || !*out) return out;
  if (const auto change = pending_.rooms.find(id); change != pending_.rooms.end()) {
    std::string key_hash = std::move((*out)->key_hash);
    **out = change->second.room;
    (*out)->key_hash = std::move(key_hash);
  }
  if (const auto key = pending_.keys.find(id); key != pending_.keys.end()) (*out)->key_hash = key->second;
  return out;
}

FromStore<std::vector<StoredRoom>> Store::listed_rooms() {
  FromStore<std::vector<StoredRoom>> out = noted(rooms_.listed(kMostListed));
  if (!out) return out;
  std::erase_if(*out, [&](const StoredRoom& room) {
    const auto change = pending_.rooms.find(room.id);
    return pending_.deleted_rooms.contains(room.id) || (change != pending_.rooms.end() && !change->second.room.listed);
  });
  return out;
}

FromStore<std::vector<RoomLine>> Store::rooms_after(const std::string& id, int most) {
  return noted(rooms_.after(id, most));
}

FromStore<std::vector<std::string>> Store::unused_rooms(int64_t before, int most) {
  FromStore<std::vector<std::string>> out = noted(rooms_.unused(before, most));
  if (out)
    std::erase_if(*out, [&](const std::string& id) {
      return pending_.rooms.contains(id) || pending_.touched_rooms.contains(id) || pending_.deleted_rooms.contains(id);
    });
  return out;
}

FromStore<std::optional<StoredPerson>> Store::person(const std::string& room, PersonId person) {
  if (const auto waits = pending_.people.find({room, person}); waits != pending_.people.end()) return waits->second;
  return noted(people_.find(room, person));
}

template <typename Belongs>
FromStore<std::vector<StoredPerson>> Store::with_pending(FromStore<std::vector<StoredPerson>> read, const std::string& room,
                                                         Belongs&& belongs) {
  FromStore<std::vector<StoredPerson>> out = noted(std::move(read));
  if (!out) return out;
  std::erase_if(*out, [&](const StoredPerson& each) { return pending_.people.contains({room, each.person.id}); });
  for (StoredPerson& each : *out) {
    if (const auto touched = pending_.touched.find({room, each.person.id}); touched != pending_.touched.end())
      each.last_seen = touched->second;
  }
  for (auto waits = pending_.people.lower_bound({room, 0}); waits != pending_.people.end() && waits->first.first == room;
       ++waits) {
    if (belongs(waits->second)) out->push_back(waits->second);
  }
  return out;
}

FromStore<std::vector<StoredPerson>> Store::present_people(const std::string& room) {
  return with_pending(people_.present(room), room, [](const StoredPerson& each) { return each.present; });
}

FromStore<std::vector<StoredPerson>> Store::removed_people(const std::string& room) {
  return with_pending(people_.removed(room), room, [](const StoredPerson& each) { return each.person.removed; });
}

FromStore<std::vector<Track>> Store::tracks(const std::string& room) {
  FromStore<std::vector<Track>> out = noted(tracks_.of_room(room));
  if (out) std::erase_if(*out, [&](const Track& each) { return pending_.deleted_tracks.contains({room, each.id}); });
  return out;
}

FromStore<std::vector<ChatLine>> Store::chat(const std::string& room) {
  FromStore<std::vector<ChatLine>> out = noted(chat_.of_room(room));
  if (!out) return out;
  std::erase_if(*out, [&](const ChatLine& each) { return pending_.unsaid.contains({room, each.id}); });
  for (auto waits = pending_.said.lower_bound({room, 0}); waits != pending_.said.end() && waits->first.first == room; ++waits)
    out->push_back(waits->second);
  return out;
}

FromStore<std::vector<Sheet>> Store::sheets(const std::string& room) {
  FromStore<std::vector<Sheet>> out = noted(sheets_.of_room(room));
  if (!out) return out;
  std::erase_if(*out, [&](const Sheet& each) { return pending_.deleted_sheets.contains({room, each.id}); });
  for (Sheet& each : *out) {
    if (const auto changed = pending_.sheets.find({room, each.id}); changed != pending_.sheets.end()) each = changed->second;
  }
  return out;
}

FromStore<std::vector<StoredMark>> Store::marks(const std::string& room) {
  FromStore<std::vector<StoredMark>> out = noted(marks_.of_room(room));
  if (!out) return out;
  if (pending_.forgotten_marks.contains(room)) out->clear();
  std::erase_if(*out, [&](const StoredMark& each) { return pending_.marks.contains({room, each.mark.id}); });
  for (auto waits = pending_.marks.lower_bound({room, ""}); waits != pending_.marks.end() && waits->first.first == room; ++waits)
    out->push_back(waits->second);
  std::sort(out->begin(), out->end(), [](const StoredMark& a, const StoredMark& b) { return a.place < b.place; });
  return out;
}

FromStore<std::vector<SungSong>> Store::sung(const std::string& room, int64_t since_ms, int64_t until_ms, int most) {
  FromStore<std::vector<SungSong>> out = noted(sung_.of_room(room, since_ms, until_ms, most));
  if (!out) return out;
  std::reverse(out->begin(), out->end());
  std::erase_if(*out, [&](const SungSong& each) {
    return pending_.not_sung.contains({room, each.song}) || pending_.sung.contains({room, each.song});
  });
  for (auto waits = pending_.sung.lower_bound({room, 0}); waits != pending_.sung.end() && waits->first.first == room; ++waits) {
    if (waits->second.at_ms >= since_ms && waits->second.at_ms < until_ms) out->push_back(waits->second);
  }
  const size_t spare = out->size() > static_cast<size_t>(most) ? out->size() - static_cast<size_t>(most) : 0;
  out->erase(out->begin(), out->begin() + static_cast<std::ptrdiff_t>(spare));
  return out;
}

FromStore<std::optional<std::string>> Store::sheet_text(const std::string& room, const std::string& id) {
  if (pending_.deleted_sheets.contains({room, id})) return std::nullopt;
  return noted(sheets_.text(room, id));
}

template <typename Belongs>
FromStore<std::vector<StoredRecording>> Store::with_pending_recordings(FromStore<std::vector<StoredRecording>> read,
                                                                       Belongs&& belongs) {
  FromStore<std::vector<StoredRecording>> out = noted(std::move(read));
  if (!out) return out;
  std::erase_if(*out, [&](const StoredRecording& each) {
    return pending_.deleted_recordings.contains(each.shown.id) || pending_.recordings.contains(each.shown.id);
  });
  for (const auto& [id, waits] : pending_.recordings) {
    if (belongs(waits)) out->push_back(waits);
  }
  std::stable_sort(out->begin(), out->end(), [](const StoredRecording& a, const StoredRecording& b) {
    return std::pair(a.shown.began, a.song) < std::pair(b.shown.began, b.song);
  });
  return out;
}

FromStore<std::optional<StoredRecording>> Store::recording(const std::string& id) {
  if (pending_.deleted_recordings.contains(id)) return std::nullopt;
  if (const auto waits = pending_.recordings.find(id); waits != pending_.recordings.end()) return waits->second;
  return noted(recordings_.find(id));
}

FromStore<std::vector<StoredRecording>> Store::recordings(const std::string& room) {
  return with_pending_recordings(recordings_.of_room(room), [&](const StoredRecording& each) { return each.room == room; });
}

FromStore<std::vector<StoredRecording>> Store::unfinished_recordings() {
  return with_pending_recordings(recordings_.unfinished(), [](const StoredRecording& each) {
    return each.shown.state != control::RecordingState::kReady && each.shown.state != control::RecordingState::kFailed;
  });
}

FromStore<std::vector<StoredRecording>> Store::failed_recordings() {
  return with_pending_recordings(
      recordings_.failed(), [](const StoredRecording& each) { return each.shown.state == control::RecordingState::kFailed; });
}

FromStore<std::vector<StoredRecording>> Store::recordings_before(int64_t began) {
  return with_pending_recordings(recordings_.before(began),
                                 [&](const StoredRecording& each) { return each.shown.began < began; });
}

FromStore<std::vector<Score>> Store::scores(const std::string& room) {
  FromStore<std::vector<Score>> out = noted(scores_.of_room(room));
  if (out) std::erase_if(*out, [&](const Score& each) { return pending_.deleted_scores.contains({room, each.id}); });
  return out;
}

bool Store::score_blob_is_used(const std::string& sha256) {
  return noted(scores_.uses_blob(sha256)).value_or(true);
}

bool Store::blob_is_used(const std::string& sha256) {
  return noted(tracks_.uses_blob(sha256)).value_or(true);
}

}  // namespace roundelay
