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

template <typename Row>
class LongPage {
 public:
  // Nothing: the database could not be read.
  struct Source {
    std::function<std::optional<int64_t>(LibraryDatabase&)> count;
    std::function<std::optional<std::vector<int64_t>>(LibraryDatabase&)> ids;
    std::function<FromCatalogue<Row>(LibraryDatabase&, int64_t id)> find;
  };
  explicit LongPage(Source source) : source_(std::move(source)) {}

  // True: that was the last slice.
  [[nodiscard]] bool read_on(LibraryDatabase& database) {
    if (!counted_) {
      const auto total = source_.count(database);
      if (!total) return fail();
      read_->total = *total;
      counted_ = true;
      return false;
    }
    if (!ids_) {
      ids_ = source_.ids(database);
      return ids_ ? ids_->empty() : fail();
    }
    const size_t end = std::min(next_ + kRowsAtOnce, ids_->size());
    for (; next_ < end; ++next_) {
      auto row = source_.find(database, (*ids_)[next_]);
      if (row)
        read_->rows.push_back(std::move(*row));
      else if (row.error().kind == CatalogueFault::Kind::kUnread)
        return fail();
    }
    return next_ == ids_->size();
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
  bool counted_ = false;
  std::optional<std::vector<int64_t>> ids_ = {};
  size_t next_ = 0;  // of these
  FromCatalogue<PageOf<Row>> read_ = {};
};

// Of Songs, Albums or Artists: `asked` is what its count() and ids() want behind the viewer.
template <typename Rows, typename Row, typename... Asked>
[[nodiscard]] std::shared_ptr<LongPage<Row>> long_page(const Viewer& viewer, const Page& page, const Asked&... asked) {
  return std::make_shared<LongPage<Row>>(typename LongPage<Row>::Source{
      [=](LibraryDatabase& database) { return Rows(database).count(viewer, asked...); },
      [=](LibraryDatabase& database) { return Rows(database).ids(viewer, page, asked...); },
      [viewer](LibraryDatabase& database, int64_t id) { return Rows(database).find(viewer, id); }});
}

}  // namespace roundelay
