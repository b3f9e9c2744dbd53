// One connection to a database file: opened with the settings that let it survive kill -9 and a loss of power (write-ahead log,
// synced at every commit), and transactions that wait for others' locks no longer than asked. On the loop of
// the process that owns the file only.
#pragma once

#include <span>
#include <string>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>
#include <tl/expected.hpp>

#include "server/store/migrations.h"

namespace roundelay {

// The database could not be read: that is not the same as "not there".
struct StoreFailure {
  std::string reason;  // of SQLite
};
template <typename T>
using FromStore = tl::expected<T, StoreFailure>;

class Database {
 public:
  // Opens or makes the database and brings it to this version's schema by these steps. Throws std::runtime_error with a sentence,
  // StartFailure where another try would not help: start-up only.
  explicit Database(const std::string& path, std::span<const char* const> steps = migrations());

  // As the constructor: throws StartFailure when the database does not fit the statement.
  [[nodiscard]] SQLite::Statement prepare(const std::string& sql);

  // All that `write` does, or nothing when it returns false or the database does not take it; transaction_error() tells why then.
  // Waits at most `patience_ms` for somebody else's lock.
  template <typename Write>
  [[nodiscard]] bool transaction(int patience_ms, Write&& write) {
    try {
      database_.setBusyTimeout(patience_ms);
      SQLite::Transaction transaction(database_, SQLite::TransactionBehavior::IMMEDIATE);
      if (write()) {
        transaction.commit();
        return true;
      }
      transaction_error_ = error();
    } catch (const SQLite::Exception& refused) {
      transaction_error_ = refused.what();
    }
    return false;
  }
  // Why the last transaction failed.
  [[nodiscard]] const std::string& transaction_error() const { return transaction_error_; }
  // What SQLite says of the last call that failed.
  [[nodiscard]] std::string error() const { return database_.getErrorMsg(); }
  [[nodiscard]] tl::unexpected<StoreFailure> failure() const { return tl::unexpected(StoreFailure{error()}); }

 private:
  SQLite::Database database_;
  std::string transaction_error_;
};

}  // namespace roundelay
