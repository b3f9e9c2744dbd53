// A list of albums of one kind (the newest, those of a genre, some by chance), put together by slices. The librarian's loop only.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "server/library/subsonic/player_shelf.h"

namespace roundelay {

class AlbumList {
 public:
  // Where an album stands: a smaller number is further in front; the same: by title. Nothing: it is not on the list.
  using Rank = std::function<std::optional<double>(const PlayerAlbum& told, const ShelfAlbum& album)>;
  struct Wanted {
    Rank rank = {};  // empty: all, by title
    bool by_artist = false;
    size_t offset = 0;
    size_t size = 0;
    SubsonicNode (*node_of)(const PlayerAlbum&) = nullptr;
  };

  explicit AlbumList(Wanted wanted) : wanted_(std::move(wanted)) {}

  // A slice of the work. True: that was the last one.
  [[nodiscard]] bool read_on(const PlayerShelf& shelf);
  // With the albums in it.
  [[nodiscard]] const SubsonicNode& node() const { return out_; }

 private:
  static constexpr size_t kRowsAtOnce = 500;
  static constexpr size_t kNodesAtOnce = 100;
  using Ranked = std::pair<double, size_t>;  // its rank, and its place in found_

  [[nodiscard]] bool find_more(const PlayerShelf& shelf);
  void add(const PlayerShelf& shelf, const ShelfAlbum& album);
  void choose();

  Wanted wanted_;
  ShelfPlace place_ = {};
  bool found_all_ = false;
  std::vector<PlayerId> found_ = {};
  std::vector<Ranked> ranks_ = {};
  std::vector<PlayerId> chosen_ = {};
  size_t next_ = 0;  // of these
  SubsonicNode out_ = {};
};

}  // namespace roundelay
