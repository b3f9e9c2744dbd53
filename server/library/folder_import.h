// A folder of sounds and their pictures, put where the librarian takes it in (importer.h): copies of its files and a table that
// names them. For the command `roundelay library import`; no loop. Takes as long as the copying does.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

#include "server/library/library_database.h"

namespace roundelay {

struct StagedFolder {
  std::string table = {};   // its path
  std::string folder = {};  // in which its columns "file" and "cover" name files
  int64_t bytes = 0;        // of the table
  int64_t rows = 0;
  int64_t files = 0;  // copied
  int64_t known = 0;  // left out, since the library has these bytes already
};

// `csv`: a table whose columns "file" and "cover" name files below `from`; empty: all sounds below it, each titled by its name.
// What is staged lies in `imports`. The error is a sentence.
[[nodiscard]] tl::expected<StagedFolder, std::string> stage_folder(LibraryDatabase& database, const std::string& from,
                                                                   const std::string& csv, const std::string& imports);

}  // namespace roundelay
