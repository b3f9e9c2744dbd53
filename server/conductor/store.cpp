#include "server/conductor/store.h"

#include <sqlite3.h>

#include <stdexcept>

#include "server/program/start_failure.h"

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

// Another try will not help.
bool is_for_good(int result) {
  switch (result & 0xFF) {  // the primary code
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_ERROR:  // what is in it does not fit
    case SQLITE_SCHEMA:
      return true;
    default:
      return false;
  }
}

[[noreturn]] void fail_start(int result, const std::string& sentence) {
  if (is_for_good(result)) throw StartFailure(sentence);
  throw std::runtime_error(sentence);
}

}  // namespace

// A prepared statement: bind in order, step, read in order. Reset before every use.
class Store::Statement {
 public:
  Statement(sqlite3* db, const char* sql) {
    const int result = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (result != SQLITE_OK)
      fail_start(result, std::string("The database does not fit this version: ") + sqlite3_errmsg(db) + ".");
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& start() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    bound_ = 0;
    return *this;
  }
  Statement& bind(const std::string& text) {
    sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
  }
  Statement& bind_blob(const std::string& bytes) {
    sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
    return *this;
  }
  Statement& bind(int64_t number) {
    sqlite3_bind_int64(statement_, ++bound_, number);
    return *this;
  }
  Statement& bind(double number) {
    sqlite3_bind_double(statement_, ++bound_, number);
    return *this;
  }
  [[nodiscard]] int step() { return sqlite3_step(statement_); }
  // One row of a query is there to be read.
  bool row() { return sqlite3_step(statement_) == SQLITE_ROW; }
  bool done() {
    const bool ok = sqlite3_step(statement_) == SQLITE_DONE;
    sqlite3_reset(statement_);
    return ok;
  }
  void end() { sqlite3_reset(statement_); }
  [[nodiscard]] std::string text(int column) const {
    const void* bytes = sqlite3_column_blob(statement_, column);
    const auto count = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), count);
  }
  [[nodiscard]] int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] double real(int column) const { return sqlite3_column_double(statement_, column); }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

void Store::Close::operator()(sqlite3* db) const {
  sqlite3_close_v2(db);
}

Store::Store(const std::string& path) : path_(path) {
  sqlite3* db = nullptr;
  const int result =
      sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  db_.reset(db);
  if (result != SQLITE_OK) fail_start(result, "The database " + path + " cannot be opened: " + error() + ".");
  if (sqlite3_db_readonly(db, "main") == 1) throw StartFailure("The database " + path + " cannot be written: it is read-only.");
  sqlite3_busy_timeout(db, 2'000);  // the conductor before may be ending still
  execute("PRAGMA journal_mode = WAL");
  execute("PRAGMA synchronous = FULL");
  execute("PRAGMA foreign_keys = ON");
  migrate();
  const auto prepare = [db](const char* sql) { return std::make_unique<Statement>(db, sql); };
  add_room_ = prepare("INSERT INTO rooms(id, name, key_hash, settings, created, last_used) VALUES(?1, ?2, ?3, ?4, ?5, ?5)");
  save_room_ = prepare("UPDATE rooms SET settings = ?2, last_used = ?3 WHERE id = ?1");
  room_ = prepare("SELECT id, name, key_hash, settings FROM rooms WHERE id = ?1");
  save_person_ = prepare(
      "INSERT INTO people(room, person, name, role, bucket, muted, organiser, robot, present, last_seen) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT(room, person) DO UPDATE SET name = ?3, role = ?4, bucket = "
      "?5, "
      "muted = ?6, organiser = ?7, robot = ?8, present = ?9, last_seen = ?10");
  touch_person_ = prepare("UPDATE people SET last_seen = ?3 WHERE room = ?1 AND person = ?2");
  constexpr const char* kPeople =
      "SELECT person, name, role, bucket, muted, organiser, robot, present, last_seen FROM people WHERE room = ?1 AND ";
  person_ = prepare((std::string(kPeople) + "person = ?2").c_str());
  present_people_ = prepare((std::string(kPeople) + "present = 1").c_str());
  drop_people_ = prepare("DELETE FROM people WHERE present = 0 AND last_seen < ?1");
  add_track_ = prepare(
      "INSERT INTO tracks(id, room, name, seconds, channels, sha256, uploader, created) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  delete_track_ = prepare("DELETE FROM tracks WHERE room = ?1 AND id = ?2");
  tracks_ = prepare("SELECT id, name, seconds, channels, sha256, uploader FROM tracks WHERE room = ?1 ORDER BY number");
  blob_is_used_ = prepare("SELECT 1 FROM tracks WHERE sha256 = ?1 LIMIT 1");
}

Store::~Store() {
  static_cast<void>(flush());
}

void Store::execute(const char* sql) {
  const int result = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
  if (result != SQLITE_OK) fail_start(result, "The database " + path_ + " cannot be used: " + error() + ".");
}

int64_t Store::schema_version() {
  Statement statement(db_.get(), "PRAGMA user_version");
  const int result = statement.start().step();
  if (result != SQLITE_ROW) fail_start(result, "The database " + path_ + " cannot be used: " + error() + ".");
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

bool Store::begin() {
  if (in_transaction_) return true;
  in_transaction_ = sqlite3_exec(db_.get(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK;
  return in_transaction_;
}

bool Store::flush() {
  if (!in_transaction_) return true;
  in_transaction_ = false;
  commit_error_.clear();
  if (sqlite3_exec(db_.get(), "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK) return true;
  commit_error_ = sqlite3_errmsg(db_.get());
  sqlite3_exec(db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  return false;
}

std::string Store::error() const {
  return !commit_error_.empty() ? commit_error_ : sqlite3_errmsg(db_.get());
}

bool Store::add_room(const StoredRoom& room, int64_t now) {
  return begin() &&
         add_room_->start().bind(room.id).bind(room.name).bind_blob(room.key_hash).bind(room.settings.dump()).bind(now).done();
}

bool Store::save_room(const std::string& id, const nlohmann::json& settings, int64_t now) {
  return begin() && save_room_->start().bind(id).bind(settings.dump()).bind(now).done();
}

std::optional<StoredRoom> Store::room(const std::string& id) {
  std::optional<StoredRoom> out;
  if (room_->start().bind(id).row()) {
    out = StoredRoom{room_->text(0), room_->text(1), room_->text(2), nlohmann::json::parse(room_->text(3), nullptr, false)};
  }
  room_->end();
  return out;
}

bool Store::save_person(const std::string& room, const Person& person, bool present, int64_t now) {
  return begin() && save_person_->start()
                        .bind(room)
                        .bind(static_cast<int64_t>(person.id))
                        .bind(person.name)
                        .bind(std::string(role_text(person.role)))
                        .bind(int64_t{person.bucket})
                        .bind(int64_t{person.muted})
                        .bind(int64_t{person.organiser})
                        .bind(int64_t{person.robot})
                        .bind(int64_t{present})
                        .bind(now)
                        .done();
}

bool Store::touch_person(const std::string& room, PersonId person, int64_t now) {
  return begin() && touch_person_->start().bind(room).bind(static_cast<int64_t>(person)).bind(now).done();
}

namespace {

template <typename Row>
StoredPerson read_person(const Row& row) {
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

std::optional<StoredPerson> Store::person(const std::string& room, PersonId person) {
  std::optional<StoredPerson> out;
  if (person_->start().bind(room).bind(static_cast<int64_t>(person)).row()) out = read_person(*person_);
  person_->end();
  return out;
}

std::vector<StoredPerson> Store::present_people(const std::string& room) {
  std::vector<StoredPerson> out;
  present_people_->start().bind(room);
  while (present_people_->row()) out.push_back(read_person(*present_people_));
  present_people_->end();
  return out;
}

bool Store::drop_people(int64_t before) {
  return begin() && drop_people_->start().bind(before).done();
}

bool Store::add_track(const std::string& room, const Track& track, int64_t now) {
  return begin() && add_track_->start()
                        .bind(track.id)
                        .bind(room)
                        .bind(track.name)
                        .bind(track.seconds)
                        .bind(int64_t{track.channels})
                        .bind(track.sha256)
                        .bind(static_cast<int64_t>(track.uploader))
                        .bind(now)
                        .done();
}

bool Store::delete_track(const std::string& room, const std::string& id) {
  return begin() && delete_track_->start().bind(room).bind(id).done();
}

std::vector<Track> Store::tracks(const std::string& room) {
  std::vector<Track> out;
  tracks_->start().bind(room);
  while (tracks_->row()) {
    out.push_back({tracks_->text(0), tracks_->text(1), tracks_->real(2), static_cast<int>(tracks_->integer(3)), tracks_->text(4),
                   static_cast<uint64_t>(tracks_->integer(5))});
  }
  tracks_->end();
  return out;
}

bool Store::blob_is_used(const std::string& sha256) {
  const bool used = !blob_is_used_->start().bind(sha256).done();  // also when the database fails: then nothing is removed
  blob_is_used_->end();
  return used;
}

}  // namespace roundelay
