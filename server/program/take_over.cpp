#include "server/program/take_over.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "mixer/segment.h"
#include "server/wire/control/fields.h"
#include "server/wire/link/envelope.h"

namespace roundelay {
namespace {

constexpr const char* kQuestion = "ROUNDELAY_WOULD_TAKE_OVER";
constexpr const char* kLegacy = "ROUNDELAY_LEGACY";
constexpr int64_t kAnswerWithinNs = 5'000'000'000;

std::string what_must_fit(const Config& config) {
  return nlohmann::json{
      {"segment", kSegmentVersion}, {"link", link::kLinkVersion}, {"data", config.data_dir}, {"rooms", config.max_rooms}}
      .dump();
}

std::vector<char*> pointers_to(std::vector<std::string>& arguments) {
  std::vector<char*> out;
  for (std::string& argument : arguments) out.push_back(argument.data());
  out.push_back(nullptr);
  return out;
}

void let_inherit(int descriptor, bool inherit) {
  fcntl(descriptor, F_SETFD, inherit ? 0 : FD_CLOEXEC);
}

}  // namespace

ProgramStart ProgramStart::of_this_process() {
  ProgramStart start;
  start.file = std::filesystem::read_symlink("/proc/self/exe");
  std::ifstream in("/proc/self/cmdline", std::ios::binary);
  for (std::string argument; std::getline(in, argument, '\0');) start.arguments.push_back(argument);
  return start;
}

tl::expected<void, std::string> ask_successor(const ProgramStart& start, const Config& config) {
  std::vector<std::string> arguments = start.arguments;
  const auto argv = pointers_to(arguments);
  const std::string question = what_must_fit(config);
  const pid_t pid = fork();
  if (pid == 0) {
    setenv(kQuestion, question.c_str(), 1);
    execv(start.file.c_str(), argv.data());
    _exit(127);
  }
  if (pid < 0) return tl::unexpected(std::string("no process could be started: ") + std::strerror(errno));
  const int64_t deadline_ns = monotonic_ns() + kAnswerWithinNs;
  int status = 0;
  for (; waitpid(pid, &status, WNOHANG) == 0; usleep(5'000)) {
    if (monotonic_ns() < deadline_ns) continue;
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return tl::unexpected("'" + start.file + "' did not answer");
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return tl::unexpected("'" + start.file + "' does not take over");
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

std::string become_successor(const ProgramStart& start, const Legacy& legacy) {
  const nlohmann::json left{
      {"lock", legacy.lock}, {"port", legacy.port}, {"port_number", legacy.port_number}, {"children", legacy.children}};
  setenv(kLegacy, left.dump().c_str(), 1);
  for (const int descriptor : {legacy.lock, legacy.port}) let_inherit(descriptor, true);
  std::vector<std::string> arguments = start.arguments;
  execv(start.file.c_str(), pointers_to(arguments).data());
  const std::string why = std::strerror(errno);
  for (const int descriptor : {legacy.lock, legacy.port}) let_inherit(descriptor, false);
  unsetenv(kLegacy);
  return why;
}

std::optional<Legacy> take_legacy() {
  const char* text = std::getenv(kLegacy);
  if (text == nullptr) return std::nullopt;
  const auto left = nlohmann::json::parse(text, nullptr, false);
  unsetenv(kLegacy);
  if (left.is_discarded()) return std::nullopt;
  Legacy legacy;
  legacy.lock = static_cast<int>(integer_field(left, "lock", 0, INT32_MAX).value);
  legacy.port = static_cast<int>(integer_field(left, "port", 0, INT32_MAX).value);
  legacy.port_number = static_cast<int>(integer_field(left, "port_number", 1, 65'535).value);
  legacy.children = left.value("children", std::vector<pid_t>{});
  for (const int descriptor : {legacy.lock, legacy.port}) let_inherit(descriptor, false);
  return legacy;
}

}  // namespace roundelay
