#include "server/store/statement.h"

#include <sqlite3.h>

#include <stdexcept>

#include "server/base/start_failure.h"

namespace roundelay {

void fail_start(int result, const std::string& sentence) {
  switch (result & 0xFF) {  // the primary code
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

Statement::Statement(sqlite3* db, const char* sql) {
  const int result = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (result != SQLITE_OK) fail_start(result, std::string("The database does not fit this version: ") + sqlite3_errmsg(db) + ".");
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Statement& Statement::start() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
  bound_ = 0;
  return *this;
}

Statement& Statement::bind(const std::string& text) {
  sqlite3_bind_text64(statement_, ++bound_, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(const std::string& bytes) {
  sqlite3_bind_blob64(statement_, ++bound_, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
  return *this;
}

Statement& Statement::bind(int64_t number) {
  sqlite3_bind_int64(statement_, ++bound_, number);
  return *this;
}

Statement& Statement::bind(double number) {
  sqlite3_bind_double(statement_, ++bound_, number);
  return *this;
}

int Statement::step() {
  const int result = sqlite3_step(statement_);
  if (result != SQLITE_ROW) sqlite3_reset(statement_);
  return result;
}

void Statement::end() {
  sqlite3_reset(statement_);
}

std::string Statement::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const auto count = static_cast<size_t>(sqlite3_column_bytes(statement_, column));
  return bytes == nullptr ? std::string() : std::string(static_cast<const char*>(bytes), count);
}

int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}

double Statement::real(int column) const {
  return sqlite3_column_double(statement_, column);
}

}  // namespace roundelay
