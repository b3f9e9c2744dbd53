// `roundelay load`: many singers and listeners in one process, to see what a server bears.
#pragma once

#include "server/load/load_options.h"

namespace roundelay {

// Returns the program's exit code: 0 if every room sang, at least 99 % of the blocks were delivered and nobody was lost.
[[nodiscard]] int run_load(const LoadOptions& options);

}  // namespace roundelay
