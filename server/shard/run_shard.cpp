// The process body of `roundelay shard`.
#include <malloc.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <functional>
#include <stdexcept>

#include "server/base/live_settings.h"
#include "server/shard/shard.h"

namespace roundelay {
namespace {

constexpr int kOwnMappingBytes = 65'536;    // of the heap: what is larger is mapped by itself
constexpr int kSpareHeapBytes = 1'048'576;  // at its end, kept for the next burst

}  // namespace

int run_shard(const Config& given, int index, int doorstep) {
  Config config = given;  // which may change
  // What a burst of control messages took goes back to the system. glibc by itself raises both limits after the first large one.
  mallopt(M_MMAP_THRESHOLD, kOwnMappingBytes);
  mallopt(M_TRIM_THRESHOLD, kSpareHeapBytes);
  uv_loop_t loop;
  uv_loop_init(&loop);
  auto segment = Segment::open(config.segment_name());
  if (!segment) throw std::runtime_error("the shared memory " + config.segment_name() + " cannot be opened");
  uv_signal_t signals[3];
  for (auto& signal : signals) uv_signal_init(&loop, &signal);
  {
    Shard shard(&loop, config, *segment, index, doorstep);
    uv_signal_start(
        &signals[0], [](uv_signal_t* s, int) { uv_stop(s->loop); }, SIGTERM);
    const auto reload = [&] {
      if (!take_what_was_handed_on(config)) return;
      spdlog::set_level(spdlog::level::from_str(config.log_level));
      shard.settings_changed();
    };
    std::function<void()> on_hang_up = [&] {
      reload();
      shard.reload_tls();
    };
    signals[1].data = &on_hang_up;
    uv_signal_start(
        &signals[1], [](uv_signal_t* s, int) { (*static_cast<std::function<void()>*>(s->data))(); }, SIGHUP);
    signals[2].data = &shard;
    uv_signal_start(
        &signals[2], [](uv_signal_t* s, int) { static_cast<Shard*>(s->data)->take_nobody_new(); }, SIGUSR1);
    reload();  // what came while it could not hear
    uv_run(&loop, UV_RUN_DEFAULT);
    // SIGTERM may come twice, and SIGHUP behind it: neither may end us in the middle of the farewells.
    for (auto& signal : signals) {
      uv_signal_start(
          &signal, [](uv_signal_t*, int) {}, signal.signum);
      uv_unref(reinterpret_cast<uv_handle_t*>(&signal));
    }
    shard.shut_down();
  }
  for (auto& signal : signals) uv_close(reinterpret_cast<uv_handle_t*>(&signal), nullptr);
  uv_run(&loop, UV_RUN_DEFAULT);
  if (const int status = uv_loop_close(&loop); status != 0)
    spdlog::debug("the loop still holds handles: {}", uv_strerror(status));
  return 0;
}

}  // namespace roundelay
