#include "server/library/library_migrations.h"

#include <array>

namespace roundelay {
namespace {

constexpr std::array kLibraryMigrations = {
    // Times are Unix time in seconds. `name_key`: the name as names are compared. `hash` of what is secret and random: BLAKE2b.
    // A song's file is stored once for each content, under its SHA-256 in hex. `uploader` null: somebody without an account.
    R"(
CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, name_key TEXT NOT NULL UNIQUE, password TEXT NOT NULL,
  role TEXT NOT NULL, created INTEGER NOT NULL
);
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  hash BLOB NOT NULL UNIQUE, created INTEGER NOT NULL, last_used INTEGER NOT NULL, address TEXT NOT NULL
);
CREATE INDEX sessions_of_account ON sessions(account);
CREATE INDEX sessions_unused ON sessions(last_used);
CREATE TABLE invitations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, created INTEGER NOT NULL,
  maker INTEGER REFERENCES accounts(id) ON DELETE CASCADE
);
CREATE TABLE api_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT, account INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
  hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, created INTEGER NOT NULL, last_used INTEGER NOT NULL
);
CREATE INDEX api_tokens_of_account ON api_tokens(account);
CREATE TABLE files (
  hash TEXT PRIMARY KEY, bytes INTEGER NOT NULL, kind TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE songs (
  id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, hash TEXT NOT NULL REFERENCES files(hash),
  uploader INTEGER REFERENCES accounts(id) ON DELETE CASCADE, private INTEGER NOT NULL, status TEXT NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX songs_of_file ON songs(hash);
CREATE INDEX songs_of_uploader ON songs(uploader);
)",
};

}  // namespace

std::span<const char* const> library_migrations() {
  return kLibraryMigrations;
}

}  // namespace roundelay
