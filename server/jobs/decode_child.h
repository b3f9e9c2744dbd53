// The worker that decodes an upload, and watches over it: it is told what it may, killed when it takes too long or babbles, and
// its word is checked, because it reads foreign bytes. On one loop.
//
// The worker gets the upload as descriptor 0 (read-only), a new file as 1 and a pipe for its report as 3: JSON lines
// {"progress": 0.42}, at last {"ok": true, "seconds", "channels", "loudness", "format", "sha256"} or {"ok": false, "error":
// sentence}.
#pragma once

#include <uv.h>

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "server/jobs/child.h"
#include "server/net/line_splitter.h"

namespace roundelay {

class DecodeChild {
 public:
  struct Options {
    std::vector<std::string> command;  // what comes before --max-bytes and --max-seconds
    int64_t max_bytes = 0;
    double max_seconds = 0;
    uint64_t time_limit_ms = 0;  // by the clock on the wall
  };
  struct Result {
    double seconds = 0;
    int channels = 0;
    std::optional<double> loudness;  // LUFS; nothing of silence
    std::string sha256;              // hex, of what it wrote, as it says
  };
  using Progress = std::function<void(double)>;  // 0 to 1, at most 4 times a second
  // The error is a sentence for her who uploaded it.
  using Done = std::function<void(tl::expected<Result, std::string>)>;

  // `upload` and `output` are descriptors that may be closed afterwards. `done` is called once, later, when the worker has ended;
  // the DecodeChild may be destroyed in it. The error is the system's word for it.
  [[nodiscard]] static tl::expected<std::unique_ptr<DecodeChild>, std::string> start(uv_loop_t* loop, const Options& options,
                                                                                     int upload, int output, Progress progress,
                                                                                     Done done);
  // Kills the worker if it runs; nobody is called any more.
  ~DecodeChild() = default;
  DecodeChild(const DecodeChild&) = delete;
  DecodeChild& operator=(const DecodeChild&) = delete;

  static constexpr const char* kUnreadable = "This file could not be read as audio. Please export it again, as MP3 or WAV, say.";

 private:
  DecodeChild(double max_seconds, Progress progress, Done done);
  void read_report();
  void on_report(ssize_t count, const char* bytes);
  void on_line(std::string_view line);
  void on_exit(int64_t status, int signal);
  void on_too_slow();
  void end_when_all_is_known();

  double max_seconds_;
  Progress progress_;
  Done done_;
  std::unique_ptr<Child> child_;
  UvHandle<uv_pipe_t> report_;
  UvHandle<uv_timer_t> timer_;
  LineSplitter lines_;
  std::array<char, 4096> buffer_;
  std::optional<tl::expected<Result, std::string>> verdict_;
  int64_t progress_ns_ = INT64_MIN / 2;
  bool exited_ = false;
  bool failed_ = false;  // killed, or ended badly
  bool report_ended_ = false;
};

}  // namespace roundelay
