// Lists of albums and songs: the newest, the starred, by genre, by chance, and what is like a song.
#include <sodium.h>

#include <algorithm>
#include <array>
#include <memory>
#include <random>
#include <set>

#include "server/library/folding.h"
#include "server/library/subsonic/album_list.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr int64_t kUsualAlbums = 10;
constexpr int64_t kMostLiked = 10'000;
constexpr size_t kSongsAtOnce = 10'000;

std::mt19937 seeded_random() {
  return std::mt19937(randombytes_random());
}

// `most` of them by chance, in an order by chance.
template <typename Thing>
std::vector<Thing> some_of(std::vector<Thing> all, size_t most) {
  std::mt19937 random = seeded_random();
  most = std::min(most, all.size());
  for (size_t i = 0; i < most; ++i) std::swap(all[i], all[std::uniform_int_distribution<size_t>(i, all.size() - 1)(random)]);
  all.resize(most);
  return all;
}

using Rank = AlbumList::Rank;

// Those whose number is not 0, the greatest first.
Rank most_first(int64_t (*number)(const PlayerAlbum&)) {
  return [number](const PlayerAlbum& told, const ShelfAlbum&) {
    const auto value = static_cast<double>(number(told));
    return value == 0 ? std::nullopt : std::optional(-value);
  };
}

FromSubsonic<Rank> rank_by_year(const SubsonicCall& call) {
  const auto from = call.given.number("fromYear"), to = call.given.number("toYear");
  if (!from || !to) return subsonic_fault(SubsonicFault::kMissing, "The parameters fromYear and toYear are missing.");
  return [least = std::min(*from, *to), greatest = std::max(*from, *to), back = *from > *to](
             const PlayerAlbum& told, const ShelfAlbum&) -> std::optional<double> {
    if (!told.year || *told.year < least || *told.year > greatest) return std::nullopt;
    return static_cast<double>(back ? -*told.year : *told.year);
  };
}

FromSubsonic<Rank> rank_of_genre(const SubsonicCall& call) {
  const auto genre = call.given.required("genre");
  if (!genre) return tl::unexpected(genre.error());
  return [genre = folded(*genre), viewer = call.viewer()](const PlayerAlbum&, const ShelfAlbum& album) {
    return album.has_genre(genre, viewer) ? std::optional<double>(0) : std::nullopt;
  };
}

// Empty: all, in the order of the list.
FromSubsonic<Rank> rank_by_type(const SubsonicCall& call, const std::string& type) {
  if (type == "alphabeticalByName" || type == "alphabeticalByArtist") return Rank();
  if (type == "random") {
    return [random = std::make_shared<std::mt19937>(seeded_random())](const PlayerAlbum&, const ShelfAlbum&) {
      return std::optional<double>((*random)());
    };
  }
  if (type == "newest")
    return [](const PlayerAlbum& told, const ShelfAlbum&) { return std::optional(-static_cast<double>(told.newest_s)); };
  if (type == "frequent") return most_first([](const PlayerAlbum& told) { return told.times_heard; });
  if (type == "recent") return most_first([](const PlayerAlbum& told) { return told.last_heard_s; });
  if (type == "starred") return most_first([](const PlayerAlbum& told) { return told.starred_s.value_or(0); });
  if (type == "highest") {
    return
        [](const PlayerAlbum& told, const ShelfAlbum&) { return told.rating > 0 ? std::optional(-told.rating) : std::nullopt; };
  }
  if (type == "byYear") return rank_by_year(call);
  if (type == "byGenre") return rank_of_genre(call);
  return subsonic_fault(SubsonicFault::kGeneric, "There is no such type of a list of albums.");
}

SubsonicResult list_of_albums(const SubsonicCall& call, const char* name, SubsonicNode (*node_of)(const PlayerAlbum&)) {
  const auto type = call.given.required("type");
  if (!type) return tl::unexpected(type.error());
  auto rank = rank_by_type(call, *type);
  if (!rank) return tl::unexpected(rank.error());
  const auto list = std::make_shared<AlbumList>(
      AlbumList::Wanted{.rank = *std::move(rank),
                        .by_artist = *type == "alphabeticalByArtist",
                        .offset = static_cast<size_t>(call.given.number("offset", 0, 0, INT32_MAX)),
                        .size = static_cast<size_t>(call.given.number("size", kUsualAlbums, 0, kMostOfAList)),
                        .node_of = node_of});
  return by_shelf_slices(
      call, [list](const PlayerShelf& shelf, std::vector<int64_t>&) { return list->read_on(shelf); },
      [list, name](const std::vector<PlayerSong>&) { return SubsonicNode().put(name, list->node()); });
}

SubsonicResult album_list(const SubsonicCall& call) {
  return list_of_albums(call, "albumList", folder_node);
}
SubsonicResult album_list_2(const SubsonicCall& call) {
  return list_of_albums(call, "albumList2", to_node);
}

SubsonicResult songs_listed(const char* name, FromSubsonic<std::vector<int64_t>> ids) {
  if (!ids) return tl::unexpected(ids.error());
  return replied_with_songs(name, {}, "song", *std::move(ids));
}

SubsonicResult random_songs(const SubsonicCall& call) {
  const auto most = static_cast<size_t>(call.given.number("size", 10, 0, kMostOfAList));
  const std::string genre = folded(call.given.text("genre"));
  const auto from = call.given.number("fromYear"), to = call.given.number("toYear");
  if (genre.empty() && !from && !to) {
    const auto place = std::make_shared<ShelfPlace>();
    return by_shelf_slices(
        call,
        [place, most](const PlayerShelf& shelf, std::vector<int64_t>& songs) {
          const bool last = shelf.songs_behind(*place, kSongsAtOnce, songs);
          if (last) songs = some_of(std::move(songs), most);
          return last;
        },
        [](const std::vector<PlayerSong>& songs) {
          SubsonicNode out;
          add_songs(out, "song", songs);
          return SubsonicNode().put("randomSongs", std::move(out));
        });
  }
  constexpr const char* kYear = " AND coalesce(songs.year, (SELECT albums.year FROM albums WHERE albums.id = songs.album))";
  std::string where = "1";
  SqlValues values;
  if (!genre.empty()) {
    where += " AND songs.genre_fold = ?";
    values.emplace_back(genre);
  }
  if (from) {
    where.append(kYear).append(" >= ?");
    values.emplace_back(*from);
  }
  if (to) {
    where.append(kYear).append(" <= ?");
    values.emplace_back(*to);
  }
  const auto ids = call.songs().ids_where(where, values);
  if (!ids) return tl::unexpected(ids.error());
  return songs_listed("randomSongs", some_of(*ids, most));
}

SubsonicResult songs_by_genre(const SubsonicCall& call) {
  const auto genre = call.given.required("genre");
  if (!genre) return tl::unexpected(genre.error());
  return songs_listed("songsByGenre",
                      call.songs().ids_where("songs.genre_fold = ? ORDER BY songs.fold, songs.id LIMIT ? OFFSET ?",
                                             {folded(*genre), call.given.number("count", 10, 0, kMostOfAList),
                                              call.given.number("offset", 0, 0, INT32_MAX)}));
}

SubsonicResult top_songs(const SubsonicCall& call) {
  const auto artist = call.given.required("artist");
  if (!artist) return tl::unexpected(artist.error());
  return songs_listed("topSongs", call.songs().ids_where("songs.artist IN (SELECT id FROM artists WHERE fold = ?) ORDER BY "
                                                         "songs.plays DESC, songs.rating DESC, songs.fold, songs.id LIMIT ?",
                                                         {folded(*artist), call.given.number("count", 50, 0, kMostOfAList)}));
}

// Songs that stand in playlists for all beside these, then others of the same artists and genres.
FromSubsonic<std::vector<int64_t>> similar_songs(const SubsonicCall& call, const std::vector<PlayerSong>& to, size_t most) {
  constexpr size_t kMostOfAKind = 100;
  std::vector<int64_t> out;
  std::set<int64_t> known;
  for (const PlayerSong& song : to) known.insert(song.id);
  const auto take = [&](const std::string& where, const SqlValues& values) {
    const auto ids = call.songs().ids_where(where, values);
    if (!ids) return false;
    for (const int64_t id : some_of(*ids, kMostOfAKind)) {
      if (out.size() < most && known.insert(id).second) out.push_back(id);
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
    if (read && out.size() < most && song.artist_id) read = take("songs.artist = ?", {*song.artist_id});
  }
  for (const PlayerSong& song : to) {
    if (read && out.size() < most && !song.genre.empty()) read = take("songs.genre_fold = ?", {folded(song.genre)});
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
  return songs_listed(name, similar_songs(call, *to, static_cast<size_t>(call.given.number("count", 50, 0, kMostOfAList))));
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
  for (const PlayerArtist& artist : shelf->artists_starred()) out.add("artist", to_node(artist));
  for (const ShelfAlbum* album : shelf->albums_starred()) out.add("album", album_node(shelf->told(*album)));
  std::vector<int64_t> songs;
  if (!each_row(call.library.database,
                "SELECT item FROM favourites WHERE account = ? AND kind = 'song' ORDER BY at DESC, item LIMIT ?",
                {call.viewer().account, kMostLiked}, [&](const SqlRow& row) { songs.push_back(row.integer(0)); }))
    return library_is_away();
  return replied_with_songs(name, std::move(out), "song", std::move(songs));
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
