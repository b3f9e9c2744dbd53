// When a song starts, ends and is over, in positions. Pure arithmetic; all results lie on the block grid.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "mixer/position.h"
#include "mixer/room_state.h"
#include "server/room/plan.h"
#include "server/room/settings.h"
#include "server/wire/control/credits.h"

namespace roundelay {

namespace control {
struct Track;
}

struct Track {
  std::string id;
  std::string name;
  double seconds = 0;
  int channels = 0;
  std::optional<double> loudness;  // LUFS, integrated; nothing of silence, and of tracks that were never measured
  std::string sha256;              // hex: the blob's name
  uint64_t uploader = 0;           // person
  control::Credits credits = {};   // of a song of the library
  int64_t library_song = 0;        // its id there; 0: it is none
};

// A track's length in whole blocks, the last one padded.
[[nodiscard]] Blocks track_blocks(const Track& track);

struct Song {
  uint32_t number = 0;  // 0: none yet
  Position start;
  Position end;  // {kNoEnd} while it is open; start == end: nothing is to be heard of it
  Plan plan = {};
  Position music = {};           // where the music begins, behind the count-in
  bool recorded = false;         // or was, until it was said otherwise in its middle
  std::optional<Digest> digest;  // of its backing track's blob
  std::optional<Track> track;  // what clients are told of it; may be missing though there is a digest, when the track was deleted
};

// As clients see it.
[[nodiscard]] control::Track as_shown(const Track& track);

// The first grid position that is at or after p.
[[nodiscard]] Position grid_ceil(Position p);

[[nodiscard]] Position song_start(Position now, Blocks lead_in);
// Where the music begins: behind the count-in, whose first beat is not before `start`.
[[nodiscard]] Position song_music(Position start, const Plan& plan);
[[nodiscard]] Position song_end(Position music, const std::optional<Track>& track);
// Where the leader's stop ends the song: at the position that she has sung to.
[[nodiscard]] Position leader_end(const Song& song, Position now, Blocks leader_offset);
// Where a halt ends it: at the latest position that the last bucket has heard, so that it is over everywhere at once.
[[nodiscard]] Position halt_end(const Song& song, Position now, Blocks last_offset);

// True from its choice until the last bucket has heard its end.
[[nodiscard]] bool song_lasts(const Song& song, Position now, Blocks last_offset);
// True when whoever reads at `offset` has heard the end, though others may not have.
[[nodiscard]] bool song_sung(const Song& song, Position now, Blocks offset);

}  // namespace roundelay
