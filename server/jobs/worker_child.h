// A worker that makes something of an upload, and the watch over it: it is killed when it takes too long or babbles, and its word
// is checked by who uses it, because it reads foreign bytes. On one loop.
//
// The worker gets the upload as descriptor 0 (read-only), a new file as 1 and a pipe for its report as 3: JSON lines
// {"progress": 0.42}, at last {"ok": true, ...} or {"ok": false, "error": sentence},
// with its code and values where it has some (told_sentence.h).
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/jobs/child.h"
#include "server/jobs/report_reader.h"

namespace roundelay {

class WorkerChild {
 public:
  struct Options {
    std::vector<std::string> command;
    uint64_t time_limit_ms = 0;  // by the clock on the wall
    // What she who uploaded it is told when the worker says nothing itself.
    Sentence unreadable;
    Sentence too_slow;
  };
  using Progress = std::function<void(double)>;  // 0 to 1, at most 4 times a second
  // The last line, of which only "ok" was looked at. The error is a sentence for her who uploaded it.
  using Done = std::function<void(tl::expected<nlohmann::json, Sentence>)>;

  // `upload` and `output` are descriptors that may be closed afterwards. `done` is called once, later, when the worker has ended;
  // the WorkerChild may be destroyed in it. The error is the system's word for it.
  [[nodiscard]] static tl::expected<std::unique_ptr<WorkerChild>, std::string> start(uv_loop_t* loop, const Options& options,
                                                                                     int upload, int output, Progress progress,
                                                                                     Done done);
  // Kills the worker if it runs; nobody is called any more.
  ~WorkerChild() = default;
  // When it has ended: it said by its end that the server is at fault (kWorkerFailed), and not the file.
  [[nodiscard]] bool blames_server() const { return blames_server_; }
  // It stands still, and its time with it, until it may go on.
  void pause(bool paused);
  WorkerChild(const WorkerChild&) = delete;
  WorkerChild& operator=(const WorkerChild&) = delete;

 private:
  WorkerChild(Options options, Progress progress, Done done);
  void limit_time(uint64_t time_ms);
  void on_progress(double share);
  void on_exit(int64_t status, int signal);
  void on_too_slow();
  void end_when_all_is_known();

  Options options_;
  Progress progress_;
  Done done_;
  std::unique_ptr<Child> child_;
  UvHandle<uv_timer_t> timer_;
  ReportReader report_;
  int64_t progress_ns_ = INT64_MIN / 2;
  uint64_t time_left_ms_ = 0;  // of one that stands still
  bool paused_ = false;
  bool blames_server_ = false;
  bool exited_ = false;
  bool failed_ = false;  // killed, or ended badly
  bool report_ended_ = false;
};

}  // namespace roundelay
