// Searching. An empty text finds everything: so players that keep a list of their own learn of it.
#include <array>
#include <memory>

#include "server/library/search.h"
#include "server/library/subsonic/shelf_slices.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

struct Wanted {
  int64_t offset = 0;
  int64_t limit = 0;
};

Wanted wanted_of(const SubsonicCall& call, const std::string& kind) {
  return {call.given.number(kind + "Offset", 0, 0, INT32_MAX), call.given.number(kind + "Count", 20, 0, kMostOfAList)};
}

// A part of all that there is, by slices.
class AllFound {
 public:
  AllFound(const SubsonicCall& call, SubsonicNode (*album_node)(const PlayerAlbum&))
      : artists_(slices_of(call, "artist")),
        albums_(slices_of(call, "album")),
        songs_(slices_of(call, "song")),
        album_node_(album_node) {
    out_.list("artist").list("album");
  }
  bool read_on(const PlayerShelf& shelf, std::vector<int64_t>& songs) {
    if (!artists_.is_done()) {
      for (const auto& each : artists_.next<PlayerArtist>(
               [&](ShelfPlace&place, auto&rows) { return shelf.artists_behind(place, kArtistsAtOnce, rows); }))
        out_.add("artist", to_node(each));
    } else if (!albums_.is_done()) {
      for (const ShelfAlbum* each : albums_.next<const ShelfAlbum*>(
               [&](ShelfPlace&place, auto&rows) { return shelf.albums_behind(place, kAlbumsAtOnce, rows); }))
        out_.add("album", album_node_(shelf.told(*each)));
    } else if (!songs_.is_done()) {
      const auto ids =
          songs_.next<int64_t>([&](ShelfPlace& place, auto& rows) { return shelf.songs_behind(place, kSongsAtOnce, rows); });
      songs.insert(songs.end(), ids.begin(), ids.end());
    }
    return artists_.is_done() && albums_.is_done() && songs_.is_done();
  }
  [[nodiscard]] const SubsonicNode& node() const { return out_; }

 private:
  static constexpr size_t kArtistsAtOnce = 500, kAlbumsAtOnce = 250, kSongsAtOnce = 10'000;
  static ShelfSlices slices_of(const SubsonicCall& call, const char* kind) {
    const Wanted wanted = wanted_of(call, kind);
    return {wanted.offset, wanted.limit};
  }

  ShelfSlices artists_, albums_, songs_;
  SubsonicNode (*album_node_)(const PlayerAlbum&);
  SubsonicNode out_;
};

SubsonicReply find_all(const SubsonicCall& call, const char* name, SubsonicNode (*album_node)(const PlayerAlbum&)) {
  const auto found = std::make_shared<AllFound>(call, album_node);
  return by_shelf_slices(
      call, [found](const PlayerShelf& shelf, std::vector<int64_t>& songs) { return found->read_on(shelf, songs); },
      [found, name](const std::vector<PlayerSong>& songs) {
        SubsonicNode out = found->node();
        add_songs(out, "song", songs);
        return SubsonicNode().put(name, std::move(out));
      });
}

struct Found {
  std::vector<PlayerArtist> artists = {};
  ShelfAlbums albums = {};
  std::vector<int64_t> songs = {};
};

FromSubsonic<Found> find_text(const SubsonicCall& call, const PlayerShelf& shelf, const std::string& text) {
  Search search(call.library.database);
  const auto page_wanted = [&](const char* kind) {
    const Wanted wanted = wanted_of(call, kind);
    return Page{wanted.offset, wanted.limit};
  };
  const auto artists = search.artists(call.viewer(), text, page_wanted("artist"));
  const auto albums = search.albums(call.viewer(), text, page_wanted("album"));
  const auto songs = search.songs(call.viewer(), text, {}, page_wanted("song"));
  if (!artists || !albums || !songs) return library_is_away();
  Found out;
  for (const Artist& each : artists->rows) {
    if (const auto artist = shelf.artist({PlayerId::Kind::kArtist, each.id})) out.artists.push_back(*artist);
  }
  for (const Album& each : albums->rows) {
    if (const ShelfAlbum* album = shelf.album({PlayerId::Kind::kAlbum, each.id})) out.albums.push_back(album);
  }
  for (const CatalogueSong& each : songs->rows) out.songs.push_back(each.id);
  return out;
}

SubsonicResult search_for(const SubsonicCall& call, const char* name, SubsonicNode (*album_node)(const PlayerAlbum&)) {
  if (!call.given.has("query")) return subsonic_fault(SubsonicFault::kMissing, "The parameter query is missing.");
  std::string text(call.given.text("query"));
  // Some put everything, others nothing, into quotation marks.
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
  if (text.find_first_not_of(" *") == std::string::npos) return find_all(call, name, album_node);
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  auto found = find_text(call, *shelf, text);
  if (!found) return tl::unexpected(found.error());
  SubsonicNode out;
  out.list("artist").list("album");
  for (const PlayerArtist& artist : found->artists) out.add("artist", to_node(artist));
  for (const ShelfAlbum* album : found->albums) out.add("album", album_node(shelf->told(*album)));
  return replied_with_songs(name, std::move(out), "song", std::move(found->songs));
}
SubsonicResult search_2(const SubsonicCall& call) {
  return search_for(call, "searchResult2", folder_node);
}
SubsonicResult search_3(const SubsonicCall& call) {
  return search_for(call, "searchResult3", to_node);
}

constexpr std::array kFindingMethods = {SubsonicMethod{"search2", search_2}, SubsonicMethod{"search3", search_3}};

}  // namespace

std::span<const SubsonicMethod> subsonic_finding() {
  return kFindingMethods;
}

}  // namespace roundelay
