#include "server/store/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <array>

#include "server/base/start_failure.h"

namespace roundelay {
namespace {

constexpr std::array<const char*, 14> kMigrations = {
    R"(
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
)",
    // In LUFS; null: silence, or never measured.
    "ALTER TABLE tracks ADD COLUMN loudness REAL",
    R"(
ALTER TABLE rooms ADD COLUMN listed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX rooms_listed ON rooms(name) WHERE listed = 1;
CREATE INDEX rooms_unused ON rooms(last_used);
ALTER TABLE people ADD COLUMN part TEXT NOT NULL DEFAULT '';
ALTER TABLE people ADD COLUMN engineer INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN may_lead INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN held INTEGER NOT NULL DEFAULT 0;
ALTER TABLE people ADD COLUMN removed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX people_removed ON people(room) WHERE removed = 1;
)",
    R"(
CREATE TABLE chat (
  room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, id INTEGER NOT NULL, person INTEGER NOT NULL, name TEXT NOT NULL,
  text TEXT NOT NULL, at_ms INTEGER NOT NULL, announcement INTEGER NOT NULL,
  PRIMARY KEY (room, id)
) WITHOUT ROWID;
ALTER TABLE people ADD COLUMN hand_ms INTEGER NOT NULL DEFAULT 0;
)",
    // The words of songs; `times`: a JSON list of ms and nulls, one for each line.
    R"(
CREATE TABLE sheets (
  number INTEGER PRIMARY KEY, room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, id TEXT NOT NULL,
  title TEXT NOT NULL, format TEXT NOT NULL, version INTEGER NOT NULL, times TEXT NOT NULL, text TEXT NOT NULL,
  created INTEGER NOT NULL, UNIQUE (room, id)
);
)",
    // 0 to 2, as the console has it.
    "ALTER TABLE people ADD COLUMN volume REAL NOT NULL DEFAULT 1",
    // Recorded songs; `state` as clients see it, `tracks`: a JSON list of who sang.
    R"(
CREATE TABLE recordings (
  id TEXT PRIMARY KEY, room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, song INTEGER NOT NULL, title TEXT NOT NULL,
  began INTEGER NOT NULL, seconds REAL NOT NULL, state TEXT NOT NULL, tries INTEGER NOT NULL, cut INTEGER NOT NULL,
  missing INTEGER NOT NULL, tracks TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX recordings_of_room ON recordings(room, began);
ALTER TABLE people ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
)",
    // Scores; `pages`: a JSON list of where each lies in the blob, and its size (score.h).
    R"(
CREATE TABLE scores (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE,
  title TEXT NOT NULL, pages TEXT NOT NULL, sha256 TEXT NOT NULL, uploader INTEGER NOT NULL, created INTEGER NOT NULL
);
CREATE INDEX scores_of_room ON scores(room);
CREATE INDEX scores_blob ON scores(sha256);
)",
    // Marks of the song that lasts, in the order of their coming.
    R"(
CREATE TABLE song_marks (
  room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, id TEXT NOT NULL, song INTEGER NOT NULL, place INTEGER NOT NULL,
  position INTEGER NOT NULL, kind TEXT NOT NULL, payload TEXT NOT NULL,
  PRIMARY KEY (room, id)
) WITHOUT ROWID;
)",
    // Of tracks that came from the library: whose the song is, as JSON (credits.h); empty: nothing is known.
    "ALTER TABLE tracks ADD COLUMN credits TEXT NOT NULL DEFAULT ''",
    // How many sang and are not kept, as they wished.
    "ALTER TABLE recordings ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0",
    // What was sung to a backing; `song`: its number in the room, `credits` as those of tracks.
    R"(
CREATE TABLE sung (
  room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, song INTEGER NOT NULL, at_ms INTEGER NOT NULL, title TEXT NOT NULL,
  credits TEXT NOT NULL,
  PRIMARY KEY (room, song)
) WITHOUT ROWID;
CREATE INDEX sung_of_room ON sung(room, at_ms);
CREATE INDEX sung_by_time ON sung(at_ms);
)",
    // The mix that somebody asked for last could not be made.
    "ALTER TABLE recordings ADD COLUMN again_failed INTEGER NOT NULL DEFAULT 0",
    // The song's id in the library; 0: it is none of it, or it came before this was kept.
    R"(
ALTER TABLE tracks ADD COLUMN library_song INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sung ADD COLUMN library_song INTEGER NOT NULL DEFAULT 0;
)",
};

// How many of the steps the database has seen.
size_t steps_seen(SQLite::Database& database, size_t known) {
  SQLite::Statement statement(database, "PRAGMA user_version");
  statement.executeStep();
  const int64_t version = statement.getColumn(0).getInt64();
  if (version > static_cast<int64_t>(known)) {
    throw StartFailure("The database " + database.getFilename() + " was made by a newer version of Roundelay (schema " +
                       std::to_string(version) + "; this one knows up to " + std::to_string(known) + ").");
  }
  if (version < 0) {
    throw StartFailure("The database " + database.getFilename() + " was not made by Roundelay (schema " +
                       std::to_string(version) + ").");
  }
  return static_cast<size_t>(version);
}

}  // namespace

std::span<const char* const> migrations() {
  return kMigrations;
}

void migrate(SQLite::Database& database, std::span<const char* const> steps) {
  while (steps_seen(database, steps.size()) < steps.size()) {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const size_t seen = steps_seen(database, steps.size());  // another process may have been first
    if (seen < steps.size()) {
      database.exec(steps[seen]);
      if (SQLite::Statement(database, "PRAGMA foreign_key_check").executeStep())
        throw SQLite::Exception("step " + std::to_string(seen + 1) + " leaves rows that refer to nothing", SQLITE_CONSTRAINT);
      database.exec("PRAGMA user_version = " + std::to_string(seen + 1));
    }
    transaction.commit();
  }
}

}  // namespace roundelay
