// The flag --insecure, which the commands that connect to a server have in common. Start-up only.
#pragma once

#include <CLI/CLI.hpp>

namespace roundelay {

// `accept_self_signed` must live until the command line is parsed.
inline void add_insecure_flag(CLI::App& command, bool& accept_self_signed) {
  command.add_flag("--insecure", accept_self_signed,
                   "do not check the TLS certificate: whoever stands between can listen and forge");
}

}  // namespace roundelay
