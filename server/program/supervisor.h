// `roundelay serve`: makes what all processes share (data directory, lock, port, shared memory), starts the conductor
// and the shards, starts again whoever dies, and cleans up at the end. It does nothing else, so that it does not die.
#pragma once

#include "server/base/config.h"
#include "server/program/read_anew.h"

namespace roundelay {

// Runs until SIGINT, or SIGTERM: then songs may go on to their end, for `drain_s` at most, unless a second one comes. SIGHUP
// makes it read the configuration anew (with `read`), and the shards the certificate; with neither it ends. SIGUSR2 makes it the
// program that lies in its file by now, with the configuration as it is by now, and replaces conductor and shards one by one:
// songs go on. Returns the exit status. Throws std::runtime_error with a sentence when it cannot start.
int run_supervisor(Config config, ReadConfig read = {});

// In a child: dies with its parent (SIGTERM), and holds the data directory's second lock for as long as it lives, by which the
// next supervisor knows that everybody is gone. Throws std::runtime_error.
void become_child(const Config& config);

}  // namespace roundelay
