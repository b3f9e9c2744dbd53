// Does the jobs of songs (song_jobs.h), one after the other, by a worker that is shut in. On the librarian's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/jobs/worker_child.h"
#include "server/library/job_kinds.h"
#include "server/library/song_jobs.h"
#include "server/library/worker_output.h"

namespace roundelay {

class JobRunner {
 public:
  struct Options {
    std::string files_dir;
    std::vector<std::string> worker = {};  // the program and its arguments; the job's kind comes behind, and its argument
  };

  JobRunner(uv_loop_t* loop, LibraryDatabase& database, Options options);
  JobRunner(const JobRunner&) = delete;
  JobRunner& operator=(const JobRunner&) = delete;

  // Renews what runs, and begins what waits; while the machine is strained nothing is begun, and what runs stands still. To be
  // called a few times a second.
  void look(int64_t now_s, bool strained);

 private:
  // What the worker needs; false: it cannot be had, and the log tells why.
  [[nodiscard]] bool begin(const JobKind& kind);
  void ended(const tl::expected<nlohmann::json, Sentence>& verdict);
  void keep(const JobKind& kind, const nlohmann::json& verdict);

  static constexpr int64_t kRenewEveryS = 15;

  uv_loop_t* loop_;
  LibraryDatabase& database_;
  Options options_;
  WorkerOutput out_;
  SongJobs jobs_;
  SongJob job_;  // id 0: none runs
  std::unique_ptr<WorkerChild> worker_;
  int64_t renewed_s_ = 0;
  bool strained_ = false;  // when it was looked last
};

}  // namespace roundelay
