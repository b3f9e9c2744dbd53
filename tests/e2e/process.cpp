#include "tests/e2e/process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <thread>

namespace roundelay::e2e {

bool wait_until(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    std::this_thread::sleep_for(5ms);
  }
  return true;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "roundelay-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string sanitizer_report(const std::string& log) {
  size_t begin = std::string::npos;
  for (const char* mark : {"ERROR: AddressSanitizer", "ERROR: LeakSanitizer", "WARNING: ThreadSanitizer", ": runtime error: "})
    begin = std::min(begin, log.find(mark));
  if (begin == std::string::npos) return {};
  const size_t line = log.rfind('\n', begin);
  return log.substr(line == std::string::npos ? 0 : line + 1);
}

Process::Process(const std::vector<std::string>& argv, const std::string& error_file) : error_file_(error_file) {
  int pipe_fds[2];
  if (pipe2(pipe_fds, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  std::vector<char*> arguments;
  for (const std::string& word : argv) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_ = fork();
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    dup2(pipe_fds[1], STDOUT_FILENO);
    if (!error_file.empty()) {
      const int fd = open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      dup2(fd, STDERR_FILENO);
    }
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  close(pipe_fds[1]);
  out_fd_ = pipe_fds[0];
  fcntl(out_fd_, F_SETFL, O_NONBLOCK);
}

Process::~Process() {
  if (!wait(0ms)) {
    signal(SIGKILL);
    (void)wait(5s);
  }
  close(out_fd_);
  if (error_file_.empty()) return;
  std::ifstream in(error_file_);
  const std::string report = sanitizer_report({std::istreambuf_iterator<char>(in), {}});
  if (report.empty()) return;
  std::fprintf(stderr, "%s\n", report.c_str());
  std::abort();
}

const std::string& Process::output() {
  char buffer[4096];
  for (ssize_t n; (n = read(out_fd_, buffer, sizeof buffer)) > 0;) output_.append(buffer, static_cast<size_t>(n));
  return output_;
}

void Process::signal(int number) const {
  kill(pid_, number);
}

std::optional<int> Process::wait(std::chrono::milliseconds limit) {
  (void)wait_until(
      [&] {
        output();  // a full pipe must not hold it up
        int status = 0;
        if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_)
          status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
        return status_.has_value();
      },
      limit);
  output();
  return status_;
}

std::vector<pid_t> children_of(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/task/" + std::to_string(pid) + "/children");
  std::vector<pid_t> children;
  for (pid_t child; in >> child;) children.push_back(child);
  return children;
}

long cpu_ticks(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/stat");
  std::string word;
  long sum = 0;
  for (int i = 1; i <= 15 && in >> word; ++i) {  // the 14th and 15th (proc(5)); the name has no space
    if (i >= 14) sum += std::stol(word);
  }
  return sum;
}

std::string command_line(pid_t pid) {
  std::ifstream in("/proc/" + std::to_string(pid) + "/cmdline");
  std::ostringstream text;
  text << in.rdbuf();
  std::string words = text.str();
  std::replace(words.begin(), words.end(), '\0', ' ');
  return words;
}

}  // namespace roundelay::e2e
