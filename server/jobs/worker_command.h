// `roundelay worker decode`, `... score` and `... programme`: started by the conductor alone, one for each upload; the jobs of
// songs (server/library/job_kinds.h), and `... picture` for what is to be a cover, by the librarian. Standard input is the
// upload, standard output the blob to write, file descriptor 3 takes its reports. `roundelay worker render DIR`: the files of a
// recording (render_worker.h).
#pragma once

#include <CLI/CLI.hpp>

namespace roundelay {

void add_worker_command(CLI::App& app);

}  // namespace roundelay
