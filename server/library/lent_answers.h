// Files that shards may send again without asking: what is told to them is of a version, which ends before anybody hears that
// something was written. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/library_database.h"
#include "server/net/library_counts.h"

namespace roundelay {

class LentAnswers {
 public:
  // Both outlive it. No version of another librarian is like one of this.
  LentAnswers(LibraryDatabase& database, LibraryCounts& counts);

  // The version of what was just read; 0: of none, since something may have been written after it was read. The next time there
  // is one, where nothing is written meanwhile.
  [[nodiscard]] uint64_t lend();
  // Before an answer goes out, and now and then for what other processes write.
  void look();

 private:
  // Changes with whatever is written, by this connection or another; empty: the database cannot be read.
  [[nodiscard]] std::string written() const;

  LibraryDatabase& database_;
  LibraryCounts& counts_;
  bool watched_ = false;  // what is written; else nothing of this version is lent
  std::string written_;
};

}  // namespace roundelay
