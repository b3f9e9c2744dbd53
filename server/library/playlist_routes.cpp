#include <algorithm>
#include <array>
#include <memory>

#include "server/library/catalogue_answers.h"
#include "server/library/listening_routes.h"
#include "server/library/long_page.h"
#include "server/library/playlist_content.h"
#include "server/library/playlists.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

LibraryAnswer list_playlists(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  return page_answer("playlists", Playlists(library.database).list(viewer_of(request), *page));
}

LibraryAnswer show_playlist(Library& library, const LibraryRequest& request) {
  return row_answer("playlist", Playlists(library.database).find(viewer_of(request), request.id()));
}

LongPage<CatalogueSong>::Source page_of_playlist(const Viewer& viewer, const Playlist& playlist, const Page& page,
                                                 int64_t now_s) {
  const auto content = std::make_shared<PlaylistContent>(viewer, playlist, now_s);
  return {[content, page](LibraryDatabase& database, LongPageRows& rows) {
            const auto found = content->go_on(database);
            if (!found || !*found) return found;
            const auto& songs = content->songs();
            rows.total = static_cast<int64_t>(songs.size());
            const int64_t end = std::min(page.offset + page.limit, rows.total);
            for (int64_t i = page.offset; i < end; ++i) rows.ids.push_back(songs[static_cast<size_t>(i)].id);
            return found;
          },
          [viewer](LibraryDatabase& database, int64_t id) { return Songs(database).find(viewer, id); }};
}

LibraryAnswer list_songs_of_playlist(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  const Viewer viewer = viewer_of(request);
  const auto playlist = Playlists(library.database).find(viewer, request.id());
  if (!playlist) return fault_answer(playlist.error());
  const auto songs = std::make_shared<LongPage<CatalogueSong>>(page_of_playlist(viewer, *playlist, *page, request.unix_s));
  return marked_at_length(
      request, [songs](Library& then) { return songs->read_on(then.database); },
      [songs] { return page_answer("songs", songs->read()); });
}

LibraryAnswer add_playlist(Library& library, const LibraryRequest& request) {
  Playlists playlists(library.database);
  return added_answer("playlist", playlists, request, playlists.add(viewer_of(request), request.body, request.unix_s));
}

LibraryAnswer change_playlist(Library& library, const LibraryRequest& request) {
  Playlists playlists(library.database);
  return changed_answer("playlist", playlists, request,
                        playlists.change(viewer_of(request), request.id(), request.body, request.unix_s));
}

LibraryAnswer delete_playlist(Library& library, const LibraryRequest& request) {
  return done_answer(Playlists(library.database).remove(viewer_of(request), request.id()));
}

using enum LibraryMethod;
using enum LibraryRole;

constexpr std::array kPlaylistRoutes = {
    LibraryRoute{kGet, "/playlists", kNobody, list_playlists, false, true, kNeedsPlaylists},
    LibraryRoute{kPost, "/playlists", kMember, add_playlist},
    LibraryRoute{kGet, "/playlists/*", kNobody, show_playlist, false, true, kNeedsThisPlaylist},
    LibraryRoute{kPatch, "/playlists/*", kMember, change_playlist},
    LibraryRoute{kDelete, "/playlists/*", kMember, delete_playlist},
    LibraryRoute{kGet, "/playlists/*/songs", kNobody, list_songs_of_playlist},
};

}  // namespace

std::span<const LibraryRoute> playlist_routes() {
  return kPlaylistRoutes;
}

}  // namespace roundelay
