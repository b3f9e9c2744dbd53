// `roundelay admin`: what an operator does with the accounts of the song library, on its database; the server may be running.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

void add_admin_command(CLI::App& app, int& status);

}  // namespace roundelay
