// What the process that works in a recording's folder consists of: its report, the small process beside it that gives finished
// files their names, and the sandbox. For a fresh process of one thread; blocks.
#pragma once

#include <sys/types.h>

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/jobs/render_folder.h"

namespace roundelay {

class RenderReport {
 public:
  explicit RenderReport(int fd) : fd_(fd) {}

  void tell(const nlohmann::json& message) const;
  // Told in steps of a hundredth.
  void progress(double share);
  // Tells the sentence; returns `result`.
  int failed(const std::string& sentence, int result) const;
  // The same, of files that could not be written: `reason` is the system's word for it.
  [[nodiscard]] int not_written(const std::string& reason) const;
  [[nodiscard]] int fd() const { return fd_; }

 private:
  int fd_;
  double told_ = 0;
};

// The process that gives files their names. It waits for one byte; ends without it if the other process ends.
class RenderFiler {
 public:
  // Forks. `removed` are the names that go when the others are there.
  [[nodiscard]] static tl::expected<RenderFiler, std::string> start(RenderFolder& folder,
                                                                    const std::vector<std::string>& removed);

  [[nodiscard]] int fd() const { return fd_; }
  // The files are whole. The error is the system's word for what failed.
  [[nodiscard]] tl::expected<void, std::string> finish() const;

 private:
  explicit RenderFiler(int fd) : fd_(fd) {}

  int fd_;
};

// Enters the sandbox with what the folder has opened. `packets` are decoded, `blocks` are written.
[[nodiscard]] tl::expected<void, std::string> shut_in(const RenderFolder& folder, const RenderReport& report,
                                                      const RenderFiler& filer, int64_t packets, int64_t blocks);

}  // namespace roundelay
