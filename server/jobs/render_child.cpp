#include "server/jobs/render_child.h"

#include <csignal>
#include <utility>

namespace roundelay {
namespace {

constexpr const char* kNotRendered = "The recording's files could not be made.";

}  // namespace

RenderChild::RenderChild(Progress progress, Done done)
    : done_(std::move(done)), report_(std::move(progress), Sentence{{}, {}, kNotRendered}) {}

tl::expected<std::unique_ptr<RenderChild>, std::string> RenderChild::start(uv_loop_t* loop,
                                                                           const std::vector<std::string>& command, int lock,
                                                                           Progress progress, Done done) {
  std::unique_ptr<RenderChild> made(new RenderChild(std::move(progress), std::move(done)));  // private constructor
  RenderChild* self = made.get();
  if (!made->report_.open(loop)) return tl::unexpected<std::string>("no handle could be made");
  uv_stdio_container_t stdio[5]{};
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = UV_IGNORE;
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  stdio[3] = made->report_.child_end();
  stdio[4].flags = UV_INHERIT_FD;
  stdio[4].data.fd = lock;
  auto child = Child::spawn(loop, command, stdio, [self](int64_t status, int signal) {
    self->exited_ = true;
    self->failed_ = status != 0 || signal != 0;
    self->end_when_all_is_known();
  });
  if (!child) return tl::unexpected(child.error());
  made->child_ = *std::move(child);
  made->report_.read([self](bool babbles) {
    if (babbles) self->child_->signal(SIGKILL);
    self->report_ended_ = true;
    self->end_when_all_is_known();
  });
  return made;
}

void RenderChild::pause(bool paused) {
  if (std::exchange(paused_, paused) != paused) child_->signal(paused ? SIGSTOP : SIGCONT);
}

void RenderChild::end_when_all_is_known() {
  if (!exited_ || !report_ended_ || !done_) return;
  tl::expected<void, std::string> outcome;
  const auto& verdict = report_.verdict();
  if (!verdict || (*verdict && failed_)) {
    outcome = tl::unexpected<std::string>(kNotRendered);
  } else if (!*verdict) {
    outcome = tl::unexpected(verdict->error().text);
  }
  const Done done = std::exchange(done_, nullptr);
  done(std::move(outcome));
}

}  // namespace roundelay
