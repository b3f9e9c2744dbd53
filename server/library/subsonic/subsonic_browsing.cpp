// Browsing: by artist and album, and as if these were folders.
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr int64_t kMusicFolder = 1;

SubsonicResult music_folders(const SubsonicCall& /*call*/) {
  SubsonicNode out;
  out.add("musicFolder", SubsonicNode().set("id", kMusicFolder).set("name", "Songs"));
  return replied("musicFolders", std::move(out));
}

// An artist of a list that outlives the shelf.
struct ListedArtist {
  PlayerId id;
  std::string name;
  std::string letter;
  int64_t albums = 0;
  std::optional<int64_t> starred_s = {};
};
// All of them, read by slices, and then put together on the pool.
template <typename PutTogether>
SubsonicReply list_artists(const SubsonicCall& call, PutTogether put_together) {
  constexpr size_t kArtistsAtOnce = 500;
  struct Listed {
    ShelfPlace place = {};
    std::vector<ListedArtist> artists = {};
  };
  const auto listed = std::make_shared<Listed>();
  return by_shelf_slices(
      call,
      [listed](const PlayerShelf& shelf, std::vector<int64_t>&) {
        std::vector<PlayerArtist> artists;
        const bool last = shelf.artists_behind(listed->place, kArtistsAtOnce, artists);
        for (const PlayerArtist& each : artists)
          listed->artists.push_back(
              {each.id, std::string(each.name), PlayerShelf::letter_of(each.fold), each.albums, each.starred_s});
        return last;
      },
      [listed, put_together](const std::vector<PlayerSong>&) { return put_together(listed->artists); });
}

// Under the letters that their names begin with, "#" last.
SubsonicReply index_of(const SubsonicCall& call, const char* name, SubsonicNode head,
                       SubsonicNode (*node_of)(const ListedArtist&)) {
  return list_artists(call, [name, head = std::move(head), node_of](const std::vector<ListedArtist>& artists) {
    std::map<std::string, SubsonicNode> letters;
    for (const ListedArtist& artist : artists) letters[artist.letter].add("artist", node_of(artist));
    SubsonicNode out = head;
    out.set("ignoredArticles", "").list("index");
    const auto other = letters.extract("#");
    for (auto& [letter, node] : letters) out.add("index", std::move(node.set("name", letter)));
    if (!other.empty()) out.add("index", std::move(other.mapped().set("name", "#")));
    return SubsonicNode().put(name, std::move(out));
  });
}

SubsonicResult artists_by_letter(const SubsonicCall& call) {
  return index_of(call, "artists", {}, [](const ListedArtist& artist) {
    return to_node(
        PlayerArtist{.id = artist.id, .name = artist.name, .fold = {}, .albums = artist.albums, .starred_s = artist.starred_s});
  });
}

SubsonicResult folders_by_letter(const SubsonicCall& call) {
  SubsonicNode head;
  head.set("lastModified", call.now_s() * 1'000);
  return index_of(call, "indexes", std::move(head), [](const ListedArtist& artist) {
    SubsonicNode folder;
    folder.set("id", artist.id.text()).set("name", artist.name);
    if (artist.starred_s) folder.set("starred", player_time(*artist.starred_s));
    return folder;
  });
}

SubsonicResult folder_of_artist(const PlayerShelf& shelf, const PlayerId& id) {
  const auto artist = shelf.artist(id);
  if (!artist) return nothing_there();
  SubsonicNode out;
  out.set("id", id.text()).set("name", artist->name).set("parent", std::to_string(kMusicFolder));
  if (artist->starred_s) out.set("starred", player_time(*artist->starred_s));
  out.list("child");
  for (const ShelfAlbum* album : shelf.albums_of(id)) out.add("child", folder_node(shelf.told(*album)));
  return replied("directory", std::move(out));
}

SubsonicResult folder_of_album(const SubsonicCall& call, const PlayerShelf& shelf, const PlayerId& id) {
  const ShelfAlbum* there = shelf.album(id);
  if (there == nullptr) return nothing_there();
  const PlayerAlbum album = shelf.told(*there);
  SubsonicNode out;
  out.set("id", id.text()).set("parent", album.artist_id.text()).set("name", album.title).set("playCount", album.times_heard);
  if (album.starred_s) out.set("starred", player_time(*album.starred_s));
  auto songs = call.songs().ids_of_album(id, album.songs);
  if (!songs) return tl::unexpected(songs.error());
  return replied_with_songs("directory", std::move(out), "child", *std::move(songs));
}

SubsonicResult music_directory(const SubsonicCall& call) {
  if (call.given.text("id") == std::to_string(kMusicFolder)) {
    return list_artists(call, [](const std::vector<ListedArtist>& artists) {
      SubsonicNode out;
      out.set("id", std::to_string(kMusicFolder)).set("name", "Songs").list("child");
      for (const ListedArtist& artist : artists)
        out.add("child",
                SubsonicNode().set("id", artist.id.text()).set("parent", "1").set("isDir", true).set("title", artist.name));
      return SubsonicNode().put("directory", std::move(out));
    });
  }
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  if (id->is_artist()) return folder_of_artist(*shelf, *id);
  return id->is_album() ? folder_of_album(call, *shelf, *id) : nothing_there();
}

SubsonicResult show_player_artist(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  const auto artist = shelf->artist(*id);
  if (!artist) return nothing_there();
  SubsonicNode out = to_node(*artist);
  out.list("album");
  for (const ShelfAlbum* album : shelf->albums_of(*id)) out.add("album", to_node(shelf->told(*album)));
  return replied("artist", std::move(out));
}

SubsonicResult show_player_album(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  const ShelfAlbum* album = shelf->album(*id);
  if (album == nullptr) return nothing_there();
  const PlayerAlbum told = shelf->told(*album);
  auto songs = call.songs().ids_of_album(*id, told.songs);
  if (!songs) return tl::unexpected(songs.error());
  return replied_with_songs("album", to_node(told), "song", *std::move(songs));
}

SubsonicResult show_player_song(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kSong) return nothing_there();
  const auto song = call.songs().find(id->id);
  if (!song) return tl::unexpected(song.error());
  return replied("song", to_node(*song));
}

SubsonicResult list_player_genres(const SubsonicCall& call) {
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  SubsonicNode out;
  out.list("genre");
  for (const PlayerGenre& genre : shelf->genres()) {
    SubsonicNode node;
    node.set("songCount", genre.songs).set("albumCount", genre.albums).text(std::string(genre.name));
    out.add("genre", std::move(node));
  }
  return replied("genres", std::move(out));
}

// Nothing is known of an artist or an album beyond what the catalogue says.
template <const char* kName>
SubsonicResult no_notes(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  return replied(kName, SubsonicNode());
}
constexpr char kArtistInfo[] = "artistInfo";
constexpr char kArtistInfo2[] = "artistInfo2";
constexpr char kAlbumInfo[] = "albumInfo";

constexpr std::array kBrowsingMethods = {SubsonicMethod{"getMusicFolders", music_folders},
                                         SubsonicMethod{"getIndexes", folders_by_letter},
                                         SubsonicMethod{"getMusicDirectory", music_directory},
                                         SubsonicMethod{"getArtists", artists_by_letter},
                                         SubsonicMethod{"getArtist", show_player_artist},
                                         SubsonicMethod{"getAlbum", show_player_album},
                                         SubsonicMethod{"getSong", show_player_song},
                                         SubsonicMethod{"getGenres", list_player_genres},
                                         SubsonicMethod{"getArtistInfo", no_notes<kArtistInfo>},
                                         SubsonicMethod{"getArtistInfo2", no_notes<kArtistInfo2>},
                                         SubsonicMethod{"getAlbumInfo", no_notes<kAlbumInfo>},
                                         SubsonicMethod{"getAlbumInfo2", no_notes<kAlbumInfo>}};

}  // namespace

std::span<const SubsonicMethod> subsonic_browsing() {
  return kBrowsingMethods;
}

}  // namespace roundelay
