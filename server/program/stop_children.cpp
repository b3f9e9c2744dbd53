#include "server/program/stop_children.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

#include "mixer/timeline.h"

namespace roundelay {
namespace {

using Children = std::vector<std::unique_ptr<ServerChild>>;

constexpr int64_t kShardsStopNs = 2'500'000'000;  // after this, the conductor is ended too

bool any_runs(const Children& children, bool shards_only) {
  return std::any_of(children.begin() + (shards_only ? 1 : 0), children.end(), [](const auto& each) { return each->running(); });
}

// False: one of them did not end as it was asked to.
bool reap(const Children& children) {
  bool clean = true;
  int status = 0;
  for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
    for (const auto& child : children) {
      if (child->pid() != pid) continue;
      child->gone();
      const bool as_wished = WIFEXITED(status) ? WEXITSTATUS(status) == 0 : WTERMSIG(status) == SIGTERM;
      if (as_wished) continue;
      clean = false;
      spdlog::error("{} {} {} while it stopped", child->name(), WIFEXITED(status) ? "ended with status" : "was ended by signal",
                    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    }
  }
  return clean;
}

}  // namespace

bool stop_children(const Children& children) {
  const auto ask = [](const ServerChild& child) {
    child.signal(SIGTERM);
    child.signal(SIGCONT);  // one that was stopped hears nothing else
  };
  // The shards first: what they say at their end is heard and stored.
  const int64_t begun_ns = monotonic_ns();
  for (size_t i = 1; i < children.size(); ++i) ask(*children[i]);
  bool conductor_asked = false;
  bool killed = false;
  bool clean = true;
  for (; any_runs(children, false); usleep(2'000)) {
    if (!reap(children)) clean = false;
    const int64_t waited_ns = monotonic_ns() - begun_ns;
    if (!conductor_asked && (!any_runs(children, true) || waited_ns > kShardsStopNs)) {
      conductor_asked = true;
      ask(*children.front());
    }
    if (waited_ns < kStopChildrenNs || killed) continue;
    killed = true;
    for (const auto& child : children) {
      if (!child->running()) continue;
      spdlog::warn("{} does not end; it is killed", child->name());
      child->signal(SIGKILL);
    }
  }
  return clean;
}

}  // namespace roundelay
