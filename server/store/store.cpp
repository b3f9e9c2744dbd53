#include "server/store/store.h"

#include <spdlog/spdlog.h>
#include <sqlite3.h>

#include <utility>

#include "server/base/start_failure.h"

namespace roundelay {
namespace {

constexpr int kSchemaVersion = 1;
constexpr const char* kSchema = R"(
CREATE TABLE rooms (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, key_hash BLOB NOT NULL, settings TEXT NOT NULL,
  created INTEGER NOT NULL, last_used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE people (
  room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, person INTEGER NOT NULL,
  name TEXT NOT NULL, role TEXT NOT NULL, bucket INTEGER NOT NULL, muted INTEGER NOT NULL, organiser INTEGER NOT NULL,
  robot INTEGER NOT NULL, present INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (room, person)
) WITHOUT ROWID;
CREATE INDEX people_gone ON people(last_seen) WHERE present = 0;
CREATE TABLE tracks (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE,
  name TEXT NOT NULL, seconds REAL NOT NULL, channels INTEGER NOT NULL, sha256 TEXT NOT NULL, uploader INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX tracks_of_room ON tracks(room, number);
CREATE INDEX tracks_of_blob ON tracks(sha256);
PRAGMA user_version = 1;
)";

constexpr int kBusyAtStartMs = 2'000;  // the conductor before may be ending still
constexpr int kBusyMs = 10;            // others' writes are short
constexpr int kBusyAtEndMs = 1'000;
constexpr int64_t kRetryNs = 500'000'000;

StoredPerson read_person(const Statement& row) {
  StoredPerson out;
  out.person.id = static_cast<PersonId>(row.integer(0));
  out.person.name = row.text(1);
  out.person.role = role_from(row.text(2)).value_or(Role::kSinger);
  out.person.bucket = static_cast<int>(row.integer(3));
  out.person.muted = row.integer(4) != 0;
  out.person.organiser = row.integer(5) != 0;
  out.person.robot = row.integer(6) != 0;
  out.present = row.integer(7) != 0;
  out.last_seen = row.integer(8);
  return out;
}

}  // namespace

// --- Start-up ------------------------------------------------------------------------------------------------------

void Store::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

Store::Store(const std::string& path) : path_(path) {
  sqlite3* db = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (result != SQLITE_OK) fail_start(result, "The database " + path + " cannot be opened: " + sqlite3_errmsg(db) + ".");
  if (sqlite3_db_readonly(db, "main") == 1) throw StartFailure("The database " + path + " cannot be written: it is read-only.");
  sqlite3_busy_timeout(db, kBusyAtStartMs);
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA foreign_keys = ON");
  migrate();
  prepare();
}

Store::~Store() = default;

void Store::execute(const std::string& sql) {
  const int result = sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail_start(result, "The database " + path_ + " cannot be used: " + sqlite3_errmsg(db_.get()) + ".");
}

int64_t Store::schema_version() {
  Statement statement(db_.get(), "PRAGMA user_version");
  const int result = statement.start().step();
  if (result != SQLITE_ROW) fail_start(result, "The database " + path_ + " cannot be used: " + sqlite3_errmsg(db_.get()) + ".");
  const int64_t version = statement.integer(0);
  if (version > kSchemaVersion) {
    throw StartFailure("The database " + path_ + " was made by a newer version of Roundelay (schema " + std::to_string(version) +
                       "; this one knows up to " + std::to_string(kSchemaVersion) + ").");
  }
  return version;
}

void Store::migrate() {
  if (schema_version() == kSchemaVersion) return;  // nothing to write: somebody else may hold it locked
  execute("BEGIN IMMEDIATE");
  if (schema_version() == 0) execute(kSchema);  // another may have been first
  execute("COMMIT");
}

void Store::prepare() {
  const auto statement = [db = db_.get()](const char* sql) { return std::make_unique<Statement>(db, sql); };
  add_room_ = statement("INSERT INTO rooms(id, name, key_hash, settings, created, last_used) VALUES(?1, ?2, ?3, ?4, ?5, ?5)");
  save_room_ = statement("UPDATE rooms SET settings = ?2, last_used = ?3 WHERE id = ?1");
  room_ = statement("SELECT id, name, key_hash, settings FROM rooms WHERE id = ?1");
  save_person_ = statement(
      "INSERT INTO people(room, person, name, role, bucket, muted, organiser, robot, present, last_seen) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(room, person) DO UPDATE SET name = ?3, role = ?4, bucket = "
      "?5, "
      "muted = ?6, organiser = ?7, robot = ?8, present = ?9, last_seen = ?10");
  touch_person_ = statement("UPDATE people SET last_seen = ?3 WHERE room = ?1 AND person = ?2");
  constexpr const char* kPeople =
      "SELECT person, name, role, bucket, muted, organiser, robot, present, last_seen FROM people WHERE room = ?1 AND ";
  person_ = statement((std::string(kPeople) + "person = ?2").c_str());
  present_people_ = statement((std::string(kPeople) + "present = 1").c_str());
  drop_people_ = statement("DELETE FROM people WHERE present = 0 AND last_seen < ?1");
  add_track_ = statement(
      "INSERT INTO tracks(id, room, name, seconds, channels, sha256, uploader, created) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  delete_track_ = statement("DELETE FROM tracks WHERE room = ?1 AND id = ?2");
  tracks_ = statement("SELECT id, name, seconds, channels, sha256, uploader FROM tracks WHERE room = ?1 ORDER BY number");
  blob_is_used_ = statement("SELECT 1 FROM tracks WHERE sha256 = ?1 LIMIT 1");
}

// --- Writing -------------------------------------------------------------------------------------------------------

bool Store::run(const char* sql) {
  return sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

void Store::failed() {
  ++failures_;
  error_ = sqlite3_errmsg(db_.get());
}

tl::unexpected<StoreFailure> Store::failure() {
  failed();
  return tl::unexpected(StoreFailure{error_});
}

// False ends the transaction. What breaks a rule of the schema would do so for ever: it is lost, and the rest goes on.
bool Store::write(Statement& statement) {
  const int result = statement.step();
  if (result == SQLITE_DONE) return true;
  if ((result & 0xFF) != SQLITE_CONSTRAINT) return false;
  ++lost_;
  spdlog::error("a change does not fit the database and is lost: {}", sqlite3_errmsg(db_.get()));
  return true;
}

template <typename Write>
bool Store::transaction(int patience_ms, Write&& write) {
  sqlite3_busy_timeout(db_.get(), patience_ms);
  if (run("BEGIN IMMEDIATE") && write() && run("COMMIT")) return true;
  failed();
  if (sqlite3_get_autocommit(db_.get()) == 0) static_cast<void>(run("ROLLBACK"));
  return false;
}

bool Store::write_pending() {
  const PendingChanges& all = pending_;
  if (all.drop_people_before && !write(drop_people_->start().bind(*all.drop_people_before))) return false;
  for (const auto& [id, change] : all.rooms) {
    if (!write(save_room_->start().bind(id).bind(change.settings.dump()).bind(change.now))) return false;
  }
  for (const auto& [key, stored] : all.people) {
    const Person& person = stored.person;
    save_person_->start().bind(key.first).bind(static_cast<int64_t>(person.id)).bind(person.name);
    save_person_->bind(std::string(role_text(person.role))).bind(int64_t{person.bucket}).bind(int64_t{person.muted});
    save_person_->bind(int64_t{person.organiser})
        .bind(int64_t{person.robot})
        .bind(int64_t{stored.present})
        .bind(stored.last_seen);
    if (!write(*save_person_)) return false;
  }
  for (const auto& [key, seen] : all.touched) {
    if (!write(touch_person_->start().bind(key.first).bind(static_cast<int64_t>(key.second)).bind(seen))) return false;
  }
  for (const auto& [room, track] : all.deleted_tracks) {
    if (!write(delete_track_->start().bind(room).bind(track))) return false;
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
  if (!flush()) return false;
  add_room_->start().bind(room.id).bind(room.name).bind_blob(room.key_hash).bind(room.settings.dump()).bind(now);
  return transaction(kBusyMs, [this] { return add_room_->step() == SQLITE_DONE; });
}

bool Store::add_track(const std::string& room, const Track& track, int64_t now) {
  if (!flush()) return false;
  add_track_->start().bind(track.id).bind(room).bind(track.name).bind(track.seconds).bind(int64_t{track.channels});
  add_track_->bind(track.sha256).bind(static_cast<int64_t>(track.uploader)).bind(now);
  return transaction(kBusyMs, [this] { return add_track_->step() == SQLITE_DONE; });
}

void Store::save_room(const std::string& id, const nlohmann::json& settings, int64_t now) {
  pending_.rooms.insert_or_assign(id, PendingChanges::RoomChange{settings, now});
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

void Store::drop_people(int64_t before) {
  pending_.drop_people_before = before;
}

// --- Reading: what waits is as true as what is stored ---------------------------------------------------------------

FromStore<std::optional<StoredRoom>> Store::room(const std::string& id) {
  const int result = room_->start().bind(id).step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return failure();
  StoredRoom out{room_->text(0), room_->text(1), room_->text(2), nlohmann::json::parse(room_->text(3), nullptr, false)};
  room_->end();
  if (const auto change = pending_.rooms.find(id); change != pending_.rooms.end()) out.settings = change->second.settings;
  return out;
}

FromStore<std::optional<StoredPerson>> Store::person(const std::string& room, PersonId person) {
  if (const auto waits = pending_.people.find({room, person}); waits != pending_.people.end()) return waits->second;
  const int result = person_->start().bind(room).bind(static_cast<int64_t>(person)).step();
  if (result == SQLITE_DONE) return std::nullopt;
  if (result != SQLITE_ROW) return failure();
  StoredPerson out = read_person(*person_);
  person_->end();
  return out;
}

FromStore<std::vector<StoredPerson>> Store::present_people(const std::string& room) {
  std::vector<StoredPerson> out;
  present_people_->start().bind(room);
  int result = SQLITE_ROW;
  while ((result = present_people_->step()) == SQLITE_ROW) {
    StoredPerson person = read_person(*present_people_);
    if (pending_.people.contains({room, person.person.id})) continue;
    const auto touched = pending_.touched.find({room, person.person.id});
    if (touched != pending_.touched.end()) person.last_seen = touched->second;
    out.push_back(std::move(person));
  }
  if (result != SQLITE_DONE) return failure();
  for (auto waits = pending_.people.lower_bound({room, 0}); waits != pending_.people.end() && waits->first.first == room;
       ++waits) {
    if (waits->second.present) out.push_back(waits->second);
  }
  return out;
}

FromStore<std::vector<Track>> Store::tracks(const std::string& room) {
  std::vector<Track> out;
  tracks_->start().bind(room);
  int result = SQLITE_ROW;
  while ((result = tracks_->step()) == SQLITE_ROW) {
    if (pending_.deleted_tracks.contains({room, tracks_->text(0)})) continue;
    out.push_back({tracks_->text(0), tracks_->text(1), tracks_->real(2), static_cast<int>(tracks_->integer(3)), tracks_->text(4),
                   static_cast<uint64_t>(tracks_->integer(5))});
  }
  if (result != SQLITE_DONE) return failure();
  return out;
}

bool Store::blob_is_used(const std::string& sha256) {
  const bool used = blob_is_used_->start().bind(sha256).step() != SQLITE_DONE;
  blob_is_used_->end();
  return used;
}

}  // namespace roundelay
