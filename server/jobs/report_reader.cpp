#include "server/jobs/report_reader.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "server/base/told_sentence.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr size_t kMostReportLine = 64 << 10;
constexpr size_t kMostSentenceBytes = 500;
constexpr size_t kMostReasonBytes = 200;

}  // namespace

ReportReader::ReportReader(Progress progress, Sentence broke)
    : progress_(std::move(progress)), broke_(std::move(broke)), lines_(kMostReportLine) {}

bool ReportReader::open(uv_loop_t* loop) {
  pipe_ = make_uv<uv_pipe_t>(this, [loop](uv_pipe_t* pipe) { return uv_pipe_init(loop, pipe, 0); });
  return pipe_ != nullptr;
}

uv_stdio_container_t ReportReader::child_end() const {
  uv_stdio_container_t end{};
  end.flags = static_cast<uv_stdio_flags>(UV_CREATE_PIPE | UV_WRITABLE_PIPE);
  end.data.stream = reinterpret_cast<uv_stream_t*>(pipe_.get());
  return end;
}

void ReportReader::read(Ended ended) {
  ended_ = std::move(ended);
  uv_read_start(
      reinterpret_cast<uv_stream_t*>(pipe_.get()),
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        auto* self = static_cast<ReportReader*>(handle->data);
        *buffer = uv_buf_init(self->buffer_.data(), static_cast<unsigned>(self->buffer_.size()));
      },
      [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
        static_cast<ReportReader*>(stream->data)->on_bytes(count, buffer->base);
      });
}

void ReportReader::on_bytes(ssize_t count, const char* bytes) {
  if (count == 0) return;
  const bool good = count > 0 && 0 == lines_.feed(std::string_view(bytes, static_cast<size_t>(count)),
                                                  [this](std::string_view line) { on_line(line); });
  if (good) return;
  uv_read_stop(reinterpret_cast<uv_stream_t*>(pipe_.get()));
  const Ended ended = std::exchange(ended_, nullptr);
  ended(count > 0);
}

void ReportReader::on_line(std::string_view line) {
  if (verdict_) return;
  json report = json::parse(line, nullptr, false);
  if (const auto progress = number_field(report, "progress", 0, 1); progress.given()) return progress_(progress.value);
  const auto ok = bool_field(report, "ok");
  if (!ok.given()) return;
  if (ok.value) {
    verdict_ = std::move(report);
    return;
  }
  if (const auto reason = text_field(report, "reason"); reason.given()) {
    // Of another process: as JSON it has no control characters.
    const json quoted = reason.value.substr(0, kMostReasonBytes);
    spdlog::warn("a worker failed: {}", quoted.dump(-1, ' ', true, json::error_handler_t::replace));
  }
  verdict_ = tl::unexpected(told_sentence(report, kMostSentenceBytes).value_or(broke_));
}

}  // namespace roundelay
