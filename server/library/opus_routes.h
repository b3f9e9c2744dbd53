// Songs as Opus for slow lines over HTTP (opus_copies.h), for whoever may hear the song.
#pragma once

#include <span>

#include "server/library/library_routes.h"

namespace roundelay {

[[nodiscard]] std::span<const LibraryRoute> opus_routes();

}  // namespace roundelay
