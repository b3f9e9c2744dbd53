#include "server/jobs/render_child.h"

#include <csignal>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

constexpr size_t kMostRenderReportLine = 64 << 10;
constexpr size_t kMostRenderSentence = 500;
constexpr const char* kNotRendered = "The recording's files could not be made.";

}  // namespace

RenderChild::RenderChild(Progress progress, Done done)
    : progress_(std::move(progress)), done_(std::move(done)), lines_(kMostRenderReportLine) {}

tl::expected<std::unique_ptr<RenderChild>, std::string> RenderChild::start(uv_loop_t* loop,
                                                                           const std::vector<std::string>& command, int lock,
                                                                           Progress progress, Done done) {
  std::unique_ptr<RenderChild> made(new RenderChild(std::move(progress), std::move(done)));  // private constructor
  RenderChild* self = made.get();
  made->report_ = make_uv<uv_pipe_t>(self, [loop](uv_pipe_t* pipe) { return uv_pipe_init(loop, pipe, 0); });
  if (!made->report_) return tl::unexpected<std::string>("no handle could be made");
  uv_stdio_container_t stdio[5]{};
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = UV_IGNORE;
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  stdio[3].flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  stdio[3].data.stream = reinterpret_cast<uv_stream_t*>(made->report_.get());
  stdio[4].flags = UV_INHERIT_FD;
  stdio[4].data.fd = lock;
  auto child = Child::spawn(loop, command, stdio, [self](int64_t status, int signal) {
    self->exited_ = true;
    if (status != 0 || signal != 0) {
      if (!self->verdict_ || *self->verdict_) self->verdict_ = tl::unexpected<std::string>(kNotRendered);
    }
    self->end_when_all_is_known();
  });
  if (!child) return tl::unexpected(child.error());
  made->child_ = *std::move(child);
  made->read_report();
  return made;
}

void RenderChild::pause(bool paused) {
  if (std::exchange(paused_, paused) != paused) child_->signal(paused ? SIGSTOP : SIGCONT);
}

void RenderChild::read_report() {
  uv_read_start(
      reinterpret_cast<uv_stream_t*>(report_.get()),
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* self = static_cast<RenderChild*>(handle->data);
        *buffer = uv_buf_init(self->buffer_.data(), static_cast<unsigned>(self->buffer_.size()));
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        static_cast<RenderChild*>(stream->data)->on_report(count, buffer->base);
      });
}

void RenderChild::on_report(ssize_t count, const char* bytes) {
  if (count == 0) return;
  const bool good = count > 0 && 0 == lines_.feed(std::string_view(bytes, static_cast<size_t>(count)),
                                                  [this](std::string_view line) { on_line(line); });
  if (good) return;
  if (count > 0) child_->signal(SIGKILL);  // it babbles
  uv_read_stop(reinterpret_cast<uv_stream_t*>(report_.get()));
  report_ended_ = true;
  end_when_all_is_known();
}

void RenderChild::on_line(std::string_view line) {
  if (verdict_) return;
  const nlohmann::json report = nlohmann::json::parse(line, nullptr, false);
  if (const auto progress = number_field(report, "progress", 0, 1); progress.given()) return progress_(progress.value);
  const auto ok = bool_field(report, "ok");
  if (!ok.given()) return;
  if (ok.value) {
    verdict_.emplace();
    return;
  }
  const auto error = text_field(report, "error");
  const bool sentence = error.valid && !error.value.empty() && error.value.size() <= kMostRenderSentence;
  verdict_ = tl::unexpected<std::string>(sentence ? error.value : kNotRendered);
}

void RenderChild::end_when_all_is_known() {
  if (!exited_ || !report_ended_ || !done_) return;
  if (!verdict_) verdict_ = tl::unexpected<std::string>(kNotRendered);
  const Done done = std::exchange(done_, nullptr);
  auto verdict = *std::move(verdict_);
  done(std::move(verdict));
}

}  // namespace roundelay
