// `roundelay status`, `roundelay rooms list|show|delete` and `roundelay organiser-link`: of a server that runs, over its control
// socket, which its user and root alone can open.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// What fails throws std::runtime_error.
void add_operator_commands(CLI::App& app);

}  // namespace roundelay
