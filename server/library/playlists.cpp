#include "server/library/playlists.h"

#include "server/library/folding.h"
#include "server/library/song_fields.h"
#include "server/library/songs.h"

namespace roundelay {

struct Playlists::Changed {
  std::string name;
  std::string comment;
  bool is_private = true;
  std::optional<PlaylistRule> rule;
  std::optional<std::vector<int64_t>> songs;  // instead of those that are there
  std::vector<int64_t> added;
};

namespace {

constexpr const char* kSelectPlaylists =
    "SELECT playlists.id, playlists.owner, accounts.name, playlists.name, playlists.comment, playlists.private, playlists.rule, "
    "playlists.created, "
    "playlists.changed FROM playlists JOIN accounts ON accounts.id = playlists.owner WHERE ";
constexpr const char* kPlaylistSeen = "(playlists.private = 0 OR playlists.owner = ? OR ?)";

Playlist playlist_of(const SqlRow& row) {
  Playlist out{.id = row.integer(0),
               .owner_id = row.integer(1),
               .owner = row.text(2),
               .name = row.text(3),
               .comment = row.text(4),
               .is_private = row.flag(5),
               .created = row.integer(7),
               .changed = row.integer(8)};
  if (row.is_null(6)) return out;
  // One that a later version wrote may not be known here: nothing is on it then.
  const auto rule = playlist_rule(nlohmann::json::parse(row.text(6), nullptr, false));
  out.rule = rule ? *rule : PlaylistRule{.all = true, .terms = {{"rating_at_least", 11.0}}};
  return out;
}

}  // namespace

nlohmann::json to_json(const Playlist& playlist) {
  return {{"id", playlist.id},
          {"owner_id", playlist.owner_id},
          {"owner", playlist.owner},
          {"name", playlist.name},
          {"comment", playlist.comment},
          {"private", playlist.is_private},
          {"rule", playlist.rule ? to_json(*playlist.rule) : nlohmann::json(nullptr)},
          {"created", playlist.created},
          {"changed", playlist.changed}};
}

FromCatalogue<PageOf<Playlist>> Playlists::list(const Viewer& viewer, const Page& page) {
  PageOf<Playlist> out;
  const std::string seen = kPlaylistSeen;
  const auto total = sql_integer(database_, "SELECT COUNT(*) FROM playlists WHERE " + seen, {viewer.account, viewer.sees_all()});
  std::string sql = kSelectPlaylists;
  sql += seen + " ORDER BY playlists.fold, playlists.id LIMIT ? OFFSET ?";
  if (!total || !each_row(database_, sql, {viewer.account, viewer.sees_all(), page.limit, page.offset},
                          [&](const SqlRow& row) { out.rows.push_back(playlist_of(row)); }))
    return unread();
  out.total = *total;
  return out;
}

FromCatalogue<Playlist> Playlists::find(const Viewer& viewer, int64_t id) {
  std::string sql = kSelectPlaylists;
  sql += kPlaylistSeen;
  sql += " AND playlists.id = ?";
  Playlist out;
  if (!each_row(database_, sql, {viewer.account, viewer.sees_all(), id}, [&](const SqlRow& row) { out = playlist_of(row); }))
    return unread();
  if (out.id == 0) return not_there(phrase("library_no_such_playlist"));
  return out;
}

FromCatalogue<std::vector<int64_t>> Playlists::seen_songs(const Viewer& viewer, const nlohmann::json& ids) {
  if (!ids.is_array() || ids.size() > kMostPlaylistSongs) return misread("“songs” are ids, at most 10000.", "songs");
  std::vector<int64_t> out;
  for (const nlohmann::json& id : ids) {
    if (!id.is_number_integer()) return misread("“songs” are ids, at most 10000.", "songs");
    out.push_back(id.get<int64_t>());
    if (const auto song = Songs(database_).find(viewer, out.back()); !song) return tl::unexpected(song.error());
  }
  return out;
}

FromCatalogue<Playlists::Changed> Playlists::changed(const Viewer& viewer, const Playlist& before, const nlohmann::json& fields) {
  if (!fields.is_object()) return misread("A playlist is an object.");
  Changed out{before.name, before.comment, before.is_private, before.rule, std::nullopt, {}};
  for (const auto& [name, value] : fields.items()) {
    if (name == "name" && value.is_string()) {
      out.name = value.get<std::string>();
    } else if (name == "comment" && value.is_string()) {
      out.comment = value.get<std::string>();
    } else if (name == "private" && value.is_boolean()) {
      out.is_private = value.get<bool>();
    } else if (name == "rule" && value.is_null()) {
      out.rule.reset();
    } else if (name == "rule") {
      auto rule = playlist_rule(value);
      if (!rule) return tl::unexpected(rule.error());
      out.rule = std::move(*rule);
    } else if (name == "songs" || name == "add") {
      auto songs = seen_songs(viewer, value);
      if (!songs) return tl::unexpected(songs.error());
      if (name == "songs")
        out.songs = std::move(*songs);
      else
        out.added = std::move(*songs);
    } else {
      return misread(
          "A playlist has name, comment, private, songs, add and rule; “" + name + "” is none of them, or of another kind.",
          name);
    }
  }
  auto checked = checked_title(out.name, "name");
  if (!checked) return tl::unexpected(checked.error());
  out.name = std::move(*checked);
  if (out.comment.size() > kMostPlaylistCommentBytes) return misread("A comment has at most 1000 bytes.", "comment");
  if (out.rule && (out.songs || !out.added.empty()))
    return misread("The songs of a playlist by rule come from its rule.", "songs");
  return out;
}

FromCatalogue<void> Playlists::fits(int64_t id, const Changed& fields) {
  size_t songs = fields.added.size();
  if (fields.songs) {
    songs += fields.songs->size();
  } else {
    const auto there = sql_integer(database_, "SELECT COUNT(*) FROM playlist_songs WHERE playlist = ?", {id});
    if (!there) return unread();
    songs += static_cast<size_t>(*there);
  }
  if (songs <= kMostPlaylistSongs || (!fields.songs && fields.added.empty())) return {};
  return refused(phrase("library_playlist_is_full", {{"most", kMostPlaylistSongs}}), fields.added.empty() ? "songs" : "add");
}

bool Playlists::write(int64_t id, const Changed& fields, int64_t now_s) {
  const SqlValue rule = fields.rule ? SqlValue(to_json(*fields.rule).dump()) : SqlValue(nullptr);
  if (!run_sql(database_, "UPDATE playlists SET name = ?, comment = ?, fold = ?, private = ?, rule = ?, changed = ? WHERE id = ?",
               {fields.name, fields.comment, folded(fields.name), fields.is_private, rule, now_s, id}))
    return false;
  if ((fields.songs || fields.rule) && !run_sql(database_, "DELETE FROM playlist_songs WHERE playlist = ?", {id})) return false;
  const auto last = sql_integer(database_, "SELECT max(place) + 1 FROM playlist_songs WHERE playlist = ?", {id});
  if (!last) return false;
  std::vector<int64_t> behind = fields.songs.value_or(std::vector<int64_t>());
  behind.insert(behind.end(), fields.added.begin(), fields.added.end());
  int64_t place = *last;
  for (const int64_t song : behind) {
    if (!run_sql(database_, "INSERT INTO playlist_songs (playlist, place, song) VALUES (?, ?, ?)", {id, place++, song}))
      return false;
  }
  return true;
}

FromCatalogue<int64_t> Playlists::add(const Viewer& viewer, const nlohmann::json& json, int64_t now_s) {
  if (viewer.account == 0) return not_yours(phrase("library_playlist_is_not_yours"));
  const auto fields = changed(viewer, {}, json);
  if (!fields) return tl::unexpected(fields.error());
  int64_t id = 0;
  if (const auto room = fits(id, *fields); !room) return tl::unexpected(room.error());
  const bool done = database_.transaction([&] {
    if (!run_sql(database_, "INSERT INTO playlists (owner, name, fold, private, created, changed) VALUES (?, '', '', 1, ?, ?)",
                 {viewer.account, now_s, now_s}))
      return false;
    id = database_.last_id();
    return write(id, *fields, now_s);
  });
  if (!done) return unread();
  return id;
}

FromCatalogue<void> Playlists::change(const Viewer& viewer, int64_t id, const nlohmann::json& json, int64_t now_s) {
  const auto before = find(viewer, id);
  if (!before) return tl::unexpected(before.error());
  if (before->owner_id != viewer.account) return not_yours(phrase("library_playlist_is_not_yours"));
  const auto fields = changed(viewer, *before, json);
  if (!fields) return tl::unexpected(fields.error());
  if (const auto room = fits(id, *fields); !room) return tl::unexpected(room.error());
  if (!database_.transaction([&] { return write(id, *fields, now_s); })) return unread();
  return {};
}

FromCatalogue<void> Playlists::remove(const Viewer& viewer, int64_t id) {
  const auto before = find(viewer, id);
  if (!before) return tl::unexpected(before.error());
  if (before->owner_id != viewer.account && !viewer.sees_all()) return not_yours(phrase("library_playlist_is_not_yours"));
  if (!database_.transaction([&] { return run_sql(database_, "DELETE FROM playlists WHERE id = ?", {id}); })) return unread();
  return {};
}

}  // namespace roundelay
