// How a supervisor becomes another program, or reads its configuration anew, while its children go on: it executes the program
// that now lies where its own lay. Its process id, its locks and the port stay; the children are replaced one after the other by
// the new supervisor. Used by the supervisor alone.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/config.h"

namespace roundelay {

// The file of this program and its arguments, as they were when it started.
struct ProgramStart {
  std::string file;
  std::vector<std::string> arguments;  // with the program's name
  [[nodiscard]] static ProgramStart of_this_process();
};

// What a supervisor leaves to the next one.
struct Legacy {
  int lock = -1;                // descriptor of the data directory's lock
  int port = -1;                // descriptor of the reserved port
  int port_number = 0;          // which it is
  std::vector<pid_t> children;  // in their order: the conductor, then the shards; 0: it does not run
};

// Starts the program once more only to ask it: does it understand our shared memory and our links, and does it take its
// configuration? The error is its sentence. Waits for some seconds at most.
[[nodiscard]] tl::expected<void, std::string> ask_successor(const ProgramStart& start, const Config& config);
// In the program that was asked: the exit status, and why not on stderr. Nothing if this process was not started for that.
[[nodiscard]] std::optional<int> answer_predecessor(const Config& config);

// Executes the program. Returns only when that failed, with the reason.
[[nodiscard]] std::string become_successor(const ProgramStart& start, const Legacy& legacy);
// In the program that was executed: what was left to it; nothing if it begins by itself. Once.
[[nodiscard]] std::optional<Legacy> take_legacy();

}  // namespace roundelay
