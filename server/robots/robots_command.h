// `roundelay robots`: eight singers with synthesised voices who sing a round in a room.
#pragma once

#include <cstdint>
#include <string>

namespace roundelay {

struct RobotsOptions {
  std::string url = "ws://127.0.0.1:8080/ws";
  bool accept_self_signed = false;
  std::string room;
  std::string key;         // the organiser's; empty: none
  std::string render_dir;  // write the parts and their sum there instead of singing
  int songs = 0;           // leave after so many; 0: sing as long as the room is there
  double song_s = 0;       // how much of the round a song of theirs has; 0: all of it
  double pause_s = 5;      // between their songs
};

// Runs until the room is gone, SIGINT or SIGTERM. Returns the program's exit code.
[[nodiscard]] int run_robots(const RobotsOptions& options);

}  // namespace roundelay
