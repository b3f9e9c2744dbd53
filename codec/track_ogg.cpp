#include "codec/track_ogg.h"

#include "codec/opus.h"
#include "codec/opus_file_writer.h"

namespace roundelay {

tl::expected<void, std::string> write_track_as_ogg(const TrackView& track, int fd) {
  OpusFileWriter file(fd, {.channels = track.channels(), .pre_skip = track.preroll() * kOpusBlock, .tags = {}});
  for (int64_t block = -track.preroll(); block < track.blocks(); ++block) {
    if (auto added = file.add(block + track.preroll(), track.packet(block)); !added) return added;
  }
  return file.finish(track.length_samples());
}

}  // namespace roundelay
