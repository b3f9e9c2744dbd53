// Makes all files of a recording from its logs: tracks, backing, metronome, mix. What is made depends on the logs alone: made
// again it is the same to the byte. For the worker: blocks, allocates, with bounded memory; opens and names no file itself.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/render/recording_logs.h"
#include "server/render/voices_pass.h"

namespace roundelay::render {

// Empty files, to read and write; -1: not wanted.
struct RenderFiles {
  std::vector<SingerFile> singers;
  int track = -1;
  int metronome = -1;
  int flac = -1;
  int opus = -1;
  int waveform = -1;      // JSON: {"peaks": 1,000 numbers from 0 to 1}
  int tracks = -1;        // JSON: what stands where (INTERNALS.md)
  int scratch_sums = -1;  // without a name
  int scratch_mix = -1;
};

// The singers who get a track, in their order.
[[nodiscard]] std::vector<size_t> singers_with_tracks(const RecordingLogs& logs);
// How many sang, and wish no track.
[[nodiscard]] int64_t left_out_of(const RecordingLogs& logs);
// "track-1", in tracks.json and, with .opus, of the file.
[[nodiscard]] std::string track_name_of(int number);

// `log_names`: what tracks.json says that it was made of. The error is the system's word for what failed.
[[nodiscard]] tl::expected<void, std::string> render_recording(RecordingLogs& logs, const RecordingLogs::Beside& beside,
                                                               RenderFiles& files, const std::vector<std::string>& log_names,
                                                               const std::function<void(double)>& progress);

}  // namespace roundelay::render
