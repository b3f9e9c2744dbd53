// A long page of the catalogue's songs, read by slices of a few ms. What is written meanwhile is met or not. The librarian's loop
// only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/song_filter.h"
#include "server/library/viewer.h"

namespace roundelay {

class SongPage {
 public:
  SongPage(const Viewer& viewer, SongFilter filter, const Page& page)
      : viewer_(viewer), filter_(std::move(filter)), page_(page) {}

  // True: that was the last slice.
  [[nodiscard]] bool read_on(LibraryDatabase& database);
  // Once all is read.
  [[nodiscard]] const FromCatalogue<PageOf<CatalogueSong>>& read() const { return read_; }

 private:
  static constexpr size_t kRowsAtOnce = 50;
  [[nodiscard]] bool fail();

  Viewer viewer_;
  SongFilter filter_;
  Page page_;
  bool counted_ = false;
  std::optional<std::vector<int64_t>> ids_ = {};
  size_t next_ = 0;  // of these
  FromCatalogue<PageOf<CatalogueSong>> read_ = {};
};

}  // namespace roundelay
