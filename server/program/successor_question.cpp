#include "server/program/successor_question.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/wire/link/envelope.h"

namespace roundelay {
namespace {

constexpr const char* kQuestion = "ROUNDELAY_WOULD_TAKE_OVER";

std::string what_must_fit(const Config& config) {
  return nlohmann::json{
      {"segment", kSegmentVersion}, {"link", link::kLinkVersion}, {"data", config.data_dir}, {"rooms", config.max_rooms}}
      .dump();
}

}  // namespace

tl::expected<SuccessorQuestion, std::string> SuccessorQuestion::ask(const ProgramStart& start, const Config& config,
                                                                    const sigset_t& mask, int64_t now_ns) {
  const std::string question = what_must_fit(config);
  const pid_t pid = fork();
  if (pid == 0) {
    sigprocmask(SIG_SETMASK, &mask, nullptr);
    setenv(kQuestion, question.c_str(), 1);
    (void)start.execute();
    _exit(127);
  }
  if (pid < 0) return tl::unexpected(std::string("no process could be started: ") + std::strerror(errno));
  return SuccessorQuestion(start.file, pid, now_ns);
}

void SuccessorQuestion::look(int64_t now_ns) {
  if (killed_ || now_ns - asked_ns_ < kAnswerWithinNs) return;
  killed_ = true;
  drop();
}

tl::expected<void, std::string> SuccessorQuestion::answer(int status) const {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return tl::unexpected("'" + file_ + (killed_ ? "' did not answer" : "' does not take over"));
}

void SuccessorQuestion::drop() const {
  kill(pid_, SIGKILL);
}

std::optional<int> answer_predecessor(const Config& config) {
  const char* question = std::getenv(kQuestion);
  if (question == nullptr) return std::nullopt;
  if (question == what_must_fit(config)) return 0;
  std::fprintf(
      stderr,
      "roundelay: songs cannot go on in this version or with this configuration (shared memory, links, data directory or "
      "max_rooms differ); end the server and start it again\n");
  return 1;
}

}  // namespace roundelay
