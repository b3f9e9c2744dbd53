#include "server/conductor/uploads.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/base/tokens.h"
#include "server/jobs/blob_storing.h"
#include "server/net/pool_work.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr const char* kTemporary = "tmp-";

FileDescriptor open_file(const std::string& path, int flags) {
  return FileDescriptor(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600));
}

}  // namespace

struct Uploads::Job {
  std::string room;
  std::string upload;
  std::string temporary;  // empty until it exists
  Progress progress;
  Done done;
  std::unique_ptr<WorkerChild> child;
  std::optional<Result> result;
  std::unique_ptr<BlobStoring> storing;
  std::shared_ptr<void> unpacking;  // of a programme

  ~Job() {
    child.reset();
    if (!temporary.empty()) unlink(temporary.c_str());
    unlink(upload.c_str());
  }
};

Uploads::Uploads(uv_loop_t* loop, Options options)
    : loop_(loop),
      options_(std::move(options)),
      queue_({.max_running = options_.max_running, .max_waiting = options_.max_waiting}) {}

Uploads::~Uploads() = default;

void Uploads::clean_up() {
  fs::create_directories(options_.blobs_dir);
  fs::create_directories(options_.uploads_dir);
  for (const auto& entry : fs::directory_iterator(options_.blobs_dir)) {
    if (entry.path().filename().string().starts_with(kTemporary)) fs::remove(entry.path());
  }
}

void Uploads::set_limits(int64_t max_bytes, double max_seconds) {
  options_.max_bytes = max_bytes;
  options_.max_seconds = max_seconds;
}

bool Uploads::is_upload(const std::string& file) const {
  const fs::path path(file);
  return path.parent_path() == fs::path(options_.uploads_dir) && !path.filename().empty() && path.filename() != "..";
}

void Uploads::discard(const std::string& file) const {
  if (is_upload(file)) unlink(file.c_str());
}

std::vector<std::string> Uploads::command() const {
  std::vector<std::string> out = options_.worker;
  const auto add = [&out](const char* option, std::string value) {
    out.emplace_back(option);
    out.push_back(std::move(value));
  };
  add("--max-bytes", std::to_string(options_.max_bytes));
  if (options_.kind != UploadKind::kScore) {
    add("--max-seconds", std::to_string(options_.max_seconds));
  } else {
    add("--max-pages", std::to_string(kMostScorePages));
  }
  return out;
}

tl::unexpected<Uploads::Failure> Uploads::refused(Sentence sentence) const {
  return tl::unexpected(Failure{422, sentences_of(options_.kind).refused, std::move(sentence)});
}

tl::unexpected<Uploads::Failure> Uploads::not_stored() const {
  return tl::unexpected(Failure{503, "busy", phrase(sentences_of(options_.kind).not_stored)});
}

void Uploads::submit(const std::string& room, const std::string& file, Progress progress, Done done) {
  if (!is_upload(file)) {
    spdlog::error("an upload lies outside of the uploads folder: {}", file);
    done(not_stored());
    return;
  }
  auto job = std::make_unique<Job>();
  job->room = room;
  job->upload = file;
  job->progress = std::move(progress);
  job->done = std::move(done);
  Job& waits = *job;
  jobs_.emplace(&waits, std::move(job));
  if (queue_.add(room, [this, &waits] { start(waits); })) return;
  const Done refuse = std::move(waits.done);
  jobs_.erase(&waits);
  refuse(tl::unexpected(Failure{503, "busy", phrase(sentences_of(options_.kind).too_many)}));
}

void Uploads::start(Job& job) {
  const FileDescriptor upload = open_file(job.upload, O_RDONLY);
  const std::string temporary = options_.blobs_dir + "/" + kTemporary + make_id();
  auto output = std::make_shared<FileDescriptor>(open_file(temporary, O_RDWR | O_CREAT | O_EXCL));
  if (output->get() >= 0) job.temporary = temporary;
  if (upload.get() < 0 || output->get() < 0) {
    spdlog::error("an upload cannot be opened: {}", job.upload);
    return finish(job, not_stored());
  }
  const UploadSentences& sentences = sentences_of(options_.kind);
  auto child =
      WorkerChild::start(loop_,
                         {.command = command(),
                          .time_limit_ms = options_.time_limit_ms,
                          .unreadable = phrase(sentences.unreadable),
                          .too_slow = phrase(sentences.too_slow)},
                         upload.get(), output->get(), job.progress,
                         [this, &job, output, most = options_.max_seconds](tl::expected<nlohmann::json, Sentence> verdict) {
                           if (!verdict) return finish(job, refused(std::move(verdict.error())));
                           auto result = read_result(*verdict, options_.kind, most);
                           if (!result) return finish(job, refused(phrase(sentences_of(options_.kind).unreadable)));
                           store(job, std::move(*output), *std::move(result));
                         });
  if (!child) {
    spdlog::error("an upload's worker cannot be started: {}", child.error());
    return finish(job, not_stored());
  }
  job.child = *std::move(child);
}

void Uploads::store(Job& job, FileDescriptor output, Result result) {
  job.result = std::move(result);
  if (options_.kind == UploadKind::kProgramme) return store_programme(job, std::move(output));
  job.storing = BlobStoring::start(
      loop_, {.descriptor = std::move(output), .path = job.temporary, .folder = options_.blobs_dir, .sha256 = job.result->sha256},
      [this, &job](BlobStoring::Outcome outcome) {
        switch (outcome) {
          case BlobStoring::Outcome::kStored:
            return finish(job, *job.result);
          case BlobStoring::Outcome::kWrongHash:
            return finish(job, refused(phrase(sentences_of(options_.kind).unreadable)));
          case BlobStoring::Outcome::kFailed:
            return finish(job, not_stored());
        }
      });
  if (!job.storing) finish(job, not_stored());
}

void Uploads::store_programme(Job& job, FileDescriptor output) {
  using Stored = tl::expected<ReadProgramme, CarriedFault>;
  auto file = std::make_shared<FileDescriptor>(std::move(output));
  job.unpacking = on_the_pool<Stored>(
      loop_,
      [file, places = job.result->places, folders = options_.carried] { return store_carried(file->get(), places, folders); },
      [this, &job](Stored stored) {
        if (!stored) {
          const bool broken = stored.error() == CarriedFault::kBroken;
          return finish(job, broken ? refused(phrase(sentences_of(options_.kind).unreadable)) : not_stored());
        }
        job.result->programme = *std::move(stored);
        finish(job, *job.result);
      });
  if (!job.unpacking) finish(job, not_stored());
}

void Uploads::finish(Job& job, tl::expected<Result, Failure> outcome) {
  const Done done = std::move(job.done);
  done(std::move(outcome));  // before the job goes: is_storing() must hold until the track is known
  const std::string room = std::move(job.room);
  jobs_.erase(&job);
  queue_.done(room);
}

bool Uploads::has(const std::string& file) const {
  return std::any_of(jobs_.begin(), jobs_.end(), [&](const auto& entry) { return entry.second->upload == file; });
}

bool Uploads::is_storing(const std::string& sha256) const {
  return std::any_of(jobs_.begin(), jobs_.end(),
                     [&](const auto& entry) { return entry.second->result && entry.second->result->has(sha256); });
}

}  // namespace roundelay
