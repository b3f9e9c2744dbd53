#include "server/library/playlist_content.h"

#include "server/library/sql.h"

namespace roundelay {

PlaylistContent::PlaylistContent(const Viewer& viewer, const Playlist& playlist, int64_t now_s)
    : viewer_(viewer), id_(playlist.id) {
  if (!playlist.rule) return;
  by_rule_.emplace(condition_of(*playlist.rule, viewer, now_s), playlist.rule->order, Page{0, playlist.rule->most});
}

std::optional<bool> PlaylistContent::go_on(LibraryDatabase& database) {
  if (!by_rule_) return read_listed(database);
  const auto found = by_rule_->go_on(database);
  if (!found || !*found) return found;
  return read_ruled(database, by_rule_->ids()) ? found : std::nullopt;
}

std::optional<bool> PlaylistContent::read_listed(LibraryDatabase& database) {
  SqlCondition where = sees_song(viewer_);
  append(where.values, {id_, place_, kSongsAtOnce});
  const size_t before = songs_.size();
  std::string sql =
      "SELECT songs.id, songs.hash IS NOT NULL, songs.length_ms, playlist_songs.place FROM playlist_songs JOIN songs ON "
      "songs.id = playlist_songs.song WHERE ";
  sql += where.sql;
  sql += " AND playlist_songs.playlist = ? AND playlist_songs.place > ? ORDER BY playlist_songs.place LIMIT ?";
  const bool read = each_row_once(database, sql, where.values, [&](const SqlRow& row) {
    songs_.push_back({row.integer(0), row.flag(1), row.integer(2)});
    place_ = row.integer(3);
  });
  if (!read) return std::nullopt;
  return static_cast<int64_t>(songs_.size() - before) < kSongsAtOnce;
}

bool PlaylistContent::read_ruled(LibraryDatabase& database, const std::vector<int64_t>& ids) {
  for (const int64_t id : ids) {
    if (!each_row(database, "SELECT hash IS NOT NULL, length_ms FROM songs WHERE id = ?", {id}, [&](const SqlRow& row) {
          songs_.push_back({id, row.flag(0), row.integer(1)});
        }))
      return false;
  }
  return true;
}

}  // namespace roundelay
