// Does the jobs of songs (song_jobs.h), one after the other, by a worker that is shut in. On the librarian's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/jobs/worker_child.h"
#include "server/library/library.h"
#include "server/library/song_jobs.h"

namespace roundelay {

class JobRunner {
 public:
  struct Options {
    std::string files_dir;
    std::vector<std::string> worker = {};  // the program and its arguments; the job's kind comes behind
    uint64_t time_limit_ms = 40'000;
  };

  JobRunner(uv_loop_t* loop, LibraryDatabase& database, Options options);

  // Renews what runs, and begins what waits. To be called a few times a second.
  void look(int64_t now_s);

 private:
  void begin(SongJob job);
  void ended(int64_t now_s, tl::expected<nlohmann::json, Sentence> verdict);

  static constexpr int64_t kRenewEveryS = 15;

  uv_loop_t* loop_;
  LibraryDatabase& database_;
  Options options_;
  SongJobs jobs_;
  SongJob job_;  // id 0: none runs
  std::unique_ptr<WorkerChild> worker_;
  int64_t renewed_s_ = 0;
};

}  // namespace roundelay
