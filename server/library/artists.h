// Artists of the catalogue. The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

class Artists {
 public:
  explicit Artists(LibraryDatabase& database) : database_(database) {}

  // By name. `starting_with`: the beginning of the folded name, or empty.
  [[nodiscard]] FromCatalogue<PageOf<Artist>> list(const Viewer& viewer, const Page& page, std::string_view starting_with = {});
  // The same in pieces (long_page.h). Nothing: the database could not be read.
  [[nodiscard]] std::optional<int64_t> count(const Viewer& viewer, std::string_view starting_with);
  [[nodiscard]] std::optional<std::vector<int64_t>> ids(const Viewer& viewer, const Page& page, std::string_view starting_with);
  [[nodiscard]] FromCatalogue<Artist> find(const Viewer& viewer, int64_t id);
  // Curators; the artist of this name where there is one already.
  [[nodiscard]] FromCatalogue<int64_t> add(const Viewer& viewer, std::string_view name, int64_t now_s);
  // The search finds her songs by the new name once index_on() of stale_index.h is through.
  [[nodiscard]] FromCatalogue<void> rename(const Viewer& viewer, int64_t id, std::string_view name, int64_t now_s);

  // In a transaction: the artist of this checked name, made where there is none; 0 when the database does not take it.
  [[nodiscard]] int64_t of_name(const std::string& name, bool kept, int64_t now_s);

 private:
  LibraryDatabase& database_;
};

}  // namespace roundelay
