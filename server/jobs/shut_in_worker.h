// How every worker that reads a foreign file begins: it keeps its three descriptors, shuts itself in (worker_sandbox.h), and does
// its work there. For a fresh process of one thread, which must then end by _exit() with what this returns.
#pragma once

#include <cstdint>
#include <functional>

#include "server/base/sentences.h"
#include "server/jobs/worker_report.h"
#include "server/jobs/worker_sandbox.h"

namespace roundelay {

struct WorkerDescriptors {
  int in = -1;             // the foreign file, to read
  int out = -1;            // what the worker makes of it
  int report = -1;         // worker_report.h
  int64_t file_bytes = 0;  // of `in`
};

struct ShutInWork {
  std::function<SandboxLimits(int64_t file_bytes)> limits;
  Sentence not_shut_in;                                   // what is told when there can be no sandbox: the server is at fault
  Sentence no_memory;                                     // ... when the file takes more memory than there is for it
  std::function<int(const WorkerDescriptors& fds)> work;  // kWorkerDone, kWorkerRefused or kWorkerFailed
};

[[nodiscard]] int run_shut_in(int in_fd, int out_fd, int report_fd, const ShutInWork& what);

}  // namespace roundelay
