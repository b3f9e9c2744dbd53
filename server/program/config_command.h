// `roundelay config`: what can be set, whether a file is right, what applies.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// Adds the command; `status` is its exit status once it has run.
void add_config_command(CLI::App& app, int& status);

}  // namespace roundelay
