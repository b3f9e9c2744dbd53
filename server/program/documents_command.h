// `roundelay documents FOLDER`, for the build of packages: the manual pages and bash's completion, written from the commands
// themselves.
#pragma once

namespace CLI {
class App;
}

namespace roundelay {

// `app` has all its commands by the time the command runs.
void add_documents_command(CLI::App& app);

}  // namespace roundelay
