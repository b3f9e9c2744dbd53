// `roundelay load`: many singers and listeners in one process, to see what a server bears.
#pragma once

#include <string>

namespace roundelay {

struct LoadOptions {
  std::string url = "ws://127.0.0.1:8080/ws";
  bool accept_self_signed = false;
  std::string room;
  bool make_room = false;
  std::string key;
  int singers = 100;
  int listeners = 0;
  int buckets = 6;      // the room's
  int interval_ms = 0;  // the room's; 0: as it is
  double seconds = 30;  // of song
  int connects_per_s = 100;
  int loop_seconds = 20;      // length of each voice before it repeats
  int bitrate = 64'000;       // of the voices, bits per second
  std::string track;          // id of a backing track of the room; empty: as it is
  bool decode_alone = false;  // afterwards, decode the same packets without a server: what the server's cost is measured against
  bool json = false;          // the summary as a JSON object
};

// Returns the program's exit code: 0 if at least 99 % of the blocks were delivered and nobody was lost.
[[nodiscard]] int run_load(const LoadOptions& options);

}  // namespace roundelay
