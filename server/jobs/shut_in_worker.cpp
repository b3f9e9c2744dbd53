#include "server/jobs/shut_in_worker.h"

#include <sodium.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <new>

namespace roundelay {

int run_shut_in(int in_fd, int out_fd, int report_fd, const ShutInWork& what) {
  const std::array<int, 3> kept = {raised(in_fd), raised(out_fd), raised(report_fd)};
  if (std::find(kept.begin(), kept.end(), -1) != kept.end() || sodium_init() < 0) return kWorkerFailed;
  struct stat status {};
  if (fstat(kept[0], &status) != 0) return kWorkerFailed;
  const WorkerDescriptors fds{.in = kept[0], .out = kept[1], .report = kept[2], .file_bytes = status.st_size};
  if (auto shut = enter_sandbox(kept, what.limits(fds.file_bytes)); !shut)
    return report_error(fds.report, what.not_shut_in, kWorkerFailed, shut.error());
  try {
    return what.work(fds);
  } catch (const std::bad_alloc&) {
    return report_error(fds.report, what.no_memory, kWorkerRefused);
  }
}

}  // namespace roundelay
