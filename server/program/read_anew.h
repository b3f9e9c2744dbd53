// A running server's configuration, read anew (SIGHUP): what may change at once is handed to conductor and shards, the log tells
// of the rest. Used by the supervisor alone.
#pragma once

#include <functional>
#include <string>

#include <tl/expected.hpp>

#include "server/base/config.h"

namespace roundelay {

// Reads file and options; the error holds a sentence for each thing that is wrong.
using ReadConfig = std::function<tl::expected<Config, std::string>()>;

// `as_read`: what the configuration said before; `config`: what applies, with what was decided at the start (port, shards). Both
// take what may change. On an error, which is a sentence, they stay as they are, and nothing is handed on.
[[nodiscard]] tl::expected<void, std::string> read_anew(const ReadConfig& read, Config& as_read, Config& config);

}  // namespace roundelay
