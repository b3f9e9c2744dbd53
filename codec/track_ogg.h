// A room's track (track.h) as an Ogg Opus file, made of its very packets: nothing is encoded again, and a player hears the track
// from its first sample to its last. The same track makes the same bytes. Blocks: not for a shard's loop.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "codec/track.h"

namespace roundelay {

// `fd` is empty, to write; it stays the caller's. The error is the system's word for it.
[[nodiscard]] tl::expected<void, std::string> write_track_as_ogg(const TrackView& track, int fd);

}  // namespace roundelay
