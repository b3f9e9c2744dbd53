// The worker that makes the files of a recording from its logs (`roundelay worker render DIR`), and watches over it. On one loop.
//
// The worker gets a pipe for its report as descriptor 3: JSON lines {"progress": 0.42}, at last {"ok": true} or {"ok": false,
// "error": sentence}; and as 4 a file that is locked (flock) for as long as it runs, so that whoever comes after us sees that it
// does.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/jobs/child.h"
#include "server/jobs/report_reader.h"

namespace roundelay {

class RenderChild {
 public:
  using Progress = ReportReader::Progress;
  // The error is a sentence.
  using Done = std::function<void(tl::expected<void, std::string>)>;

  // `command` with its arguments. `lock` is a descriptor that may be closed afterwards. `done` is called once, later, when the
  // worker has ended; the RenderChild may be destroyed in it. The error is the system's word for it.
  [[nodiscard]] static tl::expected<std::unique_ptr<RenderChild>, std::string> start(uv_loop_t* loop,
                                                                                     const std::vector<std::string>& command,
                                                                                     int lock, Progress progress, Done done);
  // Kills the worker if it runs; nobody is called any more.
  ~RenderChild() = default;
  RenderChild(const RenderChild&) = delete;
  RenderChild& operator=(const RenderChild&) = delete;

  // It stands still while others need the machine.
  void pause(bool paused);

 private:
  RenderChild(Progress progress, Done done);
  void end_when_all_is_known();

  Done done_;
  std::unique_ptr<Child> child_;
  ReportReader report_;
  bool paused_ = false;
  bool exited_ = false;
  bool failed_ = false;  // killed, or ended badly
  bool report_ended_ = false;
};

}  // namespace roundelay
