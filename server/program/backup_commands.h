// `roundelay backup FILE` and `roundelay restore FILE`.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// `status` becomes 1 when a backup was written that lacks what was not there. What fails throws std::runtime_error.
void add_backup_commands(CLI::App& app, int& status);

}  // namespace roundelay
