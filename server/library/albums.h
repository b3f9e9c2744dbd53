// Albums of the catalogue. The librarian's loop only. Times are Unix time in seconds.
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

class Albums {
 public:
  explicit Albums(LibraryDatabase& database) : database_(database) {}

  // By title. `artist`: of her alone, by year.
  [[nodiscard]] FromCatalogue<PageOf<Album>> list(const Viewer& viewer, const Page& page, std::optional<int64_t> artist = {},
                                                  std::string_view starting_with = {});
  // The same in pieces (long_page.h). Nothing: the database could not be read.
  [[nodiscard]] std::optional<int64_t> count(const Viewer& viewer, std::optional<int64_t> artist, std::string_view starting_with);
  [[nodiscard]] std::optional<std::vector<int64_t>> ids(const Viewer& viewer, const Page& page, std::optional<int64_t> artist,
                                                        std::string_view starting_with);
  [[nodiscard]] FromCatalogue<Album> find(const Viewer& viewer, int64_t id);
  [[nodiscard]] FromCatalogue<int64_t> add(const Viewer& viewer, const nlohmann::json& fields, int64_t now_s);
  // The search finds its songs by a new title once index_on() of stale_index.h is through.
  [[nodiscard]] FromCatalogue<void> change(const Viewer& viewer, int64_t id, const nlohmann::json& fields, int64_t now_s);

  // In a transaction: the album of this checked title by this artist (or by several), made where there is none; 0 when the
  // database does not take it.
  [[nodiscard]] int64_t of_title(const std::string& title, std::optional<int64_t> artist, bool kept, int64_t now_s);

 private:
  LibraryDatabase& database_;
};

}  // namespace roundelay
