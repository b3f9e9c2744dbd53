// The process body of `roundelay librarian`.
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "server/base/start_failure.h"
#include "server/library/librarian.h"
#include "server/net/event_loop.h"
#include "server/net/make_uv.h"

namespace roundelay {
namespace {

constexpr int kLibrarianNice = 10;  // below everything that sounds

}  // namespace

int run_librarian(const Config& config) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGHUP, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of writing, as a full disk is
  umask(0077);                    // accounts and private songs are nobody else's
  setpriority(PRIO_PROCESS, 0, kLibrarianNice);
  if (sodium_init() < 0) throw StartFailure("libsodium cannot be initialised.");
  const EventLoop loop;
  const auto end = make_uv<uv_signal_t>(nullptr, [&](uv_signal_t* handle) { return uv_signal_init(loop.get(), handle); });
  if (!end) throw std::runtime_error("The event loop takes no signals.");
  const Librarian librarian(loop.get(), config, {"/proc/self/exe", "worker"});
  uv_signal_start(
      end.get(), [](uv_signal_t* handle, int) { uv_stop(handle->loop); }, SIGTERM);
  uv_run(loop.get(), UV_RUN_DEFAULT);
  spdlog::info("the librarian ends");
  return 0;
}

}  // namespace roundelay
