// Files that are made of songs' files (waveforms, copies for slow lines): files_dir/HASH.KIND, each with a row of `derived`. A
// row goes with that of the file it was made of, and its file after it. They can be made anew, so that no backup has them. The
// librarian's loop only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/library/library_database.h"

namespace roundelay {

class DerivedFiles {
 public:
  DerivedFiles(LibraryDatabase& database, std::string files_dir) : database_(database), files_dir_(std::move(files_dir)) {}

  // "library/0123...abc.waveform". A kind has letters, digits and hyphens.
  [[nodiscard]] static std::string path(const std::string& files_dir, const std::string& hash, std::string_view kind);
  // Its bytes; 0: there is none. Nothing: the database could not be read.
  [[nodiscard]] std::optional<int64_t> bytes(const std::string& hash, std::string_view kind);
  // Moves the file `made`, which lies in the same folder and was synced, to its place, and gives it its row. In a transaction.
  // False: the database or the disk does not take it.
  [[nodiscard]] bool keep(const std::string& hash, std::string_view kind, const std::string& made);
  // The row goes now, the file at the next sweep(). Of what is not there: nothing. False: the database does not take it.
  [[nodiscard]] bool forget(const std::string& hash, std::string_view kind);

  // Once, by whoever calls sweep(): from now on it is noted what loses its row, for whatever reason. False: the database does not
  // take it.
  [[nodiscard]] bool watch();
  // Removes the files of what has lost its row since then.
  void sweep();
  // Drops rows whose files are not there, or not whole (a restored backup, a disk that lost power), and adds the jobs that make
  // them anew. The number of rows.
  [[nodiscard]] int drop_rows_without_files();

 private:
  LibraryDatabase& database_;
  std::string files_dir_;
};

}  // namespace roundelay
