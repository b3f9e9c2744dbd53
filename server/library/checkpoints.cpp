#include "server/library/checkpoints.h"

#include <sqlite3.h>

#include <utility>

#include "server/library/sql.h"
#include "server/net/pool_work.h"

namespace roundelay {
namespace {

// How many pages the log has, as far as anybody writes on meanwhile; -1 where nothing could be done.
int put_log_into_file(const std::string& path) {
  sqlite3* database = nullptr;
  int pages = -1;
  // What has read nothing knows of no log.
  if (sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) == SQLITE_OK &&
      sqlite3_exec(database, "PRAGMA schema_version", nullptr, nullptr, nullptr) == SQLITE_OK)
    static_cast<void>(sqlite3_wal_checkpoint_v2(database, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, nullptr));
  sqlite3_close(database);
  return pages;
}

}  // namespace

Checkpoints::Checkpoints(uv_loop_t* loop, LibraryDatabase& database, std::string path)
    : loop_(loop), database_(database), path_(std::move(path)) {
  static_cast<void>(sql_integer(database_, "PRAGMA wal_autocheckpoint = 16000"));  // 64 MB
}

void Checkpoints::look() {
  if (running_ || database_.transactions() - seen_ < kTransactionsBefore) return;
  begin(kRounds);
}

// The log begins anew where all of it is in the file as somebody writes. While much is written that is never so: a second round
// is shorter, and what has come since then is put there at once.
void Checkpoints::begin(int rounds_left) {
  seen_ = database_.transactions();
  running_ = on_the_pool<int>(
      loop_, [path = path_] { return put_log_into_file(path); },
      [this, rounds_left](int pages) {
        running_.reset();
        if (pages < kLongLogPages) return;
        if (rounds_left > 1) return begin(rounds_left - 1);
        static_cast<void>(sql_integer(database_, "PRAGMA wal_checkpoint(PASSIVE)"));
      });
}

}  // namespace roundelay
