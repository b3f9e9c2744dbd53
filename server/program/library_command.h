// `roundelay library import`: a folder of sounds becomes songs of the library; the server may be running.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

void add_library_command(CLI::App& app, int& status);

}  // namespace roundelay
