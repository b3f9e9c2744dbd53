// The process body of `roundelay conductor`.
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <csignal>
#include <functional>
#include <stdexcept>
#include <string>

#include "server/base/live_settings.h"
#include "server/base/start_failure.h"
#include "server/conductor/conductor.h"
#include "server/net/event_loop.h"

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

int run_conductor(const Config& given) {
  Config config = given;  // which may change
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of writing, as a full disk is
  umask(0077);                    // the database and the tracks are nobody else's
  if (sodium_init() < 0) throw StartFailure("libsodium cannot be initialised.");
  const auto segment = Segment::open(config.segment_name());
  if (!segment) {
    throw std::runtime_error("The shared memory " + config.segment_name() +
                             " cannot be used: " + segment_problem(segment.error()) + ".");
  }
  const EventLoop loop;
  // It outlives the conductor: SIGTERM may come twice, and the second one must not hinder it from closing the database.
  const auto end = make_uv<uv_signal_t>(nullptr, [&](uv_signal_t* handle) { return uv_signal_init(loop.get(), handle); });
  const auto hang_up = make_uv<uv_signal_t>(nullptr, [&](uv_signal_t* handle) { return uv_signal_init(loop.get(), handle); });
  if (!end || !hang_up) throw std::runtime_error("The event loop takes no signals.");
  {
    Conductor conductor(loop.get(), config, *segment);
    std::function<void()> reload = [&] {
      if (!take_what_was_handed_on(config)) return;
      spdlog::set_level(spdlog::level::from_str(config.log_level));
      conductor.settings_changed();
    };
    hang_up->data = &reload;
    uv_signal_start(
        hang_up.get(), [](uv_signal_t* handle, int) { (*static_cast<std::function<void()>*>(handle->data))(); }, SIGHUP);
    reload();  // what came while it could not hear
    uv_signal_start(
        end.get(), [](uv_signal_t* handle, int) { uv_stop(handle->loop); }, SIGTERM);
    uv_run(loop.get(), UV_RUN_DEFAULT);
    uv_signal_stop(hang_up.get());
    spdlog::info("the conductor ends");
  }
  segment->conductor().pid.store(0);
  return 0;
}

}  // namespace roundelay
