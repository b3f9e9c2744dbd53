// Playlists. Those by rule can be heard, not changed. Songs without a file stay on a playlist that a player changes, unseen.
#include <algorithm>
#include <array>

#include "server/library/playlists.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr int64_t kMostPlaylists = 500;

// All of its songs, in order; those without a file too.
FromSubsonic<std::vector<CatalogueSong>> songs_on(const SubsonicCall& call, int64_t playlist) {
  auto page = Playlists(call.library.database).songs(call.viewer(), playlist, {0, kMostPlaylistSongs}, call.now_s());
  if (!page) return told(page.error());
  return std::move(page->rows);
}

SubsonicNode head_node(const SubsonicCall& call, const Playlist& playlist, const std::vector<CatalogueSong>& songs) {
  int64_t count = 0, length_ms = 0;
  for (const CatalogueSong& song : songs) {
    if (song.hash.empty()) continue;
    ++count;
    length_ms += song.length_ms.value_or(0);
  }
  SubsonicNode out;
  out.set("id", PlayerId{PlayerId::Kind::kPlaylist, playlist.id}.text()).set("name", playlist.name).set("owner", playlist.owner);
  out.set("public", !playlist.is_private).set("songCount", count).set("duration", (length_ms + 500) / 1'000);
  out.set_unless_empty("comment", playlist.comment);
  out.set("created", player_time(playlist.created)).set("changed", player_time(playlist.changed));
  out.set("readonly", playlist.rule.has_value() || playlist.owner_id != call.viewer().account);
  return out;
}

FromSubsonic<int64_t> playlist_meant(const SubsonicCall& call, const char* name) {
  const auto id = call.given.id(name);
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kPlaylist) return nothing_there();
  return id->id;
}

SubsonicResult list_of_playlists(const SubsonicCall& call) {
  const std::string_view username = call.given.text("username");
  if (!username.empty() && username != call.name())
    return subsonic_fault(SubsonicFault::kNotAllowed, "Each sees her own playlists, and those for all.");
  const auto page = Playlists(call.library.database).list(call.viewer(), {0, kMostPlaylists});
  if (!page) return told(page.error());
  SubsonicNode out;
  out.list("playlist");
  for (const Playlist& playlist : page->rows) {
    const auto songs = songs_on(call, playlist.id);
    if (!songs) return tl::unexpected(songs.error());
    out.add("playlist", head_node(call, playlist, *songs));
  }
  return replied("playlists", std::move(out));
}

SubsonicResult playlist_with_songs(const SubsonicCall& call, int64_t id) {
  const auto playlist = Playlists(call.library.database).find(call.viewer(), id);
  if (!playlist) return told(playlist.error());
  const auto on_it = songs_on(call, id);
  if (!on_it) return tl::unexpected(on_it.error());
  SubsonicNode out = head_node(call, *playlist, *on_it);
  std::vector<int64_t> ids;
  for (const CatalogueSong& song : *on_it) ids.push_back(song.id);
  const auto songs = call.songs().of_ids(ids);
  if (!songs) return tl::unexpected(songs.error());
  add_songs(out, "entry", *songs);
  return replied("playlist", std::move(out));
}

SubsonicResult show_one_playlist(const SubsonicCall& call) {
  const auto id = playlist_meant(call, "id");
  if (!id) return tl::unexpected(id.error());
  return playlist_with_songs(call, *id);
}

FromSubsonic<nlohmann::json> songs_given(const SubsonicCall& call, const char* name) {
  const auto ids = call.given.ids(name);
  if (!ids) return tl::unexpected(ids.error());
  nlohmann::json out = nlohmann::json::array();
  for (const PlayerId& id : *ids) {
    if (id.kind != PlayerId::Kind::kSong) return nothing_there();
    out.push_back(id.id);
  }
  return out;
}

SubsonicResult create_playlist(const SubsonicCall& call) {
  const auto songs = songs_given(call, "songId");
  if (!songs) return tl::unexpected(songs.error());
  Playlists playlists(call.library.database);
  if (call.given.has("playlistId")) {
    const auto id = playlist_meant(call, "playlistId");
    if (!id) return tl::unexpected(id.error());
    nlohmann::json fields{{"songs", *songs}};
    if (const std::string_view name = call.given.text("name"); !name.empty()) fields["name"] = name;
    const auto done = playlists.change(call.viewer(), *id, fields, call.now_s());
    if (!done) return told(done.error());
    return playlist_with_songs(call, *id);
  }
  const auto name = call.given.required("name");
  if (!name) return tl::unexpected(name.error());
  const auto id = playlists.add(call.viewer(), {{"name", *name}, {"songs", *songs}}, call.now_s());
  if (!id) return told(id.error());
  return playlist_with_songs(call, *id);
}

// The ids of its songs without those at these places of what players see.
FromSubsonic<nlohmann::json> songs_without(const SubsonicCall& call, int64_t playlist,
                                           const std::vector<std::string_view>& places) {
  const auto songs = songs_on(call, playlist);
  if (!songs) return tl::unexpected(songs.error());
  nlohmann::json out = nlohmann::json::array();
  int64_t place = 0;
  for (const CatalogueSong& song : *songs) {
    const std::string here = std::to_string(place);
    if (!song.hash.empty()) ++place;
    if (song.hash.empty() || std::find(places.begin(), places.end(), here) == places.end()) out.push_back(song.id);
  }
  return out;
}

SubsonicResult update_playlist(const SubsonicCall& call) {
  const auto id = playlist_meant(call, "playlistId");
  if (!id) return tl::unexpected(id.error());
  const auto added = songs_given(call, "songIdToAdd");
  if (!added) return tl::unexpected(added.error());
  nlohmann::json fields = nlohmann::json::object();
  if (const std::string_view name = call.given.text("name"); !name.empty()) fields["name"] = name;
  if (call.given.has("comment")) fields["comment"] = call.given.text("comment");
  if (call.given.has("public")) fields["private"] = !call.given.flag("public", false);
  const auto places = call.given.all("songIndexToRemove");
  if (!places.empty()) {
    auto left = songs_without(call, *id, places);
    if (!left) return tl::unexpected(left.error());
    left->insert(left->end(), added->begin(), added->end());
    fields["songs"] = *std::move(left);
  } else if (!added->empty()) {
    fields["add"] = *added;
  }
  const auto done = Playlists(call.library.database).change(call.viewer(), *id, fields, call.now_s());
  if (!done) return told(done.error());
  return nothing_to_say();
}

SubsonicResult remove_playlist(const SubsonicCall& call) {
  const auto id = playlist_meant(call, "id");
  if (!id) return tl::unexpected(id.error());
  const auto done = Playlists(call.library.database).remove(call.viewer(), *id);
  if (!done) return told(done.error());
  return nothing_to_say();
}

constexpr std::array kPlaylistMethods = {
    SubsonicMethod{"getPlaylists", list_of_playlists}, SubsonicMethod{"getPlaylist", show_one_playlist},
    SubsonicMethod{"createPlaylist", create_playlist}, SubsonicMethod{"updatePlaylist", update_playlist},
    SubsonicMethod{"deletePlaylist", remove_playlist}};

}  // namespace

std::span<const SubsonicMethod> subsonic_playlists() {
  return kPlaylistMethods;
}

}  // namespace roundelay
