#include "server/program/supervisor.h"

#include <fcntl.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
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
#include "server/net/listen_socket.h"
#include "server/net/tls_files.h"

namespace roundelay {

namespace {

constexpr int64_t kMs = 1'000'000;
constexpr int64_t kFirstRestartNs = 50 * kMs;
constexpr int64_t kLastRestartNs = 2'000 * kMs;
constexpr int64_t kStableNs = 10'000 * kMs;      // who lived this long starts again at once
constexpr int64_t kStopNs = 4'000 * kMs;         // after this, children are killed
constexpr rlim_t kOtherDescriptors = 1'024;      // files, links, and HTTP connections beside the WebSockets
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
  const auto choose = [](const std::string& why) { return std::runtime_error(why + ". Choose another with --port or --host"); };
  // A server of another kind (or another Roundelay) that listens there would share the port silently: try without sharing first.
  if (config.port != 0) {
    const auto alone = bind_listen_socket(config.host, config.port, PortSharing::kAlone);
    if (!alone) throw choose(alone.error());
    const FileDescriptor probe(*alone);
    if (listen(probe.get(), 1) != 0) throw choose("port " + std::to_string(config.port) + ": " + std::strerror(errno));
  }
  const auto shared = bind_listen_socket(config.host, config.port, PortSharing::kShared);
  if (!shared) throw choose(shared.error());
  config.port = port_of(*shared);
  return *shared;
}

// Connections need descriptors: each shard inherits this limit.
void raise_descriptor_limit(const Config& config) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  const rlim_t needed = static_cast<rlim_t>(config.max_connections_per_shard) + kOtherDescriptors;
  if (files.rlim_max < needed) {
    spdlog::warn("only {} files may be open at once (ulimit -Hn): a shard takes fewer than max_connections_per_shard = {}",
                 files.rlim_max, config.max_connections_per_shard);
  }
  files.rlim_cur = std::min(files.rlim_max, needed);
  setrlimit(RLIMIT_NOFILE, &files);
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
  // False: one of them did not end by itself, or crashed on the way.
  bool stop_children();
  [[nodiscard]] timespec until_next_restart() const;

  Config config_;
  std::string json_;
  std::vector<Child> children_;
  std::optional<Segment> segment_;
  sigset_t old_mask_{};
  bool announced_ = false;
};

int Supervisor::run() {
  const bool tls = !config_.tls_certificate.empty();
  if (tls) {
    if (const auto good = check_tls_files({config_.tls_certificate, config_.tls_key}); !good)
      throw std::runtime_error(good.error());
  }
  raise_descriptor_limit(config_);
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
  for (const auto& entry : std::filesystem::directory_iterator(config_.uploads_dir())) std::filesystem::remove_all(entry.path());
  warn_of_small_shared_memory();
  const FileDescriptor port(reserve_port(config_));
  const SegmentSize size{static_cast<uint32_t>(config_.shards), static_cast<uint32_t>(config_.max_rooms),
                         SegmentSize{}.lane_blocks};
  auto segment = Segment::create(config_.segment_name(), size, Timeline::anchored_now());
  if (!segment) {
    const bool full = segment.error() == SegmentError::kFull;
    throw std::runtime_error("the shared memory " + config_.segment_name() + " cannot be made (" +
                             (full ? "/dev/shm is full" : "is /dev/shm there?") + ")");
  }
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
    if (number == SIGHUP && tls) {
      for (const Child& child : children_) {
        if (child.pid != 0 && child.arguments.back() != "conductor") kill(child.pid, SIGHUP);
      }
    } else {
      stopping = number == SIGTERM || number == SIGINT || number == SIGHUP;
    }
    int status = 0;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) on_exit(pid, status);
    for (Child& child : children_) {
      if (child.pid == 0 && monotonic_ns() >= child.restart_ns && !stopping) start(child);
    }
    if (!announced_) announce_when_ready();
  }
  const bool clean = stop_children();
  segment_.reset();
  Segment::remove(config_.segment_name());
  remove_sockets(config_);
  spdlog::info("stopped");
  return clean ? 0 : 1;
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
  std::printf("Roundelay is ready: %s://localhost:%d\n", config_.tls_certificate.empty() ? "http" : "https", config_.port);
  std::fflush(stdout);
}

bool Supervisor::stop_children() {
  for (const Child& child : children_) {
    if (child.pid != 0) kill(child.pid, SIGTERM);
  }
  const int64_t deadline = monotonic_ns() + kStopNs;
  bool killed = false;
  bool clean = true;
  while (std::any_of(children_.begin(), children_.end(), [](const Child& c) { return c.pid != 0; })) {
    int status = 0;
    const pid_t pid = waitpid(-1, &status, WNOHANG);
    for (Child& child : children_) {
      if (pid > 0 && child.pid == pid) child.pid = 0;
    }
    if (pid > 0 && WIFSIGNALED(status) && WTERMSIG(status) != SIGTERM) {
      clean = false;
      spdlog::error("process {} was ended by signal {} while it stopped", pid, WTERMSIG(status));
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
  return clean;
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
  static FileDescriptor lock(open_lock(children_lock_path(config)));
  if (lock.get() < 0 || flock(lock.get(), LOCK_SH) != 0)
    throw std::runtime_error("the data directory '" + config.data_dir + "' cannot be used any more");
}

}  // namespace roundelay
