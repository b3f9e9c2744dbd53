#include "server/library/library_database.h"

#include <sqlite3.h>

#include <algorithm>

#include "server/library/library_migrations.h"

namespace roundelay {

LibraryDatabase::LibraryDatabase(const std::string& path) : database_(path, library_migrations()) {
  // Before any: to change where temporary tables lie drops those that are there.
  database_.prepare("PRAGMA temp_store = MEMORY").exec();
  // The indexes that lists of 100,000 are counted by fit in, 32 MB: what SQLite takes by itself, 2 MB, is read anew each time.
  database_.prepare("PRAGMA cache_size = -32000").exec();
}

SQLite::Statement& LibraryDatabase::statement(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  std::string text(sql);
  SQLite::Statement prepared = database_.prepare(text);
  return statements_.emplace(std::move(text), std::move(prepared)).first->second;
}

int64_t LibraryDatabase::changes() {
  Query query(statement("SELECT total_changes()"));
  return query.step() == SQLITE_ROW ? query.integer(0) : 0;
}

// Without it the search is slower alone.
void LibraryDatabase::merge_index(int64_t changes) {
  const int64_t pages = std::max(kLeastMergedPages, changes / kChangesPerMergedPage);
  Query query(statement("INSERT INTO song_search (song_search, rank) VALUES ('merge', ?)"), pages);
  static_cast<void>(query.step());
}

int64_t LibraryDatabase::last_id() {
  Query query(statement("SELECT last_insert_rowid()"));
  return query.step() == SQLITE_ROW ? query.integer(0) : 0;
}

}  // namespace roundelay
