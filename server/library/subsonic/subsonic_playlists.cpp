// Playlists. Those by rule can be heard, not changed. Songs without a file stay on a playlist that a player changes, unseen.
#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "server/library/playlist_content.h"
#include "server/library/playlists.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr int64_t kMostPlaylists = 500;

SubsonicNode head_node(const Viewer& viewer, const Playlist& playlist, const std::vector<PlaylistSong>& songs) {
  int64_t count = 0, length_ms = 0;
  for (const PlaylistSong& song : songs) {
    if (!song.has_file) continue;
    ++count;
    length_ms += song.length_ms;
  }
  SubsonicNode out;
  out.set("id", PlayerId{PlayerId::Kind::kPlaylist, playlist.id}.text()).set("name", playlist.name).set("owner", playlist.owner);
  out.set("public", !playlist.is_private).set("songCount", count).set("duration", (length_ms + 500) / 1'000);
  out.set_unless_empty("comment", playlist.comment);
  out.set("created", player_time(playlist.created)).set("changed", player_time(playlist.changed));
  out.set("readonly", playlist.rule.has_value() || playlist.owner_id != viewer.account);
  return out;
}

FromSubsonic<int64_t> playlist_meant(const SubsonicCall& call, const char* name) {
  const auto id = call.given.id(name);
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kPlaylist) return nothing_there();
  return id->id;
}

FromSubsonic<bool> content_read_on(PlaylistContent& content, Library& library) {
  const auto last = content.go_on(library.database);
  if (!last) return told(CatalogueFault{});
  return *last;
}

struct PlaylistHeads {
  Viewer viewer;
  int64_t now_s = 0;
  std::vector<Playlist> playlists;
  SubsonicNode out = {};
  std::optional<PlaylistContent> content = {};  // of the next
  size_t next = 0;

  FromSubsonic<bool> read_on(Library& library) {
    if (next == playlists.size()) return true;
    const Playlist& playlist = playlists[next];
    if (!content) content.emplace(viewer, playlist, now_s);
    const auto last = content_read_on(*content, library);
    if (!last || !*last) return last;
    out.add("playlist", head_node(viewer, playlist, content->songs()));
    content.reset();
    return ++next == playlists.size();
  }
};

SubsonicResult list_of_playlists(const SubsonicCall& call) {
  const std::string_view username = call.given.text("username");
  if (!username.empty() && username != call.name())
    return subsonic_fault(SubsonicFault::kNotAllowed, "Each sees her own playlists, and those for all.");
  auto page = Playlists(call.library.database).list(call.viewer(), {0, kMostPlaylists});
  if (!page) return told(page.error());
  const auto heads = std::make_shared<PlaylistHeads>(PlaylistHeads{call.viewer(), call.now_s(), std::move(page->rows)});
  heads->out.list("playlist");
  return LongReply{{},
                   [heads](const std::vector<PlayerSong>&) { return SubsonicNode().put("playlists", heads->out); },
                   [heads](Library& library, std::vector<int64_t>&) { return heads->read_on(library); }};
}

SubsonicResult playlist_with_songs(const SubsonicCall& call, int64_t id) {
  const auto playlist = Playlists(call.library.database).find(call.viewer(), id);
  if (!playlist) return told(playlist.error());
  const auto content = std::make_shared<PlaylistContent>(call.viewer(), *playlist, call.now_s());
  return LongReply{{},
                   [content, viewer = call.viewer(), playlist = *playlist](const std::vector<PlayerSong>& songs) {
                     SubsonicNode out = head_node(viewer, playlist, content->songs());
                     add_songs(out, "entry", songs);
                     return SubsonicNode().put("playlist", std::move(out));
                   },
                   [content](Library& library, std::vector<int64_t>& ids) {
                     const auto last = content_read_on(*content, library);
                     if (!last || !*last) return last;
                     for (const PlaylistSong& song : content->songs()) {
                       if (song.has_file) ids.push_back(song.id);
                     }
                     return last;
                   }};
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
  const auto known = Playlists(call.library.database).find(call.viewer(), playlist);
  if (!known) return told(known.error());
  nlohmann::json out = nlohmann::json::array();
  if (known->rule) return out;  // which is refused
  PlaylistContent content(call.viewer(), *known, call.now_s());
  auto read = content_read_on(content, call.library);
  while (read && !*read) read = content_read_on(content, call.library);
  if (!read) return tl::unexpected(read.error());
  int64_t place = 0;
  for (const PlaylistSong& song : content.songs()) {
    const std::string here = std::to_string(place);
    if (song.has_file) ++place;
    if (!song.has_file || std::find(places.begin(), places.end(), here) == places.end()) out.push_back(song.id);
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
