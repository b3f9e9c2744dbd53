#include "server/room/song.h"

#include <algorithm>
#include <cmath>

#include "mixer/tempo.h"
#include "server/wire/control/track.h"

namespace roundelay {

control::Track as_shown(const Track& track) {
  return {track.id, track.name, track.seconds, track.channels, track.loudness, track.credits, track.library_song};
}

Blocks track_blocks(const Track& track) {
  const auto samples = static_cast<int64_t>(std::llround(track.seconds * kSampleRate));
  return {(samples + kBlockSamples - 1) / kBlockSamples};
}

Position grid_ceil(Position p) {
  return grid_floor(Position{p.samples + kBlockSamples - 1});
}

Position song_start(Position now, Blocks lead_in) {
  return grid_ceil(now) + lead_in;
}

Position song_music(Position start, const Plan& plan) {
  if (!plan.bpm_tenths) return start;
  const Tempo tempo(static_cast<uint32_t>(*plan.bpm_tenths));
  return grid_ceil({start.samples - tempo.samples_to(-int64_t{plan.count_in_bars} * plan.beats_per_bar)});
}

Position song_end(Position music, const std::optional<Track>& track) {
  return track ? music + track_blocks(*track) : Position{kNoEnd};
}

Position leader_end(const Song& song, Position now, Blocks leader_offset) {
  return std::min(song.end, std::max(song.start, grid_ceil(now - leader_offset)));
}

Position halt_end(const Song& song, Position now, Blocks last_offset) {
  return std::min(song.end, std::max(song.start, grid_floor(now - last_offset)));
}

bool song_lasts(const Song& song, Position now, Blocks last_offset) {
  if (song.number == 0 || song.start == song.end) return false;
  return song.end.samples == kNoEnd || now <= song.end + last_offset;
}

bool song_sung(const Song& song, Position now, Blocks offset) {
  return song.end.samples != kNoEnd && now + Blocks{1} >= song.end + offset;
}

}  // namespace roundelay
