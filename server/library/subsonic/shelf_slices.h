// A part of a list of the shelf that is gone through by slices. The librarian's loop only.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "server/library/subsonic/player_shelf.h"

namespace roundelay {

class ShelfSlices {
 public:
  // `offset` rows are skipped, `limit` taken.
  ShelfSlices(int64_t offset, int64_t limit) : offset_(offset), limit_(limit) {}

  // Nothing of the list is missing any more.
  [[nodiscard]] bool is_done() const { return ended_ || limit_ == 0 || seen_ >= offset_ + limit_; }
  // The next slice: what belongs to the part of the rows that `read` finds behind a place, as PlayerShelf::albums_behind does.
  template <typename Row, typename Read>
  [[nodiscard]] std::vector<Row> next(Read&& read) {
    std::vector<Row> rows;
    ended_ = read(place_, rows);
    const auto found = static_cast<int64_t>(rows.size());
    const int64_t begin = std::clamp<int64_t>(offset_ - seen_, 0, found),
                  end = std::clamp(offset_ + limit_ - seen_, begin, found);
    seen_ += found;
    return {rows.begin() + begin, rows.begin() + end};
  }

 private:
  int64_t offset_;
  int64_t limit_;
  int64_t seen_ = 0;
  bool ended_ = false;
  ShelfPlace place_ = {};
};

}  // namespace roundelay
