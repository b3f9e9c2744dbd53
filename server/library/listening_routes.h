// Over HTTP: ratings, favourites, plays, playlists and recommendations. Of those who have an account.
#pragma once

#include <span>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> listening_routes();
[[nodiscard]] std::span<const LibraryRoute> playlist_routes();

}  // namespace roundelay
