// Lists of albums and songs: the newest, the starred, by genre, by chance, and what is like a song.
#include <sodium.h>

#include <algorithm>
#include <array>

#include "server/library/folding.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

using Albums2 = std::vector<const PlayerAlbum*>;
constexpr int64_t kUsualAlbums = 10;

struct SodiumRandom {
  using result_type = uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return UINT32_MAX; }
  result_type operator()() { return randombytes_random(); }
};

FromSubsonic<std::vector<std::pair<int64_t, bool>>> albums_of_genre(const SubsonicCall& call, std::string_view genre) {
  const SqlCondition seen = is_playable(call.viewer());
  SqlValues values{folded(genre)};
  values.insert(values.end(), seen.values.begin(), seen.values.end());
  std::vector<std::pair<int64_t, bool>> out;  // an album, or the artist of loose songs
  if (!each_row(call.library.database,
                "SELECT DISTINCT songs.album, CASE WHEN songs.album IS NULL THEN coalesce(songs.artist, 0) END FROM songs WHERE "
                "songs.genre_fold = ? AND " +
                    seen.sql,
                values, [&](const SqlRow& row) {
                  const bool loose = row.is_null(0);
                  out.emplace_back(row.integer(loose ? 1 : 0), loose);
                }))
    return library_is_away();
  return out;
}

// In the order of the wanted type, all of them.
FromSubsonic<Albums2> albums_by_type(const SubsonicCall& call, const PlayerShelf& shelf, const std::string& type) {
  Albums2 out;
  for (const PlayerAlbum& album : shelf.albums) out.push_back(&album);
  const auto sort_by = [&](auto&& key) {
    std::stable_sort(out.begin(), out.end(), [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
  };
  const auto keep = [&](auto&& wanted) { std::erase_if(out, [&](const auto* each) { return !wanted(*each); }); };
  if (type == "random") {
    std::shuffle(out.begin(), out.end(), SodiumRandom{});
  } else if (type == "newest") {
    sort_by([](const PlayerAlbum& each) { return -each.newest_s; });
  } else if (type == "frequent") {
    keep([](const PlayerAlbum& each) { return each.times_heard > 0; });
    sort_by([](const PlayerAlbum& each) { return -each.times_heard; });
  } else if (type == "recent") {
    keep([](const PlayerAlbum& each) { return each.last_heard_s > 0; });
    sort_by([](const PlayerAlbum& each) { return -each.last_heard_s; });
  } else if (type == "highest") {
    keep([](const PlayerAlbum& each) { return each.rating > 0; });
    sort_by([](const PlayerAlbum& each) { return -each.rating; });
  } else if (type == "starred") {
    keep([](const PlayerAlbum& each) { return each.starred_s.has_value(); });
    sort_by([](const PlayerAlbum& each) { return -*each.starred_s; });
  } else if (type == "alphabeticalByArtist") {
    sort_by([](const PlayerAlbum& each) { return std::string_view(each.artist_fold); });
  } else if (type == "byYear") {
    const auto from = call.given.number("fromYear"), to = call.given.number("toYear");
    if (!from || !to) return subsonic_fault(SubsonicFault::kMissing, "The parameters fromYear and toYear are missing.");
    const auto [least, most] = std::minmax(*from, *to);
    keep(
        [least = least, most = most](const PlayerAlbum& each) { return each.year && *each.year >= least && *each.year <= most; });
    sort_by([back = *from > *to](const PlayerAlbum& each) { return back ? -*each.year : *each.year; });
  } else if (type == "byGenre") {
    const auto genre = call.given.required("genre");
    if (!genre) return tl::unexpected(genre.error());
    const auto of_genre = albums_of_genre(call, *genre);
    if (!of_genre) return tl::unexpected(of_genre.error());
    keep([&](const PlayerAlbum& each) {
      return std::find(of_genre->begin(), of_genre->end(), std::pair(each.id.id, each.id.kind == PlayerId::Kind::kLooseSongs)) !=
             of_genre->end();
    });
  } else if (type != "alphabeticalByName") {
    return subsonic_fault(SubsonicFault::kGeneric, "There is no such type of a list of albums.");
  }
  return out;
}

SubsonicResult list_of_albums(const SubsonicCall& call, const char* name, SubsonicNode (*node_of)(const PlayerAlbum&)) {
  const auto type = call.given.required("type");
  if (!type) return tl::unexpected(type.error());
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  const auto albums = albums_by_type(call, **shelf, *type);
  if (!albums) return tl::unexpected(albums.error());
  const auto offset = static_cast<size_t>(call.given.number("offset", 0, 0, INT32_MAX));
  const auto size = static_cast<size_t>(call.given.number("size", kUsualAlbums, 0, kMostOfAList));
  SubsonicNode out;
  out.list("album");
  for (size_t i = offset; i < albums->size() && i < offset + size; ++i) out.add("album", node_of(*(*albums)[i]));
  return replied(name, std::move(out));
}

SubsonicResult album_list(const SubsonicCall& call) {
  return list_of_albums(call, "albumList", folder_node);
}
SubsonicResult album_list_2(const SubsonicCall& call) {
  return list_of_albums(call, "albumList2", to_node);
}

SubsonicResult list_of_songs(const SubsonicCall& call, const char* name, const std::string& where, const SqlValues& values) {
  const auto songs = call.songs().where(where, values);
  if (!songs) return tl::unexpected(songs.error());
  SubsonicNode out;
  add_songs(out, "song", *songs);
  return replied(name, std::move(out));
}

SubsonicResult random_songs(const SubsonicCall& call) {
  const std::string genre = folded(call.given.text("genre"));
  std::string where = "1";
  SqlValues values;
  if (!genre.empty()) {
    where += " AND songs.genre_fold = ?";
    values.emplace_back(genre);
  }
  if (const auto from = call.given.number("fromYear")) {
    where += " AND coalesce(songs.year, albums.year) >= ?";
    values.emplace_back(*from);
  }
  if (const auto to = call.given.number("toYear")) {
    where += " AND coalesce(songs.year, albums.year) <= ?";
    values.emplace_back(*to);
  }
  where += " ORDER BY random() LIMIT ?";
  values.emplace_back(call.given.number("size", 10, 0, kMostOfAList));
  return list_of_songs(call, "randomSongs", where, values);
}

SubsonicResult songs_by_genre(const SubsonicCall& call) {
  const auto genre = call.given.required("genre");
  if (!genre) return tl::unexpected(genre.error());
  return list_of_songs(
      call, "songsByGenre", "songs.genre_fold = ? ORDER BY songs.fold, songs.id LIMIT ? OFFSET ?",
      {folded(*genre), call.given.number("count", 10, 0, kMostOfAList), call.given.number("offset", 0, 0, INT32_MAX)});
}

SubsonicResult top_songs(const SubsonicCall& call) {
  const auto artist = call.given.required("artist");
  if (!artist) return tl::unexpected(artist.error());
  return list_of_songs(call, "topSongs",
                       "artists.fold = ? ORDER BY songs.plays DESC, songs.rating DESC, songs.fold, songs.id LIMIT ?",
                       {folded(*artist), call.given.number("count", 50, 0, kMostOfAList)});
}

// Songs that stand in playlists for all beside these, then others of the same artists and genres.
FromSubsonic<std::vector<PlayerSong>> similar_songs(const SubsonicCall& call, const std::vector<PlayerSong>& to, int64_t most) {
  std::vector<PlayerSong> out;
  const auto take = [&](const std::string& where, const SqlValues& values) {
    const auto found = call.songs().where(where + " ORDER BY random() LIMIT 100", values);
    if (!found) return false;
    for (const PlayerSong& song : *found) {
      const auto is_it = [&](const PlayerSong& each) { return each.id == song.id; };
      if (static_cast<int64_t>(out.size()) < most && std::none_of(to.begin(), to.end(), is_it) &&
          std::none_of(out.begin(), out.end(), is_it))
        out.push_back(song);
    }
    return true;
  };
  bool read = true;
  for (const PlayerSong& song : to)
    read =
        read && take(
                    "songs.id IN (SELECT other.song FROM playlist_songs mine JOIN playlists ON playlists.id = mine.playlist AND "
                    "playlists.private = 0 JOIN playlist_songs other ON other.playlist = mine.playlist WHERE mine.song = ?)",
                    {song.id});
  for (const PlayerSong& song : to) {
    if (read && song.artist_id) read = take("songs.artist = ?", {*song.artist_id});
  }
  for (const PlayerSong& song : to) {
    if (read && !song.genre.empty()) read = take("songs.genre_fold = ?", {folded(song.genre)});
  }
  if (!read) return library_is_away();
  return out;
}

// `id` may be that of a song, an album or an artist: then of a few of its songs.
FromSubsonic<std::vector<PlayerSong>> songs_meant(const SubsonicCall& call, const PlayerId& id) {
  const std::string few = " ORDER BY random() LIMIT 5";
  switch (id.kind) {
    case PlayerId::Kind::kSong: {
      auto song = call.songs().find(id.id);
      if (!song) return tl::unexpected(song.error());
      return std::vector<PlayerSong>{*std::move(song)};
    }
    case PlayerId::Kind::kAlbum:
      return call.songs().where("songs.album = ?" + few, {id.id});
    case PlayerId::Kind::kArtist:
      return call.songs().where("songs.artist = ?" + few, {id.id});
    default:
      return std::vector<PlayerSong>();
  }
}

SubsonicResult list_similar(const SubsonicCall& call, const char* name) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  const auto to = songs_meant(call, *id);
  if (!to) return tl::unexpected(to.error());
  const auto songs = similar_songs(call, *to, call.given.number("count", 50, 0, kMostOfAList));
  if (!songs) return tl::unexpected(songs.error());
  SubsonicNode out;
  add_songs(out, "song", *songs);
  return replied(name, std::move(out));
}
SubsonicResult similar(const SubsonicCall& call) {
  return list_similar(call, "similarSongs");
}
SubsonicResult similar_2(const SubsonicCall& call) {
  return list_similar(call, "similarSongs2");
}

SubsonicResult list_now_playing(const SubsonicCall& call) {
  SubsonicNode out;
  out.list("entry");
  for (const NowPlaying::Entry& entry : call.now_playing.of(call.viewer().account, call.now_s())) {
    const auto song = call.songs().find(entry.song);
    if (!song) continue;
    SubsonicNode node = to_node(*song);
    node.set("username", call.name()).set("minutesAgo", (call.now_s() - entry.since_s) / 60);
    node.set("playerId", entry.player_id).set("playerName", entry.player);
    out.add("entry", std::move(node));
  }
  return replied("nowPlaying", std::move(out));
}

SubsonicResult list_starred(const SubsonicCall& call, const char* name, SubsonicNode (*album_node)(const PlayerAlbum&)) {
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  SubsonicNode out;
  out.list("artist").list("album");
  for (const PlayerArtist& artist : (*shelf)->artists) {
    if (artist.starred_s) out.add("artist", to_node(artist));
  }
  for (const PlayerAlbum& album : (*shelf)->albums) {
    if (album.starred_s) out.add("album", album_node(album));
  }
  const auto songs = call.songs().where("liked.at IS NOT NULL ORDER BY liked.at DESC, songs.id");
  if (!songs) return tl::unexpected(songs.error());
  add_songs(out, "song", *songs);
  return replied(name, std::move(out));
}
SubsonicResult starred(const SubsonicCall& call) {
  return list_starred(call, "starred", folder_node);
}
SubsonicResult starred_2(const SubsonicCall& call) {
  return list_starred(call, "starred2", to_node);
}

constexpr std::array kListMethods = {
    SubsonicMethod{"getAlbumList", album_list},     SubsonicMethod{"getAlbumList2", album_list_2},
    SubsonicMethod{"getRandomSongs", random_songs}, SubsonicMethod{"getSongsByGenre", songs_by_genre},
    SubsonicMethod{"getTopSongs", top_songs},       SubsonicMethod{"getSimilarSongs", similar},
    SubsonicMethod{"getSimilarSongs2", similar_2},  SubsonicMethod{"getNowPlaying", list_now_playing},
    SubsonicMethod{"getStarred", starred},          SubsonicMethod{"getStarred2", starred_2}};

}  // namespace

std::span<const SubsonicMethod> subsonic_lists() {
  return kListMethods;
}

}  // namespace roundelay
