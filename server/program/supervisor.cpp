#include "server/program/supervisor.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "mixer/file_descriptor.h"
#include "mixer/segment.h"

namespace roundelay {

namespace {

constexpr int64_t kMs = 1'000'000;
constexpr int64_t kFirstRestartNs = 50 * kMs;
constexpr int64_t kLastRestartNs = 2'000 * kMs;
constexpr int64_t kStableNs = 10'000 * kMs;      // who lived this long starts again at once
constexpr int64_t kStopNs = 4'000 * kMs;         // after this, children are killed
constexpr int64_t kOldChildrenNs = 5'000 * kMs;  // how long the children of a killed predecessor may take to go

std::string lock_path(const Config& config) {
  return config.data_dir + "/lock";
}
std::string children_lock_path(const Config& config) {
  return config.data_dir + "/children.lock";
}

int open_lock(const std::string& path) {
  return open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

void wait_for_old_children(const Config& config) {
  const FileDescriptor lock(open_lock(children_lock_path(config)));
  const int64_t deadline = monotonic_ns() + kOldChildrenNs;
  while (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (monotonic_ns() > deadline)
      throw std::runtime_error("processes of an earlier server still use '" + config.data_dir + "'; end them and start again");
    usleep(20'000);
  }
}

// Binds the port without listening, so that it stays ours while shards come and go; resolves port 0.
int reserve_port(Config& config) {
  addrinfo hints{};
  hints.ai_flags = AI_PASSIVE | AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(config.host.c_str(), std::to_string(config.port).c_str(), &hints, &found) != 0)
    throw std::runtime_error("'" + config.host + "' is not an address to listen on; use a numeric one such as 0.0.0.0");
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> guard(found, freeaddrinfo);
  const std::string busy = "port " + std::to_string(config.port) + " cannot be used: ";
  // A server of another kind (or another Roundelay) that listens there would share the port silently: try without sharing first.
  if (config.port != 0) {
    const FileDescriptor probe(socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int one = 1;
    setsockopt(probe.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(probe.get(), found->ai_addr, found->ai_addrlen) != 0 || listen(probe.get(), 1) != 0)
      throw std::runtime_error(busy + std::strerror(errno) + ". Choose another with --port");
  }
  const int fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int one = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (bind(fd, found->ai_addr, found->ai_addrlen) != 0) {
    const std::string why = std::strerror(errno);
    close(fd);
    throw std::runtime_error(busy + why + ". Choose another with --port");
  }
  sockaddr_storage bound{};
  socklen_t length = sizeof bound;
  getsockname(fd, reinterpret_cast<sockaddr*>(&bound), &length);
  config.port = ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                                  : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
  return fd;
}

void remove_sockets(const Config& config) {
  unlink(config.control_socket().c_str());
  for (int i = 0; i < kMaxShards; ++i) unlink(config.wake_socket(i).c_str());
}

void warn_of_small_shared_memory() {
  struct statvfs info {};
  if (statvfs("/dev/shm", &info) != 0) return;
  const uint64_t free_bytes = uint64_t{info.f_bavail} * info.f_frsize;
  if (free_bytes < 256'000'000)
    spdlog::warn("only {} MB of shared memory (/dev/shm) are free; a room takes about 2 MB per shard while it sings",
                 free_bytes / 1'000'000);
}

struct Child {
  std::vector<std::string> arguments;
  pid_t pid = 0;
  int64_t started_ns = 0;
  int64_t restart_ns = 0;  // when to start it again; 0: it runs
  int64_t delay_ns = kFirstRestartNs;
};

class Supervisor {
 public:
  explicit Supervisor(Config config) : config_(std::move(config)) {}
  int run();

 private:
  void start(Child& child);
  void on_exit(pid_t pid, int status);
  void announce_when_ready();
  void stop_children();
  [[nodiscard]] timespec until_next_restart() const;

  Config config_;
  std::string json_;
  std::vector<Child> children_;
  std::optional<Segment> segment_;
  sigset_t old_mask_{};
  bool announced_ = false;
};

int Supervisor::run() {
  std::filesystem::create_directories(config_.data_dir);
  std::filesystem::create_directories(config_.tracks_dir());
  std::filesystem::create_directories(config_.uploads_dir());
  std::filesystem::create_directories(std::filesystem::path(config_.control_socket()).parent_path());
  const FileDescriptor lock(open_lock(lock_path(config_)));
  if (lock.get() < 0) throw std::runtime_error("the data directory '" + config_.data_dir + "' cannot be written");
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0)
    throw std::runtime_error("another server uses the data directory '" + config_.data_dir + "'; name another one with --data");
  wait_for_old_children(config_);

  // Whatever a predecessor that was killed left behind is ours to remove, because we hold its locks.
  if (Segment::remove(config_.segment_name())) spdlog::info("removed the shared memory of a server that was killed");
  remove_sockets(config_);
  warn_of_small_shared_memory();
  const FileDescriptor port(reserve_port(config_));
  const SegmentSize size{static_cast<uint32_t>(config_.shards), static_cast<uint32_t>(config_.max_rooms),
                         SegmentSize{}.lane_blocks};
  auto segment = Segment::create(config_.segment_name(), size, Timeline::anchored_now());
  if (!segment) throw std::runtime_error("the shared memory " + config_.segment_name() + " cannot be made (is /dev/shm there?)");
  segment_.emplace(std::move(*segment));
  json_ = to_json(config_).dump();

  sigset_t mask;
  sigemptyset(&mask);
  for (const int number : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) sigaddset(&mask, number);
  sigprocmask(SIG_BLOCK, &mask, &old_mask_);

  children_.push_back({.arguments = {"roundelay", "conductor"}});
  for (int i = 0; i < config_.shards; ++i)
    children_.push_back({.arguments = {"roundelay", "shard", "--index", std::to_string(i)}});
  for (Child& child : children_) start(child);

  for (bool stopping = false; !stopping;) {
    const timespec wait = until_next_restart();
    const int number = sigtimedwait(&mask, nullptr, &wait);
    stopping = number == SIGTERM || number == SIGINT || number == SIGHUP;
    int status = 0;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) on_exit(pid, status);
    for (Child& child : children_) {
      if (child.pid == 0 && monotonic_ns() >= child.restart_ns && !stopping) start(child);
    }
    if (!announced_) announce_when_ready();
  }
  stop_children();
  segment_.reset();
  Segment::remove(config_.segment_name());
  remove_sockets(config_);
  spdlog::info("stopped");
  return 0;
}

void Supervisor::start(Child& child) {
  std::vector<char*> argv;
  for (std::string& argument : child.arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  child.started_ns = monotonic_ns();
  child.restart_ns = 0;
  const pid_t pid = fork();
  if (pid == 0) {
    sigprocmask(SIG_SETMASK, &old_mask_, nullptr);
    setenv("ROUNDELAY_CONFIG", json_.c_str(), 1);
    execv("/proc/self/exe", argv.data());
    _exit(127);
  }
  if (pid < 0) {
    spdlog::error("no new process could be started: {}", std::strerror(errno));
    child.restart_ns = monotonic_ns() + kLastRestartNs;
    return;
  }
  child.pid = pid;
}

void Supervisor::on_exit(pid_t pid, int status) {
  const auto child = std::find_if(children_.begin(), children_.end(), [&](const Child& c) { return c.pid == pid; });
  if (child == children_.end()) return;
  const std::string name = child->arguments.back() == "conductor" ? "the conductor" : "shard " + child->arguments.back();
  const std::string how = WIFSIGNALED(status) ? "was ended by signal " + std::to_string(WTERMSIG(status))
                                              : "ended with status " + std::to_string(WEXITSTATUS(status));
  const int64_t now = monotonic_ns();
  child->delay_ns = now - child->started_ns > kStableNs ? kFirstRestartNs : std::min(child->delay_ns * 2, kLastRestartNs);
  child->pid = 0;
  child->restart_ns = now + child->delay_ns;
  spdlog::warn("{} {}; it is started again", name, how);
}

timespec Supervisor::until_next_restart() const {
  int64_t wait_ns = announced_ ? 1'000 * kMs : 20 * kMs;
  for (const Child& child : children_) {
    if (child.pid == 0) wait_ns = std::min(wait_ns, std::max<int64_t>(child.restart_ns - monotonic_ns(), kMs));
  }
  return {wait_ns / 1'000'000'000, wait_ns % 1'000'000'000};
}

void Supervisor::announce_when_ready() {
  for (int i = 0; i < config_.shards; ++i) {
    if (segment_->shard(i).linked.load() == 0) return;
  }
  announced_ = true;
  std::printf("Roundelay is ready: http://localhost:%d\n", config_.port);
  std::fflush(stdout);
}

void Supervisor::stop_children() {
  for (const Child& child : children_) {
    if (child.pid != 0) kill(child.pid, SIGTERM);
  }
  const int64_t deadline = monotonic_ns() + kStopNs;
  bool killed = false;
  while (std::any_of(children_.begin(), children_.end(), [](const Child& c) { return c.pid != 0; })) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, WNOHANG);
    for (Child& child : children_) {
      if (pid > 0 && child.pid == pid) child.pid = 0;
    }
    if (pid > 0) continue;
    if (monotonic_ns() > deadline && !killed) {
      killed = true;
      for (const Child& child : children_) {
        if (child.pid != 0) {
          spdlog::warn("process {} does not end; it is killed", child.pid);
          kill(child.pid, SIGKILL);
        }
      }
    }
    usleep(5'000);
  }
}

}  // namespace

int run_supervisor(Config config) {
  if (config.shards == 0)
    config.shards = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, unsigned{kMaxShards}));
  return Supervisor(std::move(config)).run();
}

void become_child(const Config& config) {
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) raise(SIGTERM);  // it died before we could ask
  static const FileDescriptor lock(open_lock(children_lock_path(config)));
  if (lock.get() < 0 || flock(lock.get(), LOCK_SH) != 0)
    throw std::runtime_error("the data directory '" + config.data_dir + "' cannot be used any more");
}

}  // namespace roundelay
