// A project of the audio program Reaper, in its text format: nested blocks of <NAME ... >, one property a line. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace roundelay::render {

struct SessionTrack {
  std::string name;  // without quotes and line breaks
  std::string file;  // beside the project, likewise
  double gain_db = 0;
  bool muted = false;
};

// Each file as one item from 0 on, `seconds` long.
[[nodiscard]] std::string reaper_session(std::span<const SessionTrack> tracks, double seconds, int64_t unix_s);

}  // namespace roundelay::render
