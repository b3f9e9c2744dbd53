#include "server/conductor/uploads.h"

#include <fcntl.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "server/base/text.h"
#include "server/base/tokens.h"
#include "server/jobs/child.h"
#include "server/net/line_splitter.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxReportLine = 64 << 10;
constexpr int64_t kProgressNs = 250'000'000;
constexpr uint64_t kDrainMs = 500;  // how long the report of a dead worker is waited for
constexpr const char* kTemporary = "tmp-";
constexpr const char* kUnreadable = "This file could not be read as audio. Please export it again, as MP3 or WAV, say.";

Uploads::Failure unreadable() {
  return {422, "no_track", kUnreadable};
}

Uploads::Failure storage_failed() {
  return {503, "busy", "The track could not be stored. Please try again later."};
}

class OpenFile {
 public:
  OpenFile() = default;
  OpenFile(const std::string& path, int flags) : fd_(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~OpenFile() {
    if (fd_ >= 0) close(fd_);
  }
  OpenFile(OpenFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  [[nodiscard]] int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

 private:
  int fd_ = -1;
};

bool sync_folder(const std::string& path) {
  const OpenFile folder(path, O_RDONLY | O_DIRECTORY);
  return folder && fsync(folder.get()) == 0;
}

// The name that the content deserves; nothing on a read error. The worker's own word is not enough: it has read foreign bytes.
std::optional<std::string> sha256_of(int fd) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<uint8_t, 1 << 16> buffer;
  for (off_t at = 0;;) {
    const ssize_t count = pread(fd, buffer.data(), buffer.size(), at);
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    crypto_hash_sha256_update(&state, buffer.data(), static_cast<unsigned long long>(count));
    at += count;
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hex(hash);
}

}  // namespace

struct Uploads::Job {
  Uploads* owner;
  std::string room;
  std::string upload;
  std::string temporary;  // empty until it exists
  Progress progress;
  Done done;
  OpenFile output;
  std::unique_ptr<Child> child;
  UvHandle<uv_pipe_t> report;
  UvHandle<uv_timer_t> timer;
  LineSplitter lines{kMaxReportLine};
  std::array<char, 4096> buffer;
  std::optional<tl::expected<Result, Failure>> verdict;
  int64_t progress_ns = INT64_MIN / 2;
  bool exited = false;
  bool failed = false;  // killed, or ended badly
  bool report_ended = false;
  Storing* storing = nullptr;

  ~Job();
};

// What a thread of the pool does for a job. Outlives the job if that is ended meanwhile.
struct Uploads::Storing {
  uv_work_t request;
  Job* job;  // loop only; null when the job is gone
  OpenFile output;
  std::string temporary;
  std::string tracks_dir;
  std::string sha256;
  enum class Outcome { kStored, kWrongHash, kFailed } outcome = Outcome::kFailed;

  void run() {
    const auto found = sha256_of(output.get());
    if (!found) return;
    if (*found != sha256) {
      outcome = Outcome::kWrongHash;
      return;
    }
    const std::string path = tracks_dir + "/" + sha256;
    const bool there = access(path.c_str(), F_OK) == 0;  // the same content twice: what is there may be mapped
    if (!there && (fsync(output.get()) != 0 || rename(temporary.c_str(), path.c_str()) != 0)) return;
    if (!sync_folder(tracks_dir)) return;
    outcome = Outcome::kStored;
  }
};

Uploads::Job::~Job() {
  if (storing != nullptr) storing->job = nullptr;
  child.reset();
  if (!temporary.empty()) unlink(temporary.c_str());
  unlink(upload.c_str());
}

Uploads::Uploads(uv_loop_t* loop, Options options)
    : loop_(loop),
      options_(std::move(options)),
      queue_({.max_running = options_.max_running, .max_waiting = options_.max_waiting}) {}

Uploads::~Uploads() = default;

void Uploads::clean_up() {
  fs::create_directories(options_.tracks_dir);
  fs::create_directories(options_.uploads_dir);
  for (const auto& entry : fs::directory_iterator(options_.tracks_dir)) {
    if (entry.path().filename().string().starts_with(kTemporary)) fs::remove(entry.path());
  }
}

bool Uploads::is_upload(const std::string& file) const {
  const fs::path path(file);
  return path.parent_path() == fs::path(options_.uploads_dir) && !path.filename().empty() && path.filename() != "..";
}

void Uploads::discard(const std::string& file) const {
  if (is_upload(file)) unlink(file.c_str());
}

void Uploads::submit(const std::string& room, const std::string& file, Progress progress, Done done) {
  if (!is_upload(file)) {
    spdlog::error("an upload lies outside of the uploads folder: {}", file);
    done(tl::unexpected(storage_failed()));
    return;
  }
  auto job = std::make_unique<Job>();
  job->owner = this;
  job->room = room;
  job->upload = file;
  job->progress = std::move(progress);
  job->done = std::move(done);
  Job& waits = *job;
  jobs_.emplace(&waits, std::move(job));
  if (queue_.add(room, [this, &waits] { start(waits); })) return;
  const Done refuse = std::move(waits.done);
  jobs_.erase(&waits);
  refuse(tl::unexpected(Failure{503, "busy", "Too many tracks are being prepared. Please try again in a minute."}));
}

void Uploads::start(Job& job) {
  const OpenFile upload(job.upload, O_RDONLY);
  const std::string temporary = options_.tracks_dir + "/" + kTemporary + make_id();
  job.output = OpenFile(temporary, O_RDWR | O_CREAT | O_EXCL);
  if (job.output) job.temporary = temporary;
  job.report = make_uv<uv_pipe_t>(&job, [this](uv_pipe_t* pipe) { return uv_pipe_init(loop_, pipe, 0); });
  job.timer = make_uv<uv_timer_t>(&job, [this](uv_timer_t* timer) { return uv_timer_init(loop_, timer); });
  if (!upload || !job.output || !job.report || !job.timer) {
    spdlog::error("an upload cannot be opened: {}", job.upload);
    finish(job, tl::unexpected(storage_failed()));
    return;
  }

  std::vector<std::string> command = options_.worker;
  for (const std::string& word : {std::string("--max-bytes"), std::to_string(options_.max_bytes), std::string("--max-seconds"),
                                  std::to_string(options_.max_seconds)}) {
    command.push_back(word);
  }
  uv_stdio_container_t stdio[4]{};
  stdio[0].flags = UV_INHERIT_FD;
  stdio[0].data.fd = upload.get();
  stdio[1].flags = UV_INHERIT_FD;
  stdio[1].data.fd = job.output.get();
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  stdio[3].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  stdio[3].data.stream = reinterpret_cast<uv_stream_t*>(job.report.get());
  auto child = Child::spawn(loop_, command, stdio, [&job](int64_t status, int signal) {
    job.exited = true;
    job.failed = job.failed || status != 0 || signal != 0;
    if (signal != 0) spdlog::warn("an upload's worker ended by signal {}", signal);
    // Something else that holds the pipe must not keep the job alive.
    uv_timer_start(
        job.timer.get(),
        [](uv_timer_t* timer) {
          auto* late = static_cast<Job*>(timer->data);
          late->report_ended = true;
          late->owner->on_ended(*late);
        },
        kDrainMs, 0);
    job.owner->on_ended(job);
  });
  if (!child) {
    spdlog::error("an upload's worker cannot be started: {}", child.error());
    finish(job, tl::unexpected(storage_failed()));
    return;
  }
  job.child = *std::move(child);
  uv_timer_start(
      job.timer.get(),
      [](uv_timer_t* timer) {
        auto* slow = static_cast<Job*>(timer->data);
        spdlog::warn("an upload's worker took too long");
        slow->failed = true;
        slow->verdict =
            tl::unexpected(Failure{422, "no_track", "This file took too long to read. Please try a shorter or simpler one."});
        slow->child->signal(SIGKILL);
      },
      options_.time_limit_ms, 0);
  uv_read_start(
      reinterpret_cast<uv_stream_t*>(job.report.get()),
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* reading = static_cast<Job*>(handle->data);
        *buffer = uv_buf_init(reading->buffer.data(), static_cast<unsigned>(reading->buffer.size()));
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        auto* reading = static_cast<Job*>(stream->data);
        if (count == 0) return;
        const bool good =
            count > 0 && 0 == reading->lines.feed(std::string_view(buffer->base, static_cast<size_t>(count)),
                                                  [&](std::string_view line) { reading->owner->on_report(*reading, line); });
        if (good) return;
        if (count > 0) reading->child->signal(SIGKILL);  // it babbles
        uv_read_stop(stream);
        reading->report_ended = true;
        reading->owner->on_ended(*reading);
      });
}

void Uploads::on_report(Job& job, std::string_view line) {
  if (job.verdict) return;
  const nlohmann::json report = nlohmann::json::parse(line, nullptr, false);
  if (const auto progress = number_field(report, "progress", 0, 1); progress.given()) {
    const auto now_ns = static_cast<int64_t>(uv_hrtime());
    if (now_ns - job.progress_ns < kProgressNs) return;
    job.progress_ns = now_ns;
    job.progress(progress.value);
    return;
  }
  const auto ok = bool_field(report, "ok");
  if (!ok.given()) return;
  if (!ok.value) {
    const auto error = text_field(report, "error");
    const bool sentence = error.valid && !error.value.empty() && error.value.size() <= 500;
    job.verdict = tl::unexpected(Failure{422, "no_track", sentence ? error.value : kUnreadable});
    return;
  }
  const auto seconds = number_field(report, "seconds", 0, options_.max_seconds + 1);
  const auto channels = integer_field(report, "channels", 1, 2);
  const auto sha256 = text_field(report, "sha256");
  std::array<uint8_t, 32> digest;
  const bool whole = seconds.given() && channels.given() && from_hex(sha256.value, digest);
  if (whole) {
    job.verdict = Result{seconds.value, static_cast<int>(channels.value), hex(digest)};
  } else {
    job.verdict = tl::unexpected(unreadable());
  }
}

void Uploads::on_ended(Job& job) {
  if (!job.exited || !job.report_ended || job.storing != nullptr) return;
  uv_timer_stop(job.timer.get());
  if (!job.verdict) job.verdict = tl::unexpected(unreadable());
  if (!job.verdict->has_value()) {
    finish(job, *job.verdict);
  } else if (job.failed) {
    finish(job, tl::unexpected(unreadable()));
  } else {
    store(job);
  }
}

void Uploads::store(Job& job) {
  auto storing = std::make_unique<Storing>();
  storing->job = &job;
  storing->output = std::move(job.output);
  storing->temporary = job.temporary;
  storing->tracks_dir = options_.tracks_dir;
  storing->sha256 = job.verdict->value().sha256;
  storing->request.data = storing.get();
  job.storing = storing.get();
  const int result = uv_queue_work(
      loop_, &storing->request, [](uv_work_t* request) { static_cast<Storing*>(request->data)->run(); },
      [](uv_work_t* request, int) {
        const std::unique_ptr<Storing> done(static_cast<Storing*>(request->data));
        if (done->job == nullptr) return;
        Job& stored = *done->job;
        switch (done->outcome) {
          case Storing::Outcome::kStored:
            return stored.owner->finish(stored, *stored.verdict);
          case Storing::Outcome::kWrongHash:
            return stored.owner->finish(stored, tl::unexpected(unreadable()));
          case Storing::Outcome::kFailed:
            return stored.owner->finish(stored, tl::unexpected(storage_failed()));
        }
      });
  if (result == 0) {
    static_cast<void>(storing.release());  // freed when the work is done
  } else {
    finish(job, tl::unexpected(storage_failed()));
  }
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
  for (const auto& [key, job] : jobs_) {
    if (job->verdict && job->verdict->has_value() && job->verdict->value().sha256 == sha256) return true;
  }
  return false;
}

}  // namespace roundelay
