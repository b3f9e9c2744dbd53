// The file that a worker writes for the library: among the library's own, so that what is kept needs but a new name; its dot
// keeps it from being taken for a song's. One worker at a time. On the librarian's loop.
#pragma once

#include <string>
#include <utility>

#include "mixer/file_descriptor.h"

namespace roundelay {

class WorkerOutput {
 public:
  // What a process that was killed left there goes.
  explicit WorkerOutput(std::string path) : path_(std::move(path)) { remove(); }
  ~WorkerOutput() { remove(); }
  WorkerOutput(const WorkerOutput&) = delete;
  WorkerOutput& operator=(const WorkerOutput&) = delete;

  // An empty one; `writes` false: what is written goes nowhere. False: it cannot be made.
  [[nodiscard]] bool begin(bool writes = true);
  // Where it is not kept under another name.
  void remove();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] int fd() const { return file_.get(); }

 private:
  const std::string path_;
  FileDescriptor file_{-1};
};

}  // namespace roundelay
