// The process body of `roundelay shard`.
#include <malloc.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <functional>
#include <stdexcept>

#include "server/base/live_settings.h"
#include "server/net/event_loop.h"
#include "server/net/make_uv.h"
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
  const auto segment = Segment::open(config.segment_name());
  if (!segment) throw std::runtime_error("the shared memory " + config.segment_name() + " cannot be opened");
  const EventLoop loop;
  // They outlive the shard. SIGTERM may come twice, and SIGHUP behind it: neither may end us in the middle of the farewells.
  const auto make_signal = [&] {
    return make_uv<uv_signal_t>(nullptr, [&](uv_signal_t* handle) { return uv_signal_init(loop.get(), handle); });
  };
  const auto end = make_signal(), hang_up = make_signal(), hand_over = make_signal();
  if (!end || !hang_up || !hand_over) throw std::runtime_error("the event loop takes no signals");
  Shard shard(loop.get(), config, *segment, index, doorstep);
  const auto reload = [&] {
    if (!take_what_was_handed_on(config)) return;
    spdlog::set_level(spdlog::level::from_str(config.log_level));
    shard.settings_changed();
  };
  std::function<void()> on_hang_up = [&] {
    reload();
    shard.reload_tls();
  };
  uv_signal_start(
      end.get(), [](uv_signal_t* handle, int) { uv_stop(handle->loop); }, SIGTERM);
  hang_up->data = &on_hang_up;
  uv_signal_start(
      hang_up.get(), [](uv_signal_t* handle, int) { (*static_cast<std::function<void()>*>(handle->data))(); }, SIGHUP);
  hand_over->data = &shard;
  uv_signal_start(
      hand_over.get(), [](uv_signal_t* handle, int) { static_cast<Shard*>(handle->data)->take_nobody_new(); }, SIGUSR1);
  reload();  // what came while it could not hear
  uv_run(loop.get(), UV_RUN_DEFAULT);
  for (uv_signal_t* handle : {end.get(), hang_up.get(), hand_over.get()}) {
    uv_signal_start(
        handle, [](uv_signal_t*, int) {}, handle->signum);
    uv_unref(reinterpret_cast<uv_handle_t*>(handle));
  }
  shard.shut_down();
  return 0;
}

}  // namespace roundelay
