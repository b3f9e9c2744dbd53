// Before a supervisor becomes another program (take_over.h), it asks it: the program is started once more, only to say whether it
// understands our shared memory and our links, and takes its configuration. Nobody waits for the answer: the supervisor's loop
// hears of it by waitpid(), as of its children. Used by the supervisor alone.
#pragma once

#include <signal.h>
#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "server/base/config.h"
#include "server/program/take_over.h"

namespace roundelay {

class SuccessorQuestion {
 public:
  static constexpr int64_t kAnswerWithinNs = 5'000'000'000;  // then it is killed

  // Starts the program, with that signal mask. The error is a sentence.
  [[nodiscard]] static tl::expected<SuccessorQuestion, std::string> ask(const ProgramStart& start, const Config& config,
                                                                        const sigset_t& mask, int64_t now_ns);
  [[nodiscard]] pid_t pid() const { return pid_; }
  // Ends it if it does not answer in time.
  void look(int64_t now_ns);
  // It has ended with this status of waitpid(): whether it takes over; the error is a sentence.
  [[nodiscard]] tl::expected<void, std::string> answer(int status) const;
  // Nobody wants to know any more.
  void drop() const;

 private:
  SuccessorQuestion(std::string file, pid_t pid, int64_t asked_ns) : file_(std::move(file)), pid_(pid), asked_ns_(asked_ns) {}

  std::string file_;
  pid_t pid_;
  int64_t asked_ns_;
  bool killed_ = false;
};

// In the program that was asked: the exit status, and why not on stderr. Nothing if this process was not started for that.
[[nodiscard]] std::optional<int> answer_predecessor(const Config& config);

}  // namespace roundelay
