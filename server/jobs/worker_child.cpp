#include "server/jobs/worker_child.h"

#include <spdlog/spdlog.h>

#include <csignal>
#include <utility>

#include "server/jobs/worker_report.h"

namespace roundelay {
namespace {

constexpr int64_t kProgressNs = 250'000'000;
constexpr uint64_t kDrainMs = 500;  // how long the report of a dead worker is waited for

}  // namespace

WorkerChild::WorkerChild(Options options, Progress progress, Done done)
    : options_(std::move(options)),
      progress_(std::move(progress)),
      done_(std::move(done)),
      report_([this](double share) { on_progress(share); }, options_.unreadable) {}

tl::expected<std::unique_ptr<WorkerChild>, std::string> WorkerChild::start(uv_loop_t* loop, const Options& options, int upload,
                                                                           int output, Progress progress, Done done) {
  std::unique_ptr<WorkerChild> made(  // private constructor
      new WorkerChild(options, std::move(progress), std::move(done)));
  WorkerChild* self = made.get();
  made->timer_ = make_uv<uv_timer_t>(self, [loop](uv_timer_t* timer) { return uv_timer_init(loop, timer); });
  if (!made->report_.open(loop) || !made->timer_) return tl::unexpected<std::string>("no handle could be made");

  uv_stdio_container_t stdio[4]{};
  stdio[0].flags = UV_INHERIT_FD;
  stdio[0].data.fd = upload;
  stdio[1].flags = UV_INHERIT_FD;
  stdio[1].data.fd = output;
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  stdio[3] = made->report_.child_end();
  auto child = Child::spawn(loop, options.command, stdio, [self](int64_t status, int signal) { self->on_exit(status, signal); });
  if (!child) return tl::unexpected(child.error());
  made->child_ = *std::move(child);
  made->limit_time(options.time_limit_ms);
  made->report_.read([self](bool babbles) {
    if (babbles) self->child_->signal(SIGKILL);
    self->report_ended_ = true;
    self->end_when_all_is_known();
  });
  return made;
}

void WorkerChild::limit_time(uint64_t time_ms) {
  uv_timer_start(
      timer_.get(), [](uv_timer_t* timer) { static_cast<WorkerChild*>(timer->data)->on_too_slow(); }, time_ms, 0);
}

void WorkerChild::pause(bool paused) {
  if (exited_ || paused == paused_) return;
  paused_ = paused;
  child_->signal(paused ? SIGSTOP : SIGCONT);
  if (!paused) return limit_time(time_left_ms_);
  time_left_ms_ = uv_timer_get_due_in(timer_.get());
  uv_timer_stop(timer_.get());
}

void WorkerChild::on_progress(double share) {
  const auto now_ns = static_cast<int64_t>(uv_hrtime());
  if (now_ns - progress_ns_ < kProgressNs) return;
  progress_ns_ = now_ns;
  progress_(share);
}

void WorkerChild::on_exit(int64_t status, int signal) {
  exited_ = true;
  failed_ = failed_ || status != 0 || signal != 0;
  blames_server_ = signal == 0 && status == kWorkerFailed;
  if (signal != 0) spdlog::warn("an upload's worker ended by signal {}", signal);
  if (signal == SIGXCPU) report_.verdict() = tl::unexpected(options_.too_slow);
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
  report_.verdict() = tl::unexpected(options_.too_slow);
  child_->signal(SIGKILL);
}

void WorkerChild::end_when_all_is_known() {
  if (!exited_ || !report_ended_ || !done_) return;
  uv_timer_stop(timer_.get());
  auto& told = report_.verdict();
  auto verdict = told && (!*told || !failed_) ? *std::move(told) : tl::unexpected(options_.unreadable);
  const Done done = std::exchange(done_, nullptr);
  done(std::move(verdict));
}

}  // namespace roundelay
