#include "server/library/job_runner.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/library/songs.h"
#include "server/library/tagged_song.h"

namespace roundelay {
namespace {

// The database itself asks: it sees every song.
constexpr Viewer kEverySong{.account = 0, .role = LibraryRole::kAdmin};

int64_t seconds_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace

JobRunner::JobRunner(uv_loop_t* loop, LibraryDatabase& database, Options options)
    : loop_(loop), database_(database), options_(std::move(options)), jobs_(database) {}

void JobRunner::look(int64_t now_s) {
  if (job_.id != 0) {
    if (now_s - renewed_s_ < kRenewEveryS) return;
    renewed_s_ = now_s;
    if (jobs_.renew(job_.id, now_s)) return;
    worker_.reset();  // the song is gone
    job_ = {};
  }
  if (auto job = jobs_.claim(now_s)) {
    renewed_s_ = now_s;
    begin(*std::move(job));
  }
}

void JobRunner::begin(SongJob job) {
  const std::string path = options_.files_dir + "/" + job.hash;
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  const FileDescriptor nothing(open("/dev/null", O_RDWR | O_CLOEXEC));
  job_ = std::move(job);
  if (file.get() < 0 || nothing.get() < 0) {
    spdlog::error("the file of song {} cannot be opened", job_.song);
    job_ = {};  // again when the lease has run out
    return;
  }
  std::vector<std::string> command = options_.worker;
  command.push_back(job_.kind);
  auto child = WorkerChild::start(
      loop_,
      {.command = std::move(command),
       .time_limit_ms = options_.time_limit_ms,
       .unreadable = phrase("server_cannot_read_the_file"),
       .too_slow = phrase("server_cannot_read_the_file")},
      file.get(), nothing.get(), [](double) {},
      [this](tl::expected<nlohmann::json, Sentence> verdict) { ended(seconds_now(), std::move(verdict)); });
  if (!child) {
    spdlog::error("a worker for song {} cannot be started: {}", job_.song, child.error());
    job_ = {};
    return;
  }
  worker_ = *std::move(child);
}

void JobRunner::ended(int64_t now_s, tl::expected<nlohmann::json, Sentence> verdict) {
  const SongJob job = std::exchange(job_, {});
  const std::unique_ptr<WorkerChild> worker = std::move(worker_);
  if (!verdict) {
    spdlog::warn("the tags of song {} cannot be read (attempt {} of {}): {}", job.song, job.attempts, SongJobs::kMostAttempts,
                 verdict.error().text);
    if (!jobs_.give_back(job, now_s)) spdlog::warn("the song library's database does not take it: {}", database_.error());
    return;
  }
  Songs songs(database_);
  const auto before = songs.fields(kEverySong, job.song);
  const bool unread = !before && before.error().kind == CatalogueFault::Kind::kUnread;
  const bool kept = !unread && database_.transaction([&] {
    if (before) {
      const SongFields after = with_tags(*before, verdict->value("tags", nlohmann::json::object()), job.title);
      if (after != *before && !songs.update(job.song, after, now_s)) return false;
    }
    return jobs_.done(job.id);
  });
  // The lease runs out, and it is done again.
  if (!kept) spdlog::warn("the tags of song {} could not be stored: {}", job.song, database_.error());
}

}  // namespace roundelay
