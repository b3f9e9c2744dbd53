#include "server/library/worker_output.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace roundelay {

bool WorkerOutput::begin(bool writes) {
  remove();
  FileDescriptor made(writes ? open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)
                             : open("/dev/null", O_RDWR | O_CLOEXEC));
  file_.swap(made);
  if (file_.get() < 0) spdlog::error("{} cannot be made", path_);
  return file_.get() >= 0;
}

void WorkerOutput::remove() {
  FileDescriptor none(-1);
  file_.swap(none);
  unlink(path_.c_str());
}

}  // namespace roundelay
