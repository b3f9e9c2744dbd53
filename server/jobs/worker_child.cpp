#include "server/jobs/worker_child.h"

#include <spdlog/spdlog.h>

#include <csignal>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/told_sentence.h"
#include "server/wire/control/message.h"

namespace roundelay {
namespace {

constexpr size_t kMaxReportLine = 64 << 10;
constexpr size_t kMaxSentenceBytes = 500;
constexpr int64_t kProgressNs = 250'000'000;
constexpr uint64_t kDrainMs = 500;  // how long the report of a dead worker is waited for

}  // namespace

WorkerChild::WorkerChild(Options options, Progress progress, Done done)
    : options_(std::move(options)), progress_(std::move(progress)), done_(std::move(done)), lines_(kMaxReportLine) {}

tl::expected<std::unique_ptr<WorkerChild>, std::string> WorkerChild::start(uv_loop_t* loop, const Options& options, int upload,
                                                                           int output, Progress progress, Done done) {
  std::unique_ptr<WorkerChild> made(  // private constructor
      new WorkerChild(options, std::move(progress), std::move(done)));
  WorkerChild* self = made.get();
  made->report_ = make_uv<uv_pipe_t>(self, [loop](uv_pipe_t* pipe) { return uv_pipe_init(loop, pipe, 0); });
  made->timer_ = make_uv<uv_timer_t>(self, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  if (!made->report_ || !made->timer_) return tl::unexpected<std::string>("no handle could be made");

  uv_stdio_container_t stdio[4]{};
  stdio[0].flags = UV_INHERIT_FD;
  stdio[0].data.fd = upload;
  stdio[1].flags = UV_INHERIT_FD;
  stdio[1].data.fd = output;
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  stdio[3].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  stdio[3].data.stream = reinterpret_cast<uv_stream_t*>(made->report_.get());
  auto child = Child::spawn(loop, options.command, stdio, [self](int64_t status, int signal) { self->on_exit(status, signal); });
  if (!child) return tl::unexpected(child.error());
  made->child_ = *std::move(child);
  uv_timer_start(
      made->timer_.get(), [](uv_timer_t* timer) { static_cast<WorkerChild*>(timer->data)->on_too_slow(); }, options.time_limit_ms,
      0);
  made->read_report();
  return made;
}

void WorkerChild::read_report() {
  uv_read_start(
      reinterpret_cast<uv_stream_t*>(report_.get()),
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* self = static_cast<WorkerChild*>(handle->data);
        *buffer = uv_buf_init(self->buffer_.data(), static_cast<unsigned>(self->buffer_.size()));
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        static_cast<WorkerChild*>(stream->data)->on_report(count, buffer->base);
      });
}

void WorkerChild::on_report(ssize_t count, const char* bytes) {
  if (count == 0) return;
  const bool good = count > 0 && 0 == lines_.feed(std::string_view(bytes, static_cast<size_t>(count)),
                                                  [this](std::string_view line) { on_line(line); });
  if (good) return;
  if (count > 0) child_->signal(SIGKILL);  // it babbles
  uv_read_stop(reinterpret_cast<uv_stream_t*>(report_.get()));
  report_ended_ = true;
  end_when_all_is_known();
}

void WorkerChild::on_line(std::string_view line) {
  if (verdict_) return;
  nlohmann::json report = nlohmann::json::parse(line, nullptr, false);
  if (const auto progress = number_field(report, "progress", 0, 1); progress.given()) {
    const auto now_ns = static_cast<int64_t>(uv_hrtime());
    if (now_ns - progress_ns_ < kProgressNs) return;
    progress_ns_ = now_ns;
    progress_(progress.value);
    return;
  }
  const auto ok = bool_field(report, "ok");
  if (!ok.given()) return;
  if (!ok.value) {
    verdict_ = tl::unexpected(told_sentence(report, kMaxSentenceBytes).value_or(options_.unreadable));
    return;
  }
  verdict_ = std::move(report);
}

void WorkerChild::on_exit(int64_t status, int signal) {
  exited_ = true;
  failed_ = failed_ || status != 0 || signal != 0;
  if (signal != 0) spdlog::warn("an upload's worker ended by signal {}", signal);
  if (signal == SIGXCPU) verdict_ = tl::unexpected(options_.too_slow);
  // Something else that holds the pipe must not keep us waiting.
  uv_timer_start(
      timer_.get(),
      [](uv_timer_t* timer) {
        auto* self = static_cast<WorkerChild*>(timer->data);
        self->report_ended_ = true;
        self->end_when_all_is_known();
      },
      kDrainMs, 0);
  end_when_all_is_known();
}

void WorkerChild::on_too_slow() {
  spdlog::warn("an upload's worker took too long");
  failed_ = true;
  verdict_ = tl::unexpected(options_.too_slow);
  child_->signal(SIGKILL);
}

void WorkerChild::end_when_all_is_known() {
  if (!exited_ || !report_ended_ || !done_) return;
  uv_timer_stop(timer_.get());
  if (!verdict_ || (verdict_->has_value() && failed_)) verdict_ = tl::unexpected(options_.unreadable);
  const Done done = std::exchange(done_, nullptr);
  auto verdict = *std::move(verdict_);
  done(std::move(verdict));
}

}  // namespace roundelay
