#include "server/library/listening.h"

#include <algorithm>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// The rows that she still sees.
template <typename Row, typename Find>
FromCatalogue<std::vector<Row>> seen_of(const FromCatalogue<std::vector<int64_t>>& ids, Find&& find) {
  if (!ids) return tl::unexpected(ids.error());
  std::vector<Row> out;
  for (const int64_t id : *ids) {
    auto row = find(id);
    if (row)
      out.push_back(std::move(*row));
    else if (row.error().kind == CatalogueFault::Kind::kUnread)
      return tl::unexpected(row.error());
  }
  return out;
}

}  // namespace

std::string_view name_of(CatalogueKind kind) {
  return kind == CatalogueKind::kArtist ? "artist" : kind == CatalogueKind::kAlbum ? "album" : "song";
}

FromCatalogue<void> Listening::rate(const Viewer& viewer, int64_t song, std::optional<int64_t> value, int64_t now_s) {
  if (const auto found = Songs(database_).find(viewer, song); !found) return tl::unexpected(found.error());
  if (value && (*value < 1 || *value > 10)) return refused(phrase("library_rating_out_of_range"), "rating");
  const bool done = database_.transaction([&] {
    if (!value) return run_sql(database_, "DELETE FROM ratings WHERE account = ? AND song = ?", {viewer.account, song});
    return run_sql(database_,
                   "INSERT INTO ratings (account, song, value, at) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = "
                   "excluded.value, at = excluded.at",
                   {viewer.account, song, *value, now_s});
  });
  if (!done) return unread();
  return {};
}

FromCatalogue<std::optional<int64_t>> Listening::own_rating(const Viewer& viewer, int64_t song) {
  const auto value = sql_integer(database_, "SELECT value FROM ratings WHERE account = ? AND song = ?", {viewer.account, song});
  if (!value) return unread();
  return *value == 0 ? std::optional<int64_t>() : value;
}

FromCatalogue<void> Listening::set_favourite(const Viewer& viewer, CatalogueKind kind, int64_t id, bool is, int64_t now_s) {
  if (const auto seen = Removal(database_).would_take(viewer, kind, id); !seen) return tl::unexpected(seen.error());
  const std::string name(name_of(kind));
  const bool done = database_.transaction([&] {
    if (!is)
      return run_sql(database_, "DELETE FROM favourites WHERE account = ? AND kind = ? AND item = ?", {viewer.account, name, id});
    return run_sql(database_, "INSERT OR IGNORE INTO favourites (account, kind, item, at) VALUES (?, ?, ?, ?)",
                   {viewer.account, name, id, now_s});
  });
  if (!done) return unread();
  return {};
}

FromCatalogue<std::vector<int64_t>> Listening::favourites(const Viewer& viewer, std::string_view kind, const Page& page) {
  std::vector<int64_t> out;
  if (!each_row(database_,
                "SELECT item FROM favourites WHERE account = ? AND kind = ? ORDER BY at DESC, item DESC LIMIT ? OFFSET ?",
                {viewer.account, kind, page.limit, page.offset}, [&](const SqlRow& row) { out.push_back(row.integer(0)); }))
    return unread();
  return out;
}

FromCatalogue<std::vector<CatalogueSong>> Listening::favourite_songs(const Viewer& viewer, const Page& page) {
  Songs songs(database_);
  return seen_of<CatalogueSong>(favourites(viewer, "song", page), [&](int64_t id) { return songs.find(viewer, id); });
}

FromCatalogue<std::vector<Album>> Listening::favourite_albums(const Viewer& viewer, const Page& page) {
  Albums albums(database_);
  return seen_of<Album>(favourites(viewer, "album", page), [&](int64_t id) { return albums.find(viewer, id); });
}

FromCatalogue<std::vector<Artist>> Listening::favourite_artists(const Viewer& viewer, const Page& page) {
  Artists artists(database_);
  return seen_of<Artist>(favourites(viewer, "artist", page), [&](int64_t id) { return artists.find(viewer, id); });
}

FromCatalogue<void> Listening::played(const Viewer& viewer, int64_t song, int64_t at_s, int64_t now_s) {
  if (const auto found = Songs(database_).find(viewer, song); !found) return tl::unexpected(found.error());
  const bool done = database_.transaction([&] {
    return run_sql(database_, "INSERT INTO plays (account, song, at) VALUES (?, ?, ?)",
                   {viewer.account, song, std::clamp<int64_t>(at_s, 0, now_s)});
  });
  if (!done) return unread();
  return {};
}

FromCatalogue<std::vector<PlayedSong>> Listening::history(const Viewer& viewer, const Page& page) {
  std::vector<std::pair<int64_t, int64_t>> plays;
  if (!each_row(database_, "SELECT song, at FROM plays WHERE account = ? ORDER BY at DESC, id DESC LIMIT ? OFFSET ?",
                {viewer.account, page.limit, page.offset},
                [&](const SqlRow& row) { plays.emplace_back(row.integer(0), row.integer(1)); }))
    return unread();
  Songs songs(database_);
  std::vector<PlayedSong> out;
  for (const auto& [id, at] : plays) {
    auto song = songs.find(viewer, id);
    if (song)
      out.push_back({std::move(*song), at});
    else if (song.error().kind == CatalogueFault::Kind::kUnread)
      return tl::unexpected(song.error());
  }
  return out;
}

}  // namespace roundelay
