// One request of a player once it is known who asks, and what the methods that answer it return.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/library/library.h"
#include "server/library/library_answer.h"
#include "server/library/library_request.h"
#include "server/library/subsonic/answer_node.h"
#include "server/library/subsonic/now_playing.h"
#include "server/library/subsonic/player_shelf.h"
#include "server/library/subsonic/player_songs.h"
#include "server/library/subsonic/subsonic_fault.h"
#include "server/library/subsonic/subsonic_parameters.h"
#include "server/library/viewer.h"

namespace roundelay {

struct SubsonicCall {
  Library& library;
  PlayerShelves& shelves;
  NowPlaying& now_playing;
  const LibraryRequest& request;
  const SubsonicParameters& given;

  [[nodiscard]] Viewer viewer() const { return viewer_of(request); }
  [[nodiscard]] const std::string& name() const { return request.account->name; }
  [[nodiscard]] int64_t now_s() const { return request.unix_s; }
  [[nodiscard]] PlayerSongs songs() const { return {library.database, viewer()}; }
  [[nodiscard]] FromSubsonic<PlayerShelf> shelf() const { return shelves.of(library.database, viewer()); }
};

// A response that is put together on the pool: of these songs, which are read by slices before, and of values alone.
struct LongReply {
  std::vector<int64_t> songs = {};  // ids; those that she does not see are left out
  std::function<SubsonicNode(const std::vector<PlayerSong>& songs)> put_together;
  std::function<FromSubsonic<bool>(Library&)> read_on = {};  // what else is to be read, as LongAnswer has it
};

// What stands in the response, now or after a while, or an answer of another kind.
struct SubsonicReply {
  SubsonicReply(SubsonicNode content) : root(std::move(content)) {}
  SubsonicReply(LongReply reply) : long_one(std::make_shared<LongReply>(std::move(reply))) {}
  SubsonicReply(LibraryAnswer instead) : other(std::make_shared<LibraryAnswer>(std::move(instead))) {}

  SubsonicNode root = {};
  std::shared_ptr<LongReply> long_one = {};
  std::shared_ptr<LibraryAnswer> other = {};
};
using SubsonicResult = FromSubsonic<SubsonicReply>;

struct SubsonicMethod {
  std::string_view name;
  SubsonicResult (*answer)(const SubsonicCall& call);
  bool for_nobody = false;  // also for who does not say who she is; `request.account` is empty then
};

// A feature's methods.
[[nodiscard]] std::span<const SubsonicMethod> subsonic_browsing();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_finding();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_liking();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_lists();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_media();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_playlists();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_queue();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_server();
[[nodiscard]] std::span<const SubsonicMethod> subsonic_sound();

// The song whose id is given, where she sees it.
[[nodiscard]] FromSubsonic<PlayerSong> song_of_call(const SubsonicCall& call);

// A response with this one element in it.
[[nodiscard]] inline SubsonicReply replied(const char* name, SubsonicNode content) {
  return SubsonicNode().put(name, std::move(content));
}
// The same, with these songs in it as `child`.
[[nodiscard]] inline SubsonicReply replied_with_songs(const char* name, SubsonicNode content, const char* child,
                                                      std::vector<int64_t> songs) {
  return LongReply{std::move(songs), [name, content = std::move(content), child](const std::vector<PlayerSong>& read) {
                     SubsonicNode out = content;
                     add_songs(out, child, read);
                     return SubsonicNode().put(name, std::move(out));
                   }};
}
[[nodiscard]] inline SubsonicReply nothing_to_say() {
  return SubsonicNode();
}

inline constexpr int64_t kMostOfAList = 500;

}  // namespace roundelay
