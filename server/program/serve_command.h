// `roundelay serve`: its options, made from the table of settings.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// Adds the command; `status` is its exit status once it has run.
void add_serve_command(CLI::App& app, int& status);

}  // namespace roundelay
