// Playlists: songs in their owner's order, or by a rule; private or for all. Whoever looks sees the songs on them that she may
// see (playlist_content.h). The librarian's loop only. Times are Unix time in seconds.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/playlist_rule.h"
#include "server/library/viewer.h"

namespace roundelay {

struct Playlist {
  int64_t id = 0;
  int64_t owner_id = 0;
  std::string owner;  // her name
  std::string name;
  std::string comment;  // what she says of it
  bool is_private = true;
  std::optional<PlaylistRule> rule = {};
  int64_t created = 0;
  int64_t changed = 0;
};
[[nodiscard]] nlohmann::json to_json(const Playlist& playlist);

inline constexpr size_t kMostPlaylistSongs = 10'000;
inline constexpr size_t kMostPlaylistCommentBytes = 1'000;

class Playlists {
 public:
  explicit Playlists(LibraryDatabase& database) : database_(database) {}

  // Her own and those for all, by name.
  [[nodiscard]] FromCatalogue<PageOf<Playlist>> list(const Viewer& viewer, const Page& page);
  [[nodiscard]] FromCatalogue<Playlist> find(const Viewer& viewer, int64_t id);
  // `fields`: name, private, and songs (ids, in order) or rule.
  [[nodiscard]] FromCatalogue<int64_t> add(const Viewer& viewer, const nlohmann::json& fields, int64_t now_s);
  // Its owner; `fields` as above, "add" (ids that come behind the others) too.
  [[nodiscard]] FromCatalogue<void> change(const Viewer& viewer, int64_t id, const nlohmann::json& fields, int64_t now_s);
  [[nodiscard]] FromCatalogue<void> remove(const Viewer& viewer, int64_t id);

 private:
  struct Changed;
  [[nodiscard]] FromCatalogue<Changed> changed(const Viewer& viewer, const Playlist& before, const nlohmann::json& fields);
  [[nodiscard]] FromCatalogue<std::vector<int64_t>> seen_songs(const Viewer& viewer, const nlohmann::json& ids);
  // Whether there is room on it for what comes.
  [[nodiscard]] FromCatalogue<void> fits(int64_t id, const Changed& fields);
  [[nodiscard]] bool write(int64_t id, const Changed& fields, int64_t now_s);

  LibraryDatabase& database_;
};

}  // namespace roundelay
