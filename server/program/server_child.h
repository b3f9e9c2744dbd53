// One of the supervisor's children: a process that is started again and again, watched by its heartbeat in shared memory. Used by
// the supervisor alone.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/program/heartbeat_watch.h"
#include "server/program/restart_policy.h"
#include "server/program/start_report.h"

namespace roundelay {

class ServerChild {
 public:
  // Where it writes in shared memory.
  struct Row {
    std::atomic<int64_t>& pid;
    const std::atomic<int64_t>& heartbeat_ns;
  };
  // `name` for people, `arguments` of the program; `inherits`: a descriptor that it gets, -1 for none.
  ServerChild(std::string name, std::vector<std::string> arguments, Row row, HeartbeatWatch::Limits limits, int inherits = -1);

  // Starts it, with that configuration and signal mask. Does nothing while it runs or its next start is not due.
  void start_if_due(const std::string& config_json, const sigset_t& mask, int64_t now_ns);
  // When it does not run: not before this, whatever was found when it ended.
  void start_at(int64_t ns) { restart_ns_ = ns; }
  // It runs already: an earlier supervisor started it.
  void adopt(pid_t pid, int64_t now_ns);
  // It has ended with this status of waitpid(). What is said is why it is given up; nothing if it will be started again.
  [[nodiscard]] std::optional<std::string> ended(int status, bool server_was_ready, int64_t now_ns);
  // The next time it ends, that is by our wish.
  void replace() { replaced_ = true; }
  // Ends it (SIGKILL) if its heartbeat has stood for too long.
  void look(int64_t now_ns);
  void signal(int number) const;
  // Whether it has a handler for this signal: an earlier version of the program may have none.
  [[nodiscard]] bool hears(int number) const;
  void gone();  // ended while the server stops

  [[nodiscard]] pid_t pid() const { return pid_; }  // 0: it does not run
  [[nodiscard]] bool running() const { return pid_ != 0; }
  [[nodiscard]] bool well() const { return running() && !killed_ && watch_.came_up(); }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] int64_t restart_ns() const { return restart_ns_; }  // when the next start is due

 private:
  [[nodiscard]] bool held_up();

  std::string name_;
  std::vector<std::string> arguments_;
  Row row_;
  HeartbeatWatch watch_;
  int inherits_;
  RestartPolicy policy_;
  std::optional<StartReport> report_;
  pid_t pid_ = 0;
  int64_t started_ns_ = 0;
  int64_t restart_ns_ = 0;
  int64_t seen_beat_ = 0;
  int64_t run_ns_ = 0;  // CPU time that it had when it was looked at last
  bool killed_ = false;
  bool replaced_ = false;
  std::string say_at_restart_;  // a line of the log
};

}  // namespace roundelay
