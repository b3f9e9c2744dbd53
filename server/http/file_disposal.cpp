#include "server/http/file_disposal.h"

#include <unistd.h>

#include <memory>
#include <utility>

namespace roundelay {
namespace {

struct Disposal {
  uv_work_t work{};
  int fd = -1;
  std::string path;

  void run() const {
    // Removed first: then it is the closing that gives the disk back, and a crash between the two leaves nothing.
    if (!path.empty()) unlink(path.c_str());
    if (fd >= 0) close(fd);
  }
};

}  // namespace

void dispose_of_file(uv_loop_t* loop, int fd, std::string path) {
  if (fd < 0 && path.empty()) return;
  auto* disposal = new Disposal{.fd = fd, .path = std::move(path)};
  disposal->work.data = disposal;
  uv_queue_work(
      loop, &disposal->work, [](uv_work_t* work) { static_cast<Disposal*>(work->data)->run(); },
      [](uv_work_t* work, int) { const std::unique_ptr<Disposal> done(static_cast<Disposal*>(work->data)); });
}

}  // namespace roundelay
