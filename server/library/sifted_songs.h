// Ids of songs that meet a condition, in an order: every song is asked by slices of a few ms, for few may meet it, and no index
// may tell which. What is written meanwhile is met or not. The librarian's loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/song_filter.h"
#include "server/library/viewer.h"

namespace roundelay {

class SiftedSongs {
 public:
  // `where`: of rows of `songs`. `page`: which of them ids() are to be.
  SiftedSongs(SqlCondition where, SongOrder order, const Page& page);

  // A slice. True: that was the last one. Nothing: the database could not be read.
  [[nodiscard]] std::optional<bool> go_on(LibraryDatabase& database);
  // Once it is over; so many meet the condition in all.
  [[nodiscard]] int64_t total() const { return static_cast<int64_t>(met_.size()); }
  [[nodiscard]] std::vector<int64_t>& ids() { return ids_; }

 private:
  static constexpr int64_t kAskedAtOnce = 2'000, kOrderedAtOnce = 4'000;
  static constexpr size_t kFew = 2'000;  // put in order by looking at them instead of at all
  [[nodiscard]] std::optional<bool> ask_more(LibraryDatabase& database);
  [[nodiscard]] bool order_few(LibraryDatabase& database);
  [[nodiscard]] std::optional<bool> order_more(LibraryDatabase& database);
  void take(int64_t id);  // the next in the order
  [[nodiscard]] bool page_is_full() const { return static_cast<int64_t>(ids_.size()) == page_.limit; }

  SqlCondition where_;
  SongOrder order_;
  Page page_;
  bool asked_all_ = false;
  int64_t asked_to_ = 0;             // songs up to this id
  std::vector<int64_t> met_ = {};    // in the order of ids
  std::vector<bool> taken_ = {};     // of these: whether it had its turn
  int64_t looked_at_ = 0, had_ = 0;  // so many, in the order: of all songs, of those that meet the condition
  std::vector<int64_t> ids_ = {};
};

}  // namespace roundelay
