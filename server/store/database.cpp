#include "server/store/database.h"

#include <sqlite3.h>

#include <stdexcept>

#include "server/base/start_failure.h"

namespace roundelay {
namespace {

constexpr int kBusyAtStartMs = 2'000;  // the conductor before may be ending still

// StartFailure if the error is such that another try will not help, otherwise std::runtime_error.
[[noreturn]] void fail_start(const SQLite::Exception& error, const std::string& sentence) {
  switch (error.getErrorCode() & 0xFF) {  // the primary code
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_ERROR:  // what is in it does not fit
      throw StartFailure(sentence);
    default:
      throw std::runtime_error(sentence);
  }
}

SQLite::Database opened(const std::string& path) {
  try {
    return {path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX, kBusyAtStartMs};
  } catch (const SQLite::Exception& error) {
    fail_start(error, "The database " + path + " cannot be opened: " + error.what() + ".");
  }
}

}  // namespace

Database::Database(const std::string& path, std::span<const char* const> steps) : database_(opened(path)) {
  if (sqlite3_db_readonly(database_.getHandle(), "main") == 1)
    throw StartFailure("The database " + path + " cannot be written: it is read-only.");
  try {
    database_.exec("PRAGMA journal_mode = WAL");
    database_.exec("PRAGMA synchronous = FULL");
    // A step may make a table anew, and dropping the old one must not take along what refers to it.
    database_.exec("PRAGMA foreign_keys = OFF");
    migrate(database_, steps);
    database_.exec("PRAGMA foreign_keys = ON");
  } catch (const SQLite::Exception& error) {
    fail_start(error, "The database " + path + " cannot be used: " + error.what() + ".");
  }
}

SQLite::Statement Database::prepare(const std::string& sql) {
  try {
    return {database_, sql};
  } catch (const SQLite::Exception& error) {
    fail_start(error, std::string("The database does not fit this version: ") + error.what() + ".");
  }
}

}  // namespace roundelay
