#include "server/library/listening.h"

#include <algorithm>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

CatalogueItem item_of(const CatalogueItem& item) {
  return item;
}
CatalogueItem item_of(const Play& play) {
  return {CatalogueKind::kSong, play.song};
}

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
  const CatalogueItem item{kind, id};
  if (auto seen = sees_item(database_, viewer, item); !seen) return seen;
  return set_favourites(viewer, std::span(&item, 1), is, now_s);
}

FromCatalogue<void> Listening::set_favourites(const Viewer& viewer, std::span<const CatalogueItem> items, bool is,
                                              int64_t now_s) {
  return write_seen(viewer, items, [&](const CatalogueItem& item) {
    if (!is)
      return run_sql(database_, "DELETE FROM favourites WHERE account = ? AND kind = ? AND item = ?",
                     {viewer.account, name_of(item.kind), item.id});
    return run_sql(database_, "INSERT OR IGNORE INTO favourites (account, kind, item, at) VALUES (?, ?, ?, ?)",
                   {viewer.account, name_of(item.kind), item.id, now_s});
  });
}

template <typename Items, typename Write>
FromCatalogue<void> Listening::write_seen(const Viewer& viewer, const Items& items, Write&& write) {
  const bool done = database_.transaction([&] {
    return std::all_of(items.begin(), items.end(), [&](const auto& each) {
      const auto seen = sees_item(database_, viewer, item_of(each));
      return seen ? write(each) : seen.error().kind == CatalogueFault::Kind::kNotThere;
    });
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

FromCatalogue<int64_t> Listening::favourite_count(const Viewer& viewer) {
  const auto count = sql_integer(
      database_, "SELECT MAX(n) FROM (SELECT COUNT(*) AS n FROM favourites WHERE account = ? GROUP BY kind)", {viewer.account});
  if (!count) return unread();
  return *count;
}

FromCatalogue<void> Listening::played(const Viewer& viewer, int64_t song, int64_t at_s, int64_t now_s) {
  const Play play{song, at_s};
  if (auto seen = sees_item(database_, viewer, item_of(play)); !seen) return seen;
  return played(viewer, std::span(&play, 1), now_s);
}

FromCatalogue<void> Listening::played(const Viewer& viewer, std::span<const Play> plays, int64_t now_s) {
  return write_seen(viewer, plays, [&](const Play& play) {
    return run_sql(database_, "INSERT INTO plays (account, song, at) VALUES (?, ?, ?)",
                   {viewer.account, play.song, std::clamp<int64_t>(play.at_s, 0, now_s)});
  });
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
