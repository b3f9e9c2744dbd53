// Which rows have been written since they were asked for last: triggers of this connection note it in a table in memory, so that
// cascades and other triggers are counted too, and what is rolled back is not. The librarian's loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/library_database.h"

namespace roundelay {

struct RowNote {
  int64_t kind = 0;
  int64_t id = 0;
  int64_t account = 0;
};

class RowNotes {
 public:
  // Says by watch() what is to be noted; false: the database does not take it.
  using Begin = bool (*)(RowNotes& notes, LibraryDatabase& database);

  // `table`: where the notes stand, its own name for each RowNotes of a connection.
  RowNotes(std::string table, Begin begin) : table_(std::move(table)), begin_(begin) {}

  // `when`: "INSERT", "DELETE", "UPDATE OF plays". What stands for a kind, an id and an account is SQL in which "row." is the row
  // as it was or is; of an update both are noted. `name` is its own among those of the watched table.
  struct Watched {
    std::string table;
    std::string name;
    std::string when;
    std::string kind;
    std::string id;
    std::string account = "0";
  };
  [[nodiscard]] bool watch(LibraryDatabase& database, const Watched& watched);
  // Whatever is written to it. `columns`: of updates only those of these columns ("name, fold"); empty: of any.
  [[nodiscard]] bool watch_all(LibraryDatabase& database, Watched watched, const std::string& columns = {});

  // What was noted since the last call, by kind, each once; `most` of it. Nothing: anything may have been written, because it is
  // the first call, the database cannot be read, or another connection has written.
  [[nodiscard]] std::optional<std::vector<RowNote>> take(LibraryDatabase& database, int64_t most = INT64_MAX);
  // Whether anything had been written at the last take(), also to tables that are not watched.
  [[nodiscard]] bool wrote() const { return wrote_; }

 private:
  std::string table_;
  Begin begin_;
  bool begun_ = false;
  bool wrote_ = true;
  bool left_ = false;     // there is more than was taken
  int64_t changes_ = -1;  // of this connection
  int64_t version_ = -1;  // changes with what others write
};

}  // namespace roundelay
