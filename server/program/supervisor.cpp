#include "server/program/supervisor.h"

#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "mixer/file_descriptor.h"
#include "mixer/segment.h"
#include "mixer/strain.h"
#include "server/base/library_paths.h"
#include "server/base/live_settings.h"
#include "server/base/settings.h"
#include "server/base/version.h"
#include "server/net/process_beat.h"
#include "server/program/data_lock.h"
#include "server/program/doorstep.h"
#include "server/program/replacement.h"
#include "server/program/server_child.h"
#include "server/program/service_notice.h"
#include "server/program/service_watch.h"
#include "server/program/start_checks.h"
#include "server/program/stop_children.h"
#include "server/program/successor_question.h"
#include "server/program/take_over.h"
#include "server/program/threads_check.h"

namespace roundelay {

namespace {

constexpr int64_t kMs = 1'000'000;
constexpr int64_t kLookNs = 100 * kMs;  // how often heartbeats are looked at
constexpr int kSignals[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP, SIGUSR2};
constexpr HeartbeatWatch::Limits kOfShard{.standing_ns = 2'000 * kMs, .starting_ns = 30'000 * kMs};
constexpr HeartbeatWatch::Limits kOfConductor{.standing_ns = 5'000 * kMs - 2 * kLookNs, .starting_ns = 60'000 * kMs};
constexpr HeartbeatWatch::Limits kOfLibrarian = kOfConductor;
constexpr int64_t kTryLibraryNs = 60'000 * kMs;  // one that cannot start

void remove_sockets(const Config& config) {
  unlink(config.control_socket().c_str());
  unlink(library_socket(config).c_str());
  for (int i = 0; i < kMaxShards; ++i) unlink(config.wake_socket(i).c_str());
  forget_what_was_handed_on(config);
}

class Supervisor {
 public:
  Supervisor(Config config, ReadConfig read)
      : as_read_(config), config_(std::move(config)), read_(std::move(read)), start_(ProgramStart::of_this_process()) {}
  int run();

 private:
  void begin();
  // From an earlier supervisor, whose process this is.
  void begin_with(const Legacy& legacy);
  void adopt_children(const Legacy& legacy);
  void make_segment();
  void make_children();
  void block_signals();
  // Songs go on; true: nobody waits for their end.
  [[nodiscard]] bool drain();
  [[nodiscard]] bool drained() const;
  [[nodiscard]] bool may_become_successor() const;
  void ask_successor();
  // The program that was asked has ended with this status. Does not return where it takes over.
  void hear_successor(int status);
  void reload();
  void replace_children();
  void send_newcomers_to_the_replaced();
  [[nodiscard]] bool works(size_t child) const;
  // With the librarian.
  [[nodiscard]] std::vector<ServerChild*> everybody() const;
  // Songs go on without it: that it cannot start ends nobody, and is not for ever.
  void librarian_ended(int status);
  void look_at_librarian();
  // Until somebody wants the end, or a child was given up: then with its sentence.
  [[nodiscard]] std::optional<std::string> watch();
  void announce_when_ready();
  void tell_service_manager();
  [[nodiscard]] std::string children_away() const;
  [[nodiscard]] timespec until_next_look() const;

  Config as_read_;  // without what was decided at the start
  Config config_;
  ReadConfig read_;  // none: it cannot be read anew
  ServiceNotice manager_ = ServiceNotice::from_environment();
  ServiceWatch manager_watch_{manager_.watchdog_ns()};
  ProgramStart start_;
  std::string json_;
  std::optional<DataLock> lock_;
  std::optional<FileDescriptor> port_;
  std::optional<Doorstep> doorstep_;
  std::optional<Segment> segment_;
  std::vector<std::unique_ptr<ServerChild>> children_;  // the conductor first
  std::optional<ProcessBeat> library_beat_;
  std::unique_ptr<ServerChild> librarian_;
  bool library_fails_ = false;  // it could not be started, time and again
  sigset_t signals_{};
  sigset_t old_mask_{};
  std::optional<SuccessorQuestion> question_;  // that has no answer yet
  std::optional<Replacement> replacement_;
  int64_t drain_until_ns_ = 0;  // 0: it does not end
  bool announced_ = false;
  bool reload_wanted_ = false;
};

void Supervisor::make_segment() {
  // Whatever a predecessor that was killed left behind is ours to remove, because we hold its locks.
  if (Segment::remove(config_.segment_name())) spdlog::info("removed the shared memory of a server that was killed");
  warn_of_small_shared_memory();
  const SegmentSize size{static_cast<uint32_t>(config_.shards), static_cast<uint32_t>(config_.max_rooms),
                         SegmentSize{}.lane_blocks};
  auto segment = Segment::create(config_.segment_name(), size, Timeline::anchored_now());
  if (!segment) {
    const bool full = segment.error() == SegmentError::kFull;
    throw std::runtime_error("the shared memory " + config_.segment_name() + " cannot be made (" +
                             (full ? "/dev/shm is full" : "is /dev/shm there?") + ")");
  }
  segment_.emplace(std::move(*segment));
}

void Supervisor::make_children() {
  ConductorRow& conductor = segment_->conductor();
  const std::string doorstep = std::to_string(doorstep_.emplace(port_->get()).descriptor());
  children_.push_back(std::make_unique<ServerChild>("the conductor", std::vector<std::string>{"roundelay", "conductor"},
                                                    ServerChild::Row{conductor.pid, conductor.heartbeat_ns}, kOfConductor));
  for (int i = 0; i < config_.shards; ++i) {
    ShardRow& row = segment_->shard(i);
    const std::string index = std::to_string(i);
    children_.push_back(std::make_unique<ServerChild>(
        "shard " + index, std::vector<std::string>{"roundelay", "shard", "--index", index, "--doorstep", doorstep},
        ServerChild::Row{row.pid, row.heartbeat_ns}, kOfShard, doorstep_->descriptor()));
  }
  ProcessBeat::Row& librarian = library_beat_.emplace(library_beat(config_)).row();
  librarian_ = std::make_unique<ServerChild>("the librarian", std::vector<std::string>{"roundelay", "librarian"},
                                             ServerChild::Row{librarian.pid, librarian.heartbeat_ns}, kOfLibrarian);
}

int Supervisor::run() {
  if (const auto errors = errors_of_named_files(config_); !errors.empty()) throw std::runtime_error(joined(errors));
  // From here on, nothing of the configuration ends it any more.
  if (const auto answered = answer_predecessor(config_)) return *answered;
  warn_of_theme(config_);
  make_sure_of_threads();
  raise_descriptor_limit(config_);
  if (!config_.core_dumps) forbid_core_dumps();
  const auto legacy = take_legacy();
  if (!legacy) throw std::runtime_error(legacy.error());
  block_signals();
  if (*legacy) {
    begin_with(**legacy);
  } else {
    begin();
  }
  json_ = to_json(config_).dump();
  make_children();
  if (*legacy) adopt_children(**legacy);
  const std::optional<std::string> given_up = watch();
  if (question_) question_->drop();
  doorstep_->close();
  manager_.tell("STOPPING=1\nSTATUS=Ending.");
  children_.push_back(std::move(librarian_));  // with the shards
  const bool clean = stop_children(children_);
  children_.clear();
  segment_.reset();
  Segment::remove(config_.segment_name());
  remove_sockets(config_);
  if (given_up) throw std::runtime_error(*given_up);
  spdlog::info("stopped");
  return clean ? 0 : 1;
}

void Supervisor::begin() {
  make_data_directories(config_);
  lock_.emplace(config_);
  remove_sockets(config_);
  for (const auto& entry : std::filesystem::directory_iterator(config_.uploads_dir())) std::filesystem::remove_all(entry.path());
  port_.emplace(reserve_port(config_));
  make_segment();
}

void Supervisor::begin_with(const Legacy& legacy) {
  lock_.emplace(legacy.lock);
  forget_what_was_handed_on(config_);
  port_.emplace(legacy.port);
  auto segment = Segment::open(config_.segment_name());
  if (!segment) throw std::runtime_error("the shared memory " + config_.segment_name() + " cannot be used any more");
  segment_.emplace(std::move(*segment));
  config_.port = legacy.port_number;
  config_.shards = static_cast<int>(segment_->size().max_shards);
}

void Supervisor::adopt_children(const Legacy& legacy) {
  for (size_t i = 0; i < children_.size() && i < legacy.children.size(); ++i) {
    if (legacy.children[i] != 0) children_[i]->adopt(legacy.children[i], monotonic_ns());
  }
  if (legacy.children.size() > children_.size() && legacy.children.back() != 0) {
    librarian_->adopt(legacy.children.back(), monotonic_ns());
    librarian_->replace();  // at once: nobody sings to it
    librarian_->signal(SIGTERM);
    librarian_->signal(SIGCONT);
  }
  announced_ = true;
  manager_watch_.begin(monotonic_ns());
  replacement_.emplace(children_.size());
  spdlog::info("version {} takes over; conductor and shards are replaced one by one", kVersion);
}

void Supervisor::block_signals() {
  sigemptyset(&signals_);
  for (const int number : kSignals) sigaddset(&signals_, number);
  sigprocmask(SIG_BLOCK, &signals_, &old_mask_);
  // A predecessor blocked them too, and children must not.
  for (const int number : kSignals) sigdelset(&old_mask_, number);
}

bool Supervisor::drain() {
  if (config_.drain_s == 0 || drain_until_ns_ != 0 || !announced_) return true;
  drain_until_ns_ = monotonic_ns() + config_.drain_s * 1'000 * kMs;
  segment_->conductor().drain_until_ns.store(drain_until_ns_);
  manager_.tell("STOPPING=1\nSTATUS=Songs go on to their end.\nEXTEND_TIMEOUT_USEC=" +
                std::to_string((config_.drain_s * 1'000 * kMs + 2 * kStopChildrenNs) / 1'000));
  spdlog::info("no song begins any more; the server ends when those that are on are over, in {} s at the latest",
               config_.drain_s);
  return false;
}

bool Supervisor::drained() const {
  return drain_until_ns_ != 0 && (segment_->conductor().drained.load() != 0 || monotonic_ns() >= drain_until_ns_);
}

bool Supervisor::may_become_successor() const {
  const bool may = drain_until_ns_ == 0 && announced_ && !replacement_;
  if (!may) spdlog::warn("the server is just starting, ending or being replaced: the program stays as it is");
  return may;
}

void Supervisor::ask_successor() {
  if (question_ || !may_become_successor()) return;
  auto asked = SuccessorQuestion::ask(start_, config_, old_mask_, monotonic_ns());
  if (!asked) return spdlog::error("{}; everything stays as it is", asked.error());
  question_ = *std::move(asked);
}

void Supervisor::hear_successor(int status) {
  const auto can = question_->answer(status);
  question_.reset();
  if (!can) return spdlog::error("{}; everything stays as it is", can.error());
  if (!may_become_successor()) return;
  Legacy legacy{.lock = lock_->descriptor(), .port = port_->get(), .port_number = config_.port, .children = {}};
  for (const auto& child : children_) legacy.children.push_back(child->pid());
  legacy.children.push_back(librarian_->pid());
  manager_.hand_on();
  spdlog::error("'{}' cannot be executed: {}; everything stays as it is", start_.file, become_successor(start_, legacy));
  manager_.take_back();
}

bool Supervisor::works(size_t child) const {
  const int64_t pid = child == 0 ? segment_->conductor().pid.load() : segment_->shard(static_cast<int>(child) - 1).pid.load();
  if (pid != children_[child]->pid()) return false;
  for (int i = 0; i < config_.shards; ++i) {
    if (segment_->shard(i).linked.load() == 0) return false;
  }
  return true;
}

std::vector<ServerChild*> Supervisor::everybody() const {
  std::vector<ServerChild*> out;
  for (const auto& child : children_) out.push_back(child.get());
  out.push_back(librarian_.get());
  return out;
}

void Supervisor::librarian_ended(int status) {
  const int64_t now_ns = monotonic_ns();
  const auto given_up = librarian_->ended(status, false, now_ns);
  if (!given_up) return;
  librarian_->start_at(now_ns + kTryLibraryNs);
  if (std::exchange(library_fails_, true)) return;
  spdlog::error("{} The server goes on without its song library, which is tried again every minute and at a reload.", *given_up);
}

void Supervisor::look_at_librarian() {
  if (!library_fails_ || !librarian_->well()) return;
  library_fails_ = false;
  spdlog::info("the song library is there again");
}

void Supervisor::send_newcomers_to_the_replaced() {
  if (!doorstep_->let_wait()) return;
  for (size_t i = 1; i < children_.size(); ++i) {
    if (children_[i]->hears(SIGUSR1)) children_[i]->signal(SIGUSR1);
  }
}

void Supervisor::replace_children() {
  const size_t turn = replacement_->turn();
  ServerChild& child = *children_[turn];
  if (turn == 1) send_newcomers_to_the_replaced();
  const auto step = replacement_->look(child.pid(), works(turn), monotonic_ns());
  if (step == Replacement::Step::kAsk) {
    child.replace();
    child.signal(SIGTERM);
    child.signal(SIGCONT);
  } else if (step == Replacement::Step::kKill) {
    spdlog::warn("{} does not end; it is killed", child.name());
    child.signal(SIGKILL);
  }
  if (!replacement_->done()) return;
  replacement_.reset();
  doorstep_->close();
  spdlog::info("the conductor and every shard were replaced");
}

std::optional<std::string> Supervisor::watch() {
  const bool tls = !config_.tls_certificate.empty();
  for (;;) {
    for (ServerChild* child : everybody()) child->start_if_due(json_, old_mask_, monotonic_ns());
    const timespec wait = until_next_look();
    const int number = sigtimedwait(&signals_, nullptr, &wait);
    if (number == SIGHUP && (read_ || tls || manager_.heard())) {
      reload_wanted_ = true;
    } else if (number == SIGUSR2) {
      ask_successor();
    } else if (number == SIGINT || number == SIGHUP || (number == SIGTERM && drain())) {
      return std::nullopt;
    }
    int status = 0;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;) {
      if (question_ && question_->pid() == pid) {
        hear_successor(status);
        continue;
      }
      if (librarian_->pid() == pid) {
        librarian_ended(status);
        continue;
      }
      const auto child = std::find_if(children_.begin(), children_.end(), [&](const auto& each) { return each->pid() == pid; });
      if (child == children_.end()) continue;
      if (auto given_up = (*child)->ended(status, announced_, monotonic_ns())) return given_up;
    }
    for (ServerChild* child : everybody()) child->look(monotonic_ns());
    look_at_librarian();
    library_beat_->row().strained.store(shards_are_strained(*segment_) ? 1 : 0);
    if (question_) question_->look(monotonic_ns());
    if (!announced_) announce_when_ready();
    if (announced_) tell_service_manager();
    if (drained()) return std::nullopt;
    if (replacement_) replace_children();
    // Children of an earlier version may not know this signal.
    if (reload_wanted_ && announced_ && !replacement_) reload();
  }
}

void Supervisor::reload() {
  reload_wanted_ = false;
  manager_.tell("RELOADING=1\nMONOTONIC_USEC=" + std::to_string(monotonic_ns() / 1'000));
  if (read_) {
    if (const auto done = read_anew(read_, as_read_, config_); !done) {
      spdlog::error("the configuration is wrong, and stays as it was: {}", done.error());
      manager_.tell("STATUS=The configuration is wrong, and stays as it was: " + done.error());
    }
    json_ = to_json(config_).dump();
  }
  for (const auto& child : children_) child->signal(SIGHUP);
  if (library_fails_) librarian_->start_at(0);
  manager_.tell("READY=1");
}

timespec Supervisor::until_next_look() const {
  int64_t wait_ns = announced_ && !replacement_ ? kLookNs : 20 * kMs;
  for (const ServerChild* child : everybody()) {
    if (!child->running()) wait_ns = std::min(wait_ns, std::max<int64_t>(child->restart_ns() - monotonic_ns(), kMs));
  }
  return {wait_ns / 1'000'000'000, wait_ns % 1'000'000'000};
}

void Supervisor::announce_when_ready() {
  for (int i = 0; i < config_.shards; ++i) {
    if (segment_->shard(i).linked.load() == 0) return;
  }
  announced_ = true;
  std::printf("Roundelay is ready: %s://localhost:%d%s\n", config_.tls_certificate.empty() ? "http" : "https", config_.port,
              config_.base_path == "/" ? "" : config_.base_path.c_str());
  std::fflush(stdout);
  manager_watch_.begin(monotonic_ns());
  manager_.tell("READY=1");
}

std::string Supervisor::children_away() const {
  std::string names;
  for (const auto& child : children_) {
    if (!child->well()) names += (names.empty() ? "" : ", ") + child->name();
  }
  return names;
}

void Supervisor::tell_service_manager() {
  if (!manager_.heard()) return;
  const std::string away = children_away();
  if (const auto news = manager_watch_.news(away, library_fails_ ? "the song library (see the log)" : ""))
    manager_.tell("STATUS=" + *news);
  if (manager_watch_.look(away, monotonic_ns())) manager_.tell("WATCHDOG=1");
}

}  // namespace

int run_supervisor(Config config, ReadConfig read) {
  return Supervisor(std::move(config), std::move(read)).run();
}

void become_child(const Config& config) {
  keep_start_report();
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) raise(SIGTERM);  // it died before we could ask
  hold_childrens_lock(config);
  make_sure_of_threads();
}

}  // namespace roundelay
