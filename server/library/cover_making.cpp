#include "server/library/cover_making.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>

#include <utility>

#include "server/library/covers.h"

namespace roundelay {

CoverMaking::CoverMaking(uv_loop_t* loop, Options options)
    : loop_(loop), options_(std::move(options)), out_(options_.files_dir + "/.cover") {}

bool CoverMaking::make(const std::string& picture, Done done) {
  if (wanted_.size() >= kMostWaiting) return false;
  wanted_.push_back({picture, std::move(done)});
  if (wanted_.size() == 1) begin();
  return true;
}

void CoverMaking::begin() {
  while (!wanted_.empty() && !start_worker()) {
    const Wanted failed = std::move(wanted_.front());
    wanted_.pop_front();
    failed.done(tl::unexpected(phrase("server_cannot_read_the_file")));
  }
}

bool CoverMaking::start_worker() {
  const FileDescriptor picture(open(wanted_.front().picture.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (picture.get() < 0 || !out_.begin()) return false;
  std::vector<std::string> command = options_.worker;
  command.emplace_back("picture");
  auto child = WorkerChild::start(
      loop_,
      {.command = std::move(command),
       .time_limit_ms = options_.time_limit_ms,
       .unreadable = phrase("picture_is_damaged"),
       .too_slow = phrase("score_needs_too_much_memory")},
      picture.get(), out_.fd(), [](double) {}, [this](const tl::expected<nlohmann::json, Sentence>& verdict) { ended(verdict); });
  if (!child) {
    spdlog::error("a worker for a picture cannot be started: {}", child.error());
    return false;
  }
  worker_ = *std::move(child);
  return true;
}

void CoverMaking::ended(const tl::expected<nlohmann::json, Sentence>& verdict) {
  const std::unique_ptr<WorkerChild> worker = std::move(worker_);
  const Wanted wanted = std::move(wanted_.front());
  wanted_.pop_front();
  if (!verdict) {
    wanted.done(tl::unexpected(verdict.error()));
  } else {
    const auto kept = Covers::keep_file(*verdict, out_.path(), options_.files_dir);
    if (kept && kept->cover)
      wanted.done(*kept->cover);
    else
      wanted.done(tl::unexpected(phrase("disk_is_full")));
  }
  out_.remove();
  begin();
}

}  // namespace roundelay
