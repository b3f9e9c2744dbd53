#include "server/library/subsonic/album_list.h"

#include <algorithm>

namespace roundelay {

bool AlbumList::read_on(const PlayerShelf& shelf) {
  if (!found_all_) {
    found_all_ = find_more(shelf) || (!wanted_.rank && found_.size() >= wanted_.offset + wanted_.size);
    if (!found_all_) return false;
    choose();
    out_.list("album");
    return chosen_.empty();
  }
  for (size_t i = 0; i < kNodesAtOnce && next_ < chosen_.size(); ++i, ++next_) {
    if (const ShelfAlbum* album = shelf.album(chosen_[next_])) out_.add("album", wanted_.node_of(shelf.told(*album)));
  }
  return next_ == chosen_.size();
}

bool AlbumList::find_more(const PlayerShelf& shelf) {
  if (!wanted_.by_artist) {
    ShelfAlbums albums;
    const bool last = shelf.albums_behind(place_, kRowsAtOnce, albums);
    for (const ShelfAlbum* album : albums) add(shelf, *album);
    return last;
  }
  std::vector<PlayerArtist> artists;
  const bool last = shelf.artists_behind(place_, kRowsAtOnce, artists);
  for (const PlayerArtist& artist : artists) {
    for (const ShelfAlbum* album : shelf.own_albums_of(artist.id)) add(shelf, *album);
  }
  return last;
}

void AlbumList::add(const PlayerShelf& shelf, const ShelfAlbum& album) {
  std::optional<double> rank = 0;
  if (wanted_.rank) rank = wanted_.rank(shelf.told(album), album);
  if (!rank) return;
  ranks_.emplace_back(*rank, found_.size());
  found_.push_back(album.id);
}

void AlbumList::choose() {
  const size_t end = std::min(wanted_.offset + wanted_.size, ranks_.size());
  std::partial_sort(ranks_.begin(), ranks_.begin() + static_cast<ptrdiff_t>(end), ranks_.end());
  for (size_t i = wanted_.offset; i < end; ++i) chosen_.push_back(found_[ranks_[i].second]);
  found_.clear();
  ranks_.clear();
}

}  // namespace roundelay
