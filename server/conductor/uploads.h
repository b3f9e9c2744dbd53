// Turns uploads into blobs: each is read by a worker process, because the bytes are foreign (WorkerChild), then checked,
// synced and put in its place (BlobStoring). On the conductor's loop. Nothing is left behind by an upload that fails.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/file_descriptor.h"
#include "server/base/sentences.h"
#include "server/conductor/upload_result.h"
#include "server/jobs/work_queue.h"
#include "server/jobs/worker_child.h"

namespace roundelay {

class Uploads {
 public:
  struct Options {
    std::string blobs_dir;
    std::string uploads_dir;
    std::vector<std::string> worker;  // what comes before its limits
    UploadKind kind = UploadKind::kTrack;
    BlobFolders carried = {};  // of a programme: where its blobs go; blobs_dir holds what its worker makes
    int64_t max_bytes = 350'000'000;
    double max_seconds = 1'200;        // of a track
    uint64_t time_limit_ms = 120'000;  // by the clock on the wall; then the worker is killed
    size_t max_running = 2;            // of different rooms: a room's files wait for each other
    size_t max_waiting = 100;
  };
  using Result = UploadResult;  // its sha256 is the blob's name in blobs_dir
  struct Failure {
    int status;  // HTTP
    std::string code;
    Sentence said;  // for her who uploaded it
  };
  using Done = std::function<void(tl::expected<Result, Failure>)>;
  using Progress = WorkerChild::Progress;

  Uploads(uv_loop_t* loop, Options options);
  // Kills workers and removes what they were at; nobody is called any more.
  ~Uploads();
  Uploads(const Uploads&) = delete;
  Uploads& operator=(const Uploads&) = delete;

  // Makes the folders if need be, and removes what a conductor before left half-made in blobs_dir. What lies in uploads_dir may
  // be what a shard receives at this moment: the supervisor empties that before anybody is started. Throws
  // std::filesystem::filesystem_error: start-up only.
  void clean_up();

  // Of files that begin from now on.
  void set_limits(int64_t max_bytes, double max_seconds);

  [[nodiscard]] bool has_room() const { return queue_.has_room(); }
  [[nodiscard]] size_t running() const { return queue_.running(); }
  [[nodiscard]] size_t waiting() const { return queue_.waiting(); }
  // `file` must lie in uploads_dir; it is removed in the end, whatever that is. `done` is called once, perhaps before this
  // returns. A room's files are prepared one after the other, and rooms take turns: those of one hold up no other's.
  void submit(const std::string& room, const std::string& file, Progress progress, Done done);
  // Removes an upload that is not wanted; nothing outside of uploads_dir.
  void discard(const std::string& file) const;
  // True while this file waits or is prepared.
  [[nodiscard]] bool has(const std::string& file) const;
  // True while a blob of this name is being put in its place: it must not be removed.
  [[nodiscard]] bool is_storing(const std::string& sha256) const;
  [[nodiscard]] std::string blob_path(const std::string& sha256) const { return options_.blobs_dir + "/" + sha256; }

 private:
  struct Job;
  [[nodiscard]] bool is_upload(const std::string& file) const;
  [[nodiscard]] std::vector<std::string> command() const;
  [[nodiscard]] tl::unexpected<Failure> refused(Sentence sentence) const;
  [[nodiscard]] tl::unexpected<Failure> not_stored() const;
  void start(Job& job);
  void store(Job& job, FileDescriptor output, Result result);
  void store_programme(Job& job, FileDescriptor output);
  void finish(Job& job, tl::expected<Result, Failure> outcome);

  uv_loop_t* loop_;
  Options options_;
  WorkQueue queue_;  // of the rooms
  std::unordered_map<Job*, std::unique_ptr<Job>> jobs_;
};

}  // namespace roundelay
