// Makes covers of pictures that somebody brought, by a worker that is shut in: one after the other. On the librarian's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/jobs/worker_child.h"
#include "server/library/made_cover.h"
#include "server/library/worker_output.h"

namespace roundelay {

class CoverMaking {
 public:
  static constexpr size_t kMostWaiting = 256;

  struct Options {
    std::string files_dir;
    std::vector<std::string> worker = {};  // the program and its arguments; "picture" comes behind
    uint64_t time_limit_ms = 20'000;
  };
  // The cover lies among the library's files and has no row yet: if it gets none before this returns, its file is the caller's to
  // delete. The error is a sentence for her who brought the picture.
  using Done = std::function<void(tl::expected<MadeCover, Sentence>)>;

  CoverMaking(uv_loop_t* loop, Options options);
  CoverMaking(const CoverMaking&) = delete;
  CoverMaking& operator=(const CoverMaking&) = delete;

  // `done` is called once, later. False: too many wait, and it is not called.
  [[nodiscard]] bool make(const std::string& picture, Done done);

 private:
  struct Wanted {
    std::string picture;
    Done done;
  };
  void begin();
  [[nodiscard]] bool start_worker();
  void ended(const tl::expected<nlohmann::json, Sentence>& verdict);

  uv_loop_t* loop_;
  Options options_;
  WorkerOutput out_;
  std::deque<Wanted> wanted_;  // the first one is being made
  std::unique_ptr<WorkerChild> worker_;
};

}  // namespace roundelay
