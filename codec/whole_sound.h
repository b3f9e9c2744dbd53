// A sound read to its end (sound_reader.h), piece by piece. Blocks: for workers, tools and tests.
#pragma once

#include <functional>
#include <span>

#include <tl/expected.hpp>

#include "codec/sound_fault.h"
#include "codec/sound_reader.h"

namespace roundelay {

// `take` gets each piece, interleaved; `progress`, if there is one, 0 to 1 now and then. The fault is the reader's, or `take`'s,
// or that the sound lasts longer than `most_seconds`, or has no length at all.
[[nodiscard]] tl::expected<void, SoundFault> read_whole_sound(
    SoundReader& reader, double most_seconds, const std::function<tl::expected<void, SoundFault>(std::span<const float>)>& take,
    const std::function<void(double)>& progress = {});

}  // namespace roundelay
