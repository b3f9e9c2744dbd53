// The librarian's database: one connection, its schema, and the statements that were used before. The librarian's loop only; the
// loop never waits long for another connection's lock.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "server/library/vocabulary.h"
#include "server/store/database.h"
#include "server/store/query.h"

namespace roundelay {

class LibraryDatabase {
 public:
  // Opens or makes it. Throws as Database does: start-up only.
  explicit LibraryDatabase(const std::string& path);

  // The statement of this SQL, prepared at its first use. One use at a time: an inner loop needs a statement of its own. Throws
  // StartFailure when the SQL does not fit the schema, which the tests of each statement find.
  [[nodiscard]] SQLite::Statement& statement(std::string_view sql);

  // A statement for one use, of SQL that is put together. Throws likewise.
  [[nodiscard]] SQLite::Statement prepare(const std::string& sql) { return database_.prepare(sql); }

  // As Database has it: all that `write` does, or nothing. With it goes a part of the work that keeps the search's index in few
  // pieces: each transaction that changes the index adds one.
  template <typename Write>
  [[nodiscard]] bool transaction(Write&& write) {
    ++transactions_;
    return database_.transaction(kPatienceMs, [&] {
      const int64_t before = changes();
      if (!write()) return false;
      merge_index(changes() - before);
      return true;
    });
  }
  [[nodiscard]] uint64_t transactions() const { return transactions_; }  // so many there were
  [[nodiscard]] const std::string& transaction_error() const { return database_.transaction_error(); }
  [[nodiscard]] std::string error() const { return database_.error(); }
  // The number that SQLite gave to the row that was inserted last.
  [[nodiscard]] int64_t last_id();
  // For guesses of typing mistakes; load_vocabulary() of search_index.h fills it.
  [[nodiscard]] Vocabulary& vocabulary() { return vocabulary_; }

 private:
  static constexpr int kPatienceMs = 250;
  static constexpr int64_t kLeastMergedPages = 16;  // of 4 KB: about 1 ms
  static constexpr int64_t kChangesPerMergedPage = 16;
  [[nodiscard]] int64_t changes();  // rows that were written so far
  void merge_index(int64_t changes);

  Database database_;
  std::map<std::string, SQLite::Statement, std::less<>> statements_;
  Vocabulary vocabulary_;
  uint64_t transactions_ = 0;
};

}  // namespace roundelay
