#include "server/program/threads_check.h"

#include <pthread.h>
#include <seccomp.h>
#include <spdlog/spdlog.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>

namespace roundelay {
namespace {

// 0, or why none could be started.
int try_thread() {
  pthread_t thread{};
  const int error = pthread_create(
      &thread, nullptr, [](void*) -> void* { return nullptr; }, nullptr);
  if (error == 0) pthread_join(thread, nullptr);
  return error;
}

// From now on clone3 is not known here. Of two filters that refuse a call, the one that came last says how.
bool hide_clone3() {
  struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
  };
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_ALLOW));
  return filter && seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0) == 0 &&
         seccomp_load(filter.get()) == 0;
}

}  // namespace

void make_sure_of_threads() {
  int error = try_thread();
  if (error == EPERM && hide_clone3()) {
    spdlog::info("this system refuses clone3; clone is used instead");
    error = try_thread();
  }
  if (error == 0) return;
  throw std::runtime_error(std::string("the system lets this program start no threads (") + std::strerror(error) +
                           "); in a container, its limit of processes and its seccomp profile may be the reason");
}

}  // namespace roundelay
