// Child processes for end-to-end tests: started with pipes, waited for with deadlines, ended by their pid.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace roundelay::e2e {

using namespace std::chrono_literals;

// Polls `condition` until it is true; false when it did not become so in time.
[[nodiscard]] bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds limit = 10s);

// A folder of its own under the system's temporary folder, removed at the end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

// What a sanitizer (address, undefined behaviour, leaks, threads) reports in a log, from its first line on; empty when nothing.
[[nodiscard]] std::string sanitizer_report(const std::string& log);

class Process {
 public:
  // Runs argv[0]; standard output is read by us, standard error goes to `error_file` (appended) or to ours.
  explicit Process(const std::vector<std::string>& argv, const std::string& error_file = {});
  // Kills it if it still runs. Ends the test loudly if a sanitizer's report stands in its `error_file`: it may be of a child that
  // was started again, whose end no test looked at.
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  [[nodiscard]] pid_t pid() const { return pid_; }
  // What it wrote so far; reads without blocking.
  const std::string& output();
  void signal(int number) const;
  // The exit status (128 + signal for a signal), or nullopt when it still runs after `limit`.
  std::optional<int> wait(std::chrono::milliseconds limit = 20s);

 private:
  pid_t pid_ = -1;
  int out_fd_ = -1;
  std::string error_file_;
  std::string output_;
  std::optional<int> status_;
};

// The direct children of a process.
[[nodiscard]] std::vector<pid_t> children_of(pid_t pid);
// CPU time that it has used so far, in clock ticks (sysconf); 0 when it is gone.
[[nodiscard]] long cpu_ticks(pid_t pid);
// Its command line, words joined by spaces; empty when it is gone.
[[nodiscard]] std::string command_line(pid_t pid);

}  // namespace roundelay::e2e
