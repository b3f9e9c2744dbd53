// The organiser's key on the command line of a client. What stands there is seen by everybody on the machine: the environment of
// the process is not.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace roundelay {

inline constexpr const char* kKeyVariable = "ROUNDELAY_KEY";

inline void add_key_option(CLI::App& command, std::string& key) {
  command.add_option("--key", key, "the organiser's key; better given in the environment, where others do not see it")
      ->envname(kKeyVariable);
}

}  // namespace roundelay
