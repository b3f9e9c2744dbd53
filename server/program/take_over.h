// How a supervisor becomes another program, or reads its configuration anew, while its children go on: it executes the program
// that now lies where its own lay. Its process id, its locks and the port stay; the children are replaced one after the other by
// the new supervisor. Used by the supervisor alone.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

// The file of this program and its arguments, as they were when it started.
struct ProgramStart {
  std::string file;
  std::vector<std::string> arguments;  // with the program's name
  [[nodiscard]] static ProgramStart of_this_process();
  // This process becomes it. Returns only when that failed, with the reason.
  [[nodiscard]] std::string execute() const;
};

// What a supervisor leaves to the next one.
struct Legacy {
  int lock = -1;                // descriptor of the data directory's lock
  int port = -1;                // descriptor of the reserved port
  int port_number = 0;          // which it is
  std::vector<pid_t> children;  // in their order: the conductor, then the shards; 0: it does not run

  [[nodiscard]] std::string to_text() const;
  // Nothing where a part is missing or cannot be. Pure.
  [[nodiscard]] static std::optional<Legacy> read(const std::string& text);
};

// Executes the program. Returns only when that failed, with the reason.
[[nodiscard]] std::string become_successor(const ProgramStart& start, const Legacy& legacy);
// In the program that was executed: what was left to it; nothing if it begins by itself. The error, a sentence, is that something
// was left that cannot be read: whoever would begin by itself then would do so beside its own children. Once.
[[nodiscard]] tl::expected<std::optional<Legacy>, std::string> take_legacy();

}  // namespace roundelay
