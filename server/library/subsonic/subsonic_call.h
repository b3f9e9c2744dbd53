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
  // Where it is not read yet, the method is called again once it is.
  [[nodiscard]] FromSubsonic<PlayerShelf> shelf() const { return shelves.of(library.database, viewer()); }
};

// A response that is put together on the pool: of these songs, which are read by slices before, and of values alone.
struct LongReply {
  std::vector<int64_t> songs = {};  // ids; those that she does not see are left out
  std::function<SubsonicNode(const std::vector<PlayerSong>& songs)> put_together;
  // What else is to be read or written, before the songs, as LongAnswer has it. It may say which songs these are.
  std::function<FromSubsonic<bool>(Library&, std::vector<int64_t>& songs)> read_on = {};
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
// What is put together of the shelf's lists: `read_on` as LongReply has it, with the shelf as it is then.
template <typename ReadOn, typename PutTogether>
[[nodiscard]] SubsonicReply by_shelf_slices(const SubsonicCall& call, ReadOn read_on, PutTogether put_together) {
  return LongReply{{},
                   std::move(put_together),
                   [&shelves = call.shelves, viewer = call.viewer(), read_on = std::move(read_on)](
                       Library& library, std::vector<int64_t>& songs) -> FromSubsonic<bool> {
                     if (const auto read = shelves.read_on(library.database); !read || !*read) return read;
                     const auto shelf = shelves.of(library.database, viewer);
                     if (!shelf) return tl::unexpected(shelf.error());
                     return read_on(*shelf, songs);
                   }};
}
[[nodiscard]] inline SubsonicReply nothing_to_say() {
  return SubsonicNode();
}

inline constexpr int64_t kMostOfAList = 500;

}  // namespace roundelay
