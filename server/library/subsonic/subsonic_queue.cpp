// The play queue and the bookmarks that an account keeps for its players.
#include <algorithm>
#include <array>

#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr size_t kMostQueued = 2'000;
constexpr int64_t kMostBookmarks = 500;
constexpr size_t kMostCommentBytes = 500;

struct KeptQueue {
  std::vector<int64_t> ids = {};
  size_t current = 0;  // a place in these
  int64_t position_ms = 0;
  int64_t changed_s = 0;
  std::string changed_by = {};
};

// Nothing: none is kept.
FromSubsonic<std::optional<KeptQueue>> kept_queue(const SubsonicCall& call) {
  std::optional<KeptQueue> out;
  std::string text;
  if (!each_row(call.library.database,
                "SELECT songs, current, position_ms, changed, changed_by FROM play_queues WHERE account = ?",
                {call.viewer().account}, [&](const SqlRow& row) {
                  text = row.text(0);
                  out = KeptQueue{{}, static_cast<size_t>(row.integer(1)), row.integer(2), row.integer(3), row.text(4)};
                }))
    return library_is_away();
  if (!out) return out;
  const nlohmann::json ids = nlohmann::json::parse(text, nullptr, false);
  for (const nlohmann::json& id : ids.is_array() ? ids : nlohmann::json::array())
    out->ids.push_back(id.is_number_integer() ? id.get<int64_t>() : 0);
  return out;
}

// Which of the songs that were read is the current one: those of the queue that she does not see any more are not among them.
size_t current_of(const KeptQueue& queue, const std::vector<PlayerSong>& read) {
  size_t out = 0;
  for (size_t i = 0; i < queue.current && i < queue.ids.size(); ++i) {
    if (out < read.size() && read[out].id == queue.ids[i]) ++out;
  }
  return out < read.size() ? out : 0;
}

SubsonicResult show_queue(const SubsonicCall& call, const char* name, bool by_index) {
  auto queue = kept_queue(call);
  if (!queue) return tl::unexpected(queue.error());
  if (!*queue) return nothing_to_say();
  const std::vector<int64_t> ids = (*queue)->ids;
  return LongReply{ids, [name, by_index, whose = call.name(), kept = **std::move(queue)](const std::vector<PlayerSong>& songs) {
                     if (songs.empty()) return SubsonicNode();
                     const size_t current = current_of(kept, songs);
                     SubsonicNode out;
                     if (by_index)
                       out.set("currentIndex", current);
                     else
                       out.set("current", PlayerId{PlayerId::Kind::kSong, songs[current].id}.text());
                     out.set("position", kept.position_ms).set("username", whose).set("changed", player_time(kept.changed_s));
                     out.set("changedBy", kept.changed_by);
                     add_songs(out, "entry", songs);
                     return SubsonicNode().put(name, std::move(out));
                   }};
}
SubsonicResult play_queue(const SubsonicCall& call) {
  return show_queue(call, "playQueue", false);
}
SubsonicResult play_queue_by_index(const SubsonicCall& call) {
  return show_queue(call, "playQueueByIndex", true);
}

SubsonicResult save_queue(const SubsonicCall& call, bool by_index) {
  const auto ids = call.given.ids("id");
  if (!ids) return tl::unexpected(ids.error());
  if (ids->size() > kMostQueued) return subsonic_fault(SubsonicFault::kGeneric, "A play queue has at most 2000 songs.");
  nlohmann::json songs = nlohmann::json::array();
  for (const PlayerId& id : *ids) {
    if (id.kind != PlayerId::Kind::kSong) return nothing_there();
    const auto there = call.songs().ids_where("songs.id = ?", {id.id});
    if (!there) return tl::unexpected(there.error());
    if (there->empty()) return nothing_there();
    songs.push_back(id.id);
  }
  auto current = static_cast<int64_t>(0);
  if (by_index && !ids->empty()) {
    const auto index = call.given.number("currentIndex");
    if (!index) return subsonic_fault(SubsonicFault::kMissing, "The parameter currentIndex is missing.");
    if (*index < 0 || *index >= static_cast<int64_t>(ids->size()))
      return subsonic_fault(SubsonicFault::kGeneric, "The parameter currentIndex is beyond the queue.");
    current = *index;
  } else if (call.given.has("current")) {
    const auto id = call.given.id("current");
    const auto found = id ? std::find(ids->begin(), ids->end(), *id) : ids->end();
    if (found == ids->end()) return subsonic_fault(SubsonicFault::kGeneric, "The song of current is not in the queue.");
    current = found - ids->begin();
  }
  const bool kept = call.library.database.transaction([&] {
    return run_sql(
        call.library.database,
        "INSERT OR REPLACE INTO play_queues (account, songs, current, position_ms, changed, changed_by) VALUES (?, ?, ?, "
        "?, ?, ?)",
        {call.viewer().account, songs.dump(), current, call.given.number("position", 0, 0, INT32_MAX), call.now_s(),
         std::string(call.given.text("c")).substr(0, 100)});
  });
  if (!kept) return library_is_away();
  return nothing_to_say();
}
SubsonicResult save_play_queue(const SubsonicCall& call) {
  return save_queue(call, false);
}
SubsonicResult save_play_queue_by_index(const SubsonicCall& call) {
  return save_queue(call, true);
}

SubsonicResult list_bookmarks(const SubsonicCall& call) {
  struct Bookmark {
    int64_t song, position_ms;
    std::string comment;
    int64_t created_s, changed_s;
  };
  std::vector<Bookmark> found;
  if (!each_row(
          call.library.database,
          "SELECT song, position_ms, comment, created, changed FROM bookmarks WHERE account = ? ORDER BY changed DESC, song",
          {call.viewer().account}, [&](const SqlRow& row) {
            found.push_back({row.integer(0), row.integer(1), row.text(2), row.integer(3), row.integer(4)});
          }))
    return library_is_away();
  SubsonicNode out;
  out.list("bookmark");
  for (const Bookmark& each : found) {
    const auto song = call.songs().find(each.song);
    if (!song) continue;
    SubsonicNode node;
    node.set("position", each.position_ms).set("username", call.name()).set_unless_empty("comment", each.comment);
    node.set("created", player_time(each.created_s)).set("changed", player_time(each.changed_s)).put("entry", to_node(*song));
    out.add("bookmark", std::move(node));
  }
  return replied("bookmarks", std::move(out));
}

FromSubsonic<int64_t> song_meant(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kSong) return nothing_there();
  if (const auto song = call.songs().find(id->id); !song) return tl::unexpected(song.error());
  return id->id;
}

SubsonicResult create_bookmark(const SubsonicCall& call) {
  const auto song = song_meant(call);
  if (!song) return tl::unexpected(song.error());
  const auto position = call.given.number("position");
  if (!position || *position < 0) return subsonic_fault(SubsonicFault::kMissing, "The parameter position is missing.");
  const std::string comment(call.given.text("comment"));
  if (comment.size() > kMostCommentBytes) return subsonic_fault(SubsonicFault::kGeneric, "The comment is too long.");
  const auto there = sql_integer(call.library.database, "SELECT COUNT(*) FROM bookmarks WHERE account = ? AND song <> ?",
                                 {call.viewer().account, *song});
  if (there.value_or(0) >= kMostBookmarks)
    return subsonic_fault(SubsonicFault::kGeneric, "An account has at most 500 bookmarks.");
  const bool kept = there && call.library.database.transaction([&] {
    return run_sql(call.library.database,
                   "INSERT INTO bookmarks (account, song, position_ms, comment, created, changed) VALUES (?, ?, ?, ?, ?, ?) ON "
                   "CONFLICT DO UPDATE SET position_ms = excluded.position_ms, comment = excluded.comment, changed = "
                   "excluded.changed",
                   {call.viewer().account, *song, *position, comment, call.now_s(), call.now_s()});
  });
  if (!kept) return library_is_away();
  return nothing_to_say();
}

SubsonicResult delete_bookmark(const SubsonicCall& call) {
  const auto song = song_meant(call);
  if (!song) return tl::unexpected(song.error());
  if (!run_sql(call.library.database, "DELETE FROM bookmarks WHERE account = ? AND song = ?", {call.viewer().account, *song}))
    return library_is_away();
  return nothing_to_say();
}

constexpr std::array kQueueMethods = {SubsonicMethod{"getPlayQueue", play_queue},
                                      SubsonicMethod{"savePlayQueue", save_play_queue},
                                      SubsonicMethod{"getPlayQueueByIndex", play_queue_by_index},
                                      SubsonicMethod{"savePlayQueueByIndex", save_play_queue_by_index},
                                      SubsonicMethod{"getBookmarks", list_bookmarks},
                                      SubsonicMethod{"createBookmark", create_bookmark},
                                      SubsonicMethod{"deleteBookmark", delete_bookmark}};

}  // namespace

std::span<const SubsonicMethod> subsonic_queue() {
  return kQueueMethods;
}

}  // namespace roundelay
