// Tables that are being imported, and how far they are: rows of the database, so that they outlive whoever works on them. The
// librarian's loop; and the command that adds one (`roundelay library import`), by a connection of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/base/sentences.h"
#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

struct Import {
  int64_t id = 0;
  int64_t account = 0;
  std::string name = {};    // of the table, as its sender calls it
  std::string file = {};    // its path
  std::string folder = {};  // in which the columns "file" and "cover" name files; empty: in none, they say nothing then
  bool is_private = false;
  std::string state = "running";  // "done", "failed"
  int64_t created = 0;            // Unix time in s
  std::optional<int64_t> ended = {};
  int64_t bytes = 0;   // of the table
  int64_t offset = 0;  // so many of them are behind
  int64_t line = 1;    // that comes next
  int64_t rows = 0;    // without the header
  int64_t added = 0;
  int64_t changed = 0;
  int64_t unchanged = 0;
  int64_t bad = 0;
};
[[nodiscard]] nlohmann::json to_json(const Import& import);

// A row that was not taken, or without its picture.
struct ImportFault {
  int64_t line = 0;
  Sentence said = {};
};
[[nodiscard]] nlohmann::json to_json(const ImportFault& fault);

class Imports {
 public:
  static constexpr int64_t kMostRunning = 3;         // of an account
  static constexpr int64_t kMostKept = 50;           // of an account; the oldest that have ended go
  static constexpr int64_t kMostFaultsKept = 1'000;  // of an import; the others are counted

  explicit Imports(LibraryDatabase& database) : database_(database) {}

  // Its id; refused while too many of hers are running.
  [[nodiscard]] FromCatalogue<int64_t> add(const Import& import);
  // Her own; an admin's are all.
  [[nodiscard]] FromCatalogue<PageOf<Import>> list(const Viewer& viewer, const Page& page);
  [[nodiscard]] FromCatalogue<Import> find(const Viewer& viewer, int64_t id);
  [[nodiscard]] FromCatalogue<std::vector<ImportFault>> faults(int64_t id, const Page& page);
  // With it one that is running ends where it is; what it brought stays.
  [[nodiscard]] FromCatalogue<void> remove(const Viewer& viewer, int64_t id);

  // The one that goes on next; nothing where there is none.
  [[nodiscard]] FromCatalogue<std::optional<Import>> next();
  // In a transaction: how far it is. False: the database does not take it.
  [[nodiscard]] bool update(const Import& import);
  [[nodiscard]] bool add_fault(const Import& import, const ImportFault& fault);
  // Whether a file of this path belongs to one that is running. True where that cannot be read.
  [[nodiscard]] bool needs(const std::string& path);

 private:
  LibraryDatabase& database_;
};

}  // namespace roundelay
