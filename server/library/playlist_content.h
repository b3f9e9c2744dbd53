// The songs of a playlist, as one who looks sees them, found by slices of a few ms: a rule may have to ask every song. What is
// written meanwhile is met or not. The librarian's loop only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "server/library/library_database.h"
#include "server/library/playlists.h"
#include "server/library/sifted_songs.h"

namespace roundelay {

// What is to be known of a song before it is read.
struct PlaylistSong {
  int64_t id = 0;
  bool has_file = false;
  int64_t length_ms = 0;
};

class PlaylistContent {
 public:
  PlaylistContent(const Viewer& viewer, const Playlist& playlist, int64_t now_s);

  // A slice. True: that was the last one. Nothing: the database could not be read.
  [[nodiscard]] std::optional<bool> go_on(LibraryDatabase& database);
  // Once it is over: all, in order.
  [[nodiscard]] const std::vector<PlaylistSong>& songs() const { return songs_; }

 private:
  static constexpr int64_t kSongsAtOnce = 1'000;
  [[nodiscard]] std::optional<bool> read_listed(LibraryDatabase& database);
  [[nodiscard]] bool read_ruled(LibraryDatabase& database, const std::vector<int64_t>& ids);

  Viewer viewer_;
  int64_t id_;
  std::optional<SiftedSongs> by_rule_ = {};
  int64_t place_ = -1;  // of the last one that was read, of a list in its owner's order
  std::vector<PlaylistSong> songs_ = {};
};

}  // namespace roundelay
