// A long page of the catalogue, read by slices of a few ms: how many rows there are, which the page has, and then these. What is
// written meanwhile is met or not. The librarian's loop only.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/viewer.h"

namespace roundelay {

// Which rows a page has, and how many there are in all.
struct LongPageRows {
  int64_t total = 0;
  std::vector<int64_t> ids = {};
};

template <typename Row>
class LongPage {
 public:
  struct Source {
    // A slice of finding these. True: that was the last one. Nothing: the database could not be read.
    std::function<std::optional<bool>(LibraryDatabase&, LongPageRows&)> look;
    std::function<FromCatalogue<Row>(LibraryDatabase&, int64_t id)> find;
  };
  explicit LongPage(Source source) : source_(std::move(source)) {}

  // True: that was the last slice.
  [[nodiscard]] bool read_on(LibraryDatabase& database) {
    if (!looked_) {
      const auto last = source_.look(database, rows_);
      if (!last) return fail();
      looked_ = *last;
      read_->total = rows_.total;
      return looked_ && rows_.ids.empty();
    }
    const size_t end = std::min(next_ + kRowsAtOnce, rows_.ids.size());
    for (; next_ < end; ++next_) {
      auto row = source_.find(database, rows_.ids[next_]);
      if (row)
        read_->rows.push_back(std::move(*row));
      else if (row.error().kind == CatalogueFault::Kind::kUnread)
        return fail();
    }
    return next_ == rows_.ids.size();
  }
  // Once all is read.
  [[nodiscard]] const FromCatalogue<PageOf<Row>>& read() const { return read_; }

 private:
  static constexpr size_t kRowsAtOnce = 50;
  bool fail() {
    read_ = unread();
    return true;
  }

  Source source_;
  bool looked_ = false;
  LongPageRows rows_ = {};
  size_t next_ = 0;  // of these
  FromCatalogue<PageOf<Row>> read_ = {};
};

// Of Songs, Albums or Artists: `asked` is what its count() and ids() want behind the viewer.
template <typename Rows, typename Row, typename... Asked>
[[nodiscard]] std::shared_ptr<LongPage<Row>> long_page(const Viewer& viewer, const Page& page, const Asked&... asked) {
  const auto look = [=, counted = false](LibraryDatabase& database, LongPageRows& rows) mutable -> std::optional<bool> {
    Rows all(database);
    if (!std::exchange(counted, true)) {
      const auto total = all.count(viewer, asked...);
      if (!total) return std::nullopt;
      rows.total = *total;
      return false;
    }
    auto ids = all.ids(viewer, page, asked...);
    if (!ids) return std::nullopt;
    rows.ids = std::move(*ids);
    return true;
  };
  return std::make_shared<LongPage<Row>>(typename LongPage<Row>::Source{
      look, [viewer](LibraryDatabase& database, int64_t id) { return Rows(database).find(viewer, id); }});
}

}  // namespace roundelay
