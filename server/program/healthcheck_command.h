// `roundelay healthcheck`: asks a running server whether it is well, for containers that have no other program to ask with.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// `status` becomes 0 when it is well and 1 when it is not or does not answer; what is wrong is printed.
void add_healthcheck_command(CLI::App& app, int& status);

}  // namespace roundelay
