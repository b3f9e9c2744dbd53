#include "server/library/song_page.h"

#include <algorithm>
#include <span>

#include "server/library/songs.h"

namespace roundelay {

bool SongPage::fail() {
  read_ = unread();
  return true;
}

bool SongPage::read_on(LibraryDatabase& database) {
  Songs songs(database);
  if (!counted_) {
    const auto total = songs.count(viewer_, filter_);
    if (!total) return fail();
    read_->total = *total;
    counted_ = true;
    return false;
  }
  if (!ids_) {
    ids_ = songs.ids(viewer_, filter_, page_);
    return ids_ ? ids_->empty() : fail();
  }
  const auto slice = std::span(*ids_).subspan(next_, std::min(kRowsAtOnce, ids_->size() - next_));
  for (const int64_t id : slice) {
    auto song = songs.find(viewer_, id);
    if (song)
      read_->rows.push_back(std::move(*song));
    else if (song.error().kind == CatalogueFault::Kind::kUnread)
      return fail();
  }
  next_ += slice.size();
  return next_ == ids_->size();
}

}  // namespace roundelay
