#include <array>

#include "server/library/catalogue_answers.h"
#include "server/library/listening_routes.h"
#include "server/library/playlists.h"

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

LibraryAnswer list_songs_of_playlist(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  return page_answer("songs", Playlists(library.database).songs(viewer_of(request), request.id(), *page, request.unix_s));
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
