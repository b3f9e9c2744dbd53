// The sub-commands of `roundelay` that are clients: each adds itself to the command line and, when it is the one given,
// runs to its end inside CLI::App::parse and leaves what the program shall return in `exit_code`.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

void add_sing_command(CLI::App& app, int& exit_code);
void add_robots_command(CLI::App& app, int& exit_code);
void add_load_command(CLI::App& app, int& exit_code);

}  // namespace roundelay
