// The process body of `roundelay conductor`.
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <csignal>
#include <optional>

#include "server/conductor/conductor.h"

namespace roundelay {
namespace {

const char* segment_problem(SegmentError error) {
  switch (error) {
    case SegmentError::kMissing:
      return "there is none";
    case SegmentError::kForeign:
      return "it is another program's or version's";
    case SegmentError::kTooSmall:
      return "it is too small";
    default:
      return "the system refused it";
  }
}

}  // namespace

int run_conductor(const Config& config) {
  std::signal(SIGPIPE, SIG_IGN);
  umask(0077);  // the database and the tracks are nobody else's
  if (sodium_init() < 0) {
    spdlog::critical("libsodium cannot be initialised");
    return 1;
  }
  const auto segment = Segment::open(config.segment_name());
  if (!segment) {
    spdlog::critical("the shared memory {} cannot be used: {}", config.segment_name(), segment_problem(segment.error()));
    return 1;
  }
  uv_loop_t loop;
  if (uv_loop_init(&loop) != 0) {
    spdlog::critical("the event loop cannot be made");
    return 1;
  }
  int status = 0;
  {
    std::optional<Conductor> conductor;
    UvHandle<uv_signal_t> ends[2];
    try {
      conductor.emplace(&loop, config, *segment);
    } catch (const std::exception& error) {
      spdlog::critical("{}", error.what());
      status = 1;
    }
    if (status == 0) {
      constexpr int kSignals[] = {SIGTERM, SIGINT};
      for (int i = 0; i < 2; ++i) {
        ends[i] = make_uv<uv_signal_t>(nullptr, [&](uv_signal_t* end) { return uv_signal_init(&loop, end); });
        uv_signal_start(
            ends[i].get(), [](uv_signal_t* end, int) { uv_stop(end->loop); }, kSignals[i]);
      }
      uv_run(&loop, UV_RUN_DEFAULT);
      spdlog::info("the conductor ends");
    }
  }
  while (uv_run(&loop, UV_RUN_DEFAULT) != 0) {
  }
  uv_loop_close(&loop);
  return status;
}

}  // namespace roundelay
