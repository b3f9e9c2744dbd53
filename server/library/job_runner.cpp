#include "server/library/job_runner.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <utility>

#include "server/base/unix_time.h"

namespace roundelay {

JobRunner::JobRunner(uv_loop_t* loop, LibraryDatabase& database, Options options)
    : loop_(loop), database_(database), options_(std::move(options)), out_(options_.files_dir + "/.job"), jobs_(database) {}

void JobRunner::look(int64_t now_s, bool strained) {
  strained_ = strained;
  if (job_.id != 0) {
    worker_->pause(strained);
    if (now_s - renewed_s_ < kRenewEveryS) return;
    renewed_s_ = now_s;
    if (jobs_.renew(job_.id, now_s)) return;
    worker_.reset();  // the song is gone
    out_.remove();
    job_ = {};
  }
  if (strained) return;
  if (auto job = jobs_.claim(now_s)) {
    renewed_s_ = now_s;
    job_ = *std::move(job);
    if (!begin(*job_kind(job_.kind))) job_ = {};  // again when the lease has run out
  }
}

bool JobRunner::begin(const JobKind& kind) {
  const std::string path = options_.files_dir + "/" + job_.hash;
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (file.get() < 0) {
    spdlog::error("the file of song {} cannot be opened", job_.song);
    return false;
  }
  if (!out_.begin(kind.writes)) return false;
  std::vector<std::string> command = options_.worker;
  command.push_back(job_.kind);
  if (!job_.argument.empty()) command.push_back(job_.argument);
  auto child = WorkerChild::start(
      loop_,
      {.command = std::move(command),
       .time_limit_ms = kind.time_limit_ms,
       .unreadable = phrase("server_cannot_read_the_file"),
       .too_slow = phrase("server_cannot_read_the_file")},
      file.get(), out_.fd(), [](double) {}, [this](const tl::expected<nlohmann::json, Sentence>& verdict) { ended(verdict); });
  if (!child) {
    spdlog::error("a worker for song {} cannot be started: {}", job_.song, child.error());
    return false;
  }
  worker_ = *std::move(child);
  return true;
}

void JobRunner::ended(const tl::expected<nlohmann::json, Sentence>& verdict) {
  const std::unique_ptr<WorkerChild> worker = std::move(worker_);
  if (verdict) {
    keep(*job_kind(job_.kind), *verdict);
  } else {
    spdlog::warn("the job \"{}\" of song {} cannot be done (attempt {} of {}): {}", job_.kind, job_.song, job_.attempts,
                 SongJobs::kMostAttempts, verdict.error().text);
    const bool kept =
        worker->blames_server() ? jobs_.put_off(job_, unix_seconds()) : jobs_.give_back(job_, verdict.error(), unix_seconds());
    if (!kept) spdlog::warn("the song library's database does not take it: {}", database_.error());
  }
  out_.remove();
  job_ = {};
  look(unix_seconds(), strained_);  // the next one at once
}

void JobRunner::keep(const JobKind& kind, const nlohmann::json& verdict) {
  if (kind.writes) lseek(out_.fd(), 0, SEEK_SET);
  const JobOutcome outcome{
      .job = job_, .verdict = verdict, .out_fd = kind.writes ? out_.fd() : -1, .out_path = out_.path(), .now_s = unix_seconds()};
  const bool kept = database_.transaction(
      [&] { return !jobs_.is_wanted(job_) || (kind.keep(database_, options_.files_dir, outcome) && jobs_.done(job_.id)); });
  // The lease runs out, and it is done again.
  if (!kept)
    spdlog::warn("what the job \"{}\" of song {} found could not be stored: {}", job_.kind, job_.song,
                 database_.transaction_error());
}

}  // namespace roundelay
