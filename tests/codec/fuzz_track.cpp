// Any bytes as a track's blob: refused, or read from end to end without leaving it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "codec/opus.h"
#include "codec/track.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto track = roundelay::TrackView::parse({data, size});
  if (!track) return 0;
  for (int64_t block = -track->preroll() - 1; block <= track->blocks(); ++block) {
    const bool inside = block >= -track->preroll() && block < track->blocks();
    const auto packet = track->packet(block);
    if (inside != roundelay::is_block_packet(packet)) std::abort();
    if (inside && (packet.data() < data || packet.data() + packet.size() > data + size)) std::abort();
  }
  return 0;
}
