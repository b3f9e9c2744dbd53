// What clients under load received and sent, as load_report adds it up.
#pragma once

#include <cstdint>
#include <vector>

#include "server/wire/sound/mix_message.h"

namespace roundelay {

// One bucket of one song, as one client heard it: from its first block to its last.
struct HeardRun {
  uint32_t song = 0;
  int bucket = 0;
  int64_t first = -1;  // position of the first block
  int64_t last = -1;   // position of the last one
  int64_t blocks = 0;  // received; fewer than first to last hold if there were gaps
};

struct LoadCounts {
  int64_t messages = 0;
  int64_t backing_blocks = 0;
  int64_t silent_blocks = 0;  // mixes of length 0
  int64_t most_blocks = 0;    // of one message
  int64_t probes = 0;
  int64_t sent = 0;             // voice blocks
  int64_t unsent_messages = 0;  // the socket took no more
  int64_t errors = 0;           // error messages of the server
  int64_t bad_messages = 0;
  int64_t reconnects = 0;
  double loop_ms = -1;         // as the server last said; -1: never
  double late_percent = -1;    // the same
  double welcome_ms = -1;      // from opening the first socket to the welcome; -1: none came
  double first_block_ms = -1;  // to the first decoded block, for somebody who comes in the middle of a song; -1: none
  std::vector<HeardRun> runs;
  bool begins_anew = false;  // the next block is the first one of another connection, and begins a run
};

// Takes a message of a song into account.
void count_mix(const wire::MixMessage& heard, LoadCounts& counts);

// Of all clients together.
struct LoadTally {
  int joined = 0;  // are in now
  int open = 0;    // have a connection, or try to get one
  int lost = 0;    // whose connection ended although nobody meant it to
};

}  // namespace roundelay
