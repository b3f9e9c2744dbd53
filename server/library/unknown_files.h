// Files of the library's folder that no song has. They go where folder and database know each other; otherwise the database may
// be one that was lost and begun anew, or an old one put back, and its songs' files are set aside. A mark says which is which: a
// random text in both, another one at each start and each hour. The librarian, on its loop.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/library_database.h"

namespace roundelay {

struct UnknownFiles {
  int removed = 0;
  int set_aside = 0;
  std::string aside = {};  // the folder in which these lie, if there are any
};

class LibraryFolder {
 public:
  LibraryFolder(LibraryDatabase& database, std::string path) : database_(database), path_(std::move(path)) {}

  // Looks after the files that no song has. Folders in it are left alone. `unix_s` names the folder of what is set aside.
  [[nodiscard]] UnknownFiles tidy(int64_t unix_s);
  // Gives both a new mark. False: the database or the disk does not take it; then the old one stays good.
  [[nodiscard]] bool mark();

  // "library/set-aside-2027-01-31".
  [[nodiscard]] static std::string aside_folder(const std::string& path, int64_t unix_s);

 private:
  // Whether the folder's mark is one of the database's last two.
  [[nodiscard]] bool knows_each_other();
  // A song's file, or one that was made of it (derived_files.h).
  [[nodiscard]] bool has_row(const std::string& name);

  LibraryDatabase& database_;
  std::string path_;
};

}  // namespace roundelay
