#include "server/program/server_child.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "server/base/start_failure.h"

namespace roundelay {
namespace {

constexpr int64_t kNoForkNs = 2'000'000'000;  // until the next try when the system gives no process

std::string file_text(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// As in /proc/PID/stat: R runs or wants to, S sleeps, D waits for a disk, T was stopped.
char state_of(pid_t pid) {
  const std::string stat = file_text("/proc/" + std::to_string(pid) + "/stat");
  const size_t name_end = stat.rfind(')');  // the name may hold anything
  return name_end == std::string::npos || name_end + 2 >= stat.size() ? '?' : stat[name_end + 2];
}

// CPU time of its first thread; 0 where the kernel does not tell.
int64_t run_ns_of(pid_t pid) {
  return std::strtoll(file_text("/proc/" + std::to_string(pid) + "/schedstat").c_str(), nullptr, 10);
}

}  // namespace

ServerChild::ServerChild(std::string name, std::vector<std::string> arguments, Row row, HeartbeatWatch::Limits limits,
                         int inherits)
    : name_(std::move(name)), arguments_(std::move(arguments)), row_(row), watch_(limits), inherits_(inherits) {}

void ServerChild::start_if_due(const std::string& config_json, const sigset_t& mask, int64_t now_ns) {
  if (running() || now_ns < restart_ns_) return;
  if (!say_at_restart_.empty()) spdlog::warn("{}", say_at_restart_);
  say_at_restart_.clear();
  std::vector<char*> argv;
  for (std::string& argument : arguments_) argv.push_back(argument.data());
  argv.push_back(nullptr);
  killed_ = false;
  started_ns_ = now_ns;
  watch_.begin(row_.heartbeat_ns.load(), now_ns);
  report_.emplace();
  const pid_t pid = fork();
  if (pid == 0) {
    ::signal(SIGHUP, SIG_IGN);  // until it can hear of a new configuration, which it looks for then
    ::signal(SIGINT, SIG_IGN);  // Ctrl-C comes to all; the supervisor alone says when to end. It was blocked until here.
    sigprocmask(SIG_SETMASK, &mask, nullptr);
    setenv("ROUNDELAY_CONFIG", config_json.c_str(), 1);
    report_->hand_to_child();
    if (inherits_ >= 0) fcntl(inherits_, F_SETFD, 0);
    execv("/proc/self/exe", argv.data());
    _exit(127);
  }
  if (pid < 0) {
    spdlog::error("no new process could be started: {}", std::strerror(errno));
    restart_ns_ = now_ns + kNoForkNs;
    return;
  }
  report_->forget_childs_end();
  pid_ = pid;
}

void ServerChild::adopt(pid_t pid, int64_t now_ns) {
  pid_ = pid;
  started_ns_ = now_ns;
  watch_.begin(row_.heartbeat_ns.load(), now_ns);
}

std::optional<std::string> ServerChild::ended(int status, bool server_was_ready, int64_t now_ns) {
  const std::string sentence = report_ ? report_->take() : std::string();
  const bool by_signal = WIFSIGNALED(status);
  const std::string how = killed_     ? "stood still and was ended"
                          : by_signal ? "was ended by signal " + std::to_string(WTERMSIG(status))
                                      : "ended with status " + std::to_string(WEXITSTATUS(status));
  gone();
  const RestartPolicy::Ended end{.came_up = watch_.came_up(),
                                 .for_good = !by_signal && WEXITSTATUS(status) == kCannotStartStatus,
                                 .lived_ns = now_ns - started_ns_};
  const auto delay_ns = policy_.ended(end, server_was_ready, now_ns);
  if (!delay_ns) return name_ + " cannot start: " + (sentence.empty() ? "it " + how + " again and again." : sentence);
  if (std::exchange(replaced_, false)) {
    restart_ns_ = now_ns;
    return std::nullopt;
  }
  restart_ns_ = now_ns + *delay_ns;
  // Who ends without a fault was asked to, perhaps with us: then it is not started again, and nothing is to be said.
  say_at_restart_ = name_ + " " + how + "; it is started again";
  if (by_signal || WEXITSTATUS(status) != 0) spdlog::warn("{}", std::exchange(say_at_restart_, {}));
  return std::nullopt;
}

bool ServerChild::held_up() {
  const char state = state_of(pid_);
  const int64_t run_ns = run_ns_of(pid_);
  const bool starved = state == 'R' && run_ns != 0 && run_ns == run_ns_;
  run_ns_ = run_ns;
  return state == 'D' || starved;
}

void ServerChild::look(int64_t now_ns) {
  if (!running() || killed_) return;
  const int64_t beat = row_.heartbeat_ns.load();
  const bool stands = beat == seen_beat_;
  seen_beat_ = beat;
  if (!watch_.look(beat, stands && held_up(), now_ns)) return;
  spdlog::error("{} {}; it is ended", name_,
                watch_.came_up() ? "stands still: its loop has not turned for too long" : "has not begun its work in time");
  killed_ = true;
  signal(SIGKILL);
}

void ServerChild::signal(int number) const {
  if (running()) kill(pid_, number);
}

bool ServerChild::hears(int number) const {
  const std::string status = file_text("/proc/" + std::to_string(pid_) + "/status");
  const size_t at = status.find("\nSigCgt:");
  if (!running() || at == std::string::npos) return false;
  return (std::strtoull(status.c_str() + at + 8, nullptr, 16) >> (number - 1) & 1) != 0;
}

void ServerChild::gone() {
  pid_ = 0;
  row_.pid.store(0);
}

}  // namespace roundelay
