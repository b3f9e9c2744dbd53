// A file is closed and removed by the thread pool: with a large one both may take the disk long. Loop thread only.
#pragma once

#include <uv.h>

#include <string>

namespace roundelay {

// Closes `fd`, if it is not negative, and removes `path`, if it is not empty. The loop lets go of it when both are done.
void dispose_of_file(uv_loop_t* loop, int fd, std::string path);

}  // namespace roundelay
