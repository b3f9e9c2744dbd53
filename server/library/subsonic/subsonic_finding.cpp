// Searching. An empty text finds everything: so players that keep a list of their own learn of it.
#include <algorithm>
#include <array>

#include "server/library/search.h"
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

template <typename Row>
std::vector<Row> part_of(const std::vector<Row>& rows, const Wanted& wanted) {
  const auto begin = std::min(static_cast<size_t>(wanted.offset), rows.size());
  const auto end = std::min(begin + static_cast<size_t>(wanted.limit), rows.size());
  return {rows.begin() + static_cast<ptrdiff_t>(begin), rows.begin() + static_cast<ptrdiff_t>(end)};
}

struct Found {
  std::vector<PlayerArtist> artists = {};
  ShelfAlbums albums = {};
  std::vector<int64_t> songs = {};
};

Found find_all(const SubsonicCall& call, const PlayerShelf& shelf) {
  Found out;
  if (const Wanted artists = wanted_of(call, "artist"); artists.limit > 0) out.artists = part_of(shelf.artists(), artists);
  if (const Wanted albums = wanted_of(call, "album"); albums.limit > 0) out.albums = part_of(shelf.albums(), albums);
  if (const Wanted songs = wanted_of(call, "song"); songs.limit > 0) out.songs = part_of(shelf.songs(), songs);
  return out;
}

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
  std::string text(call.given.text("query"));
  // Some put everything, others nothing, into quotation marks.
  if (text.size() >= 2 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
  const auto shelf = call.shelf();
  if (!shelf) return tl::unexpected(shelf.error());
  const bool all = text.find_first_not_of(" *") == std::string::npos;
  auto found = all ? FromSubsonic<Found>(find_all(call, *shelf)) : find_text(call, *shelf, text);
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
