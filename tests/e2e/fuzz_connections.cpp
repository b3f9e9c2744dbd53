// Fuzzes a real server over real connections, while three singers sing in the same room and watch: none of them may lose a
// block, be thrown out or be told of an error, and no process may end. Prints what was sent and found; status 1 at a fault.
//   fuzz_connections [--seconds N] [--seed N]
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <deque>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>

#include "tests/e2e/server.h"
#include "tests/e2e/strange_traffic.h"

namespace roundelay::e2e {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t kVisitors = 24;  // at once
constexpr int kTurnMs = 2;
constexpr double kHeldUpMs = 400;  // a shard makes up for half a second; less is no excuse

// One connection: sends in pieces, reads or does not, and goes when it is done.
class Visitor {
 public:
  Visitor(int fd, std::string script, StrangeTraffic& traffic)
      : fd_(fd),
        script_(std::move(script)),
        reads_(traffic.chance(85)),
        piece_(traffic.chance(30) ? script_.size() : 1 + traffic.pick(traffic.chance(20) ? 3 : 2'000)),
        lingers_(static_cast<int>(traffic.pick(traffic.chance(10) ? 600 : 30))) {
    fcntl(fd_, F_SETFL, O_NONBLOCK);
  }
  ~Visitor() { close(fd_); }
  Visitor(const Visitor&) = delete;
  Visitor& operator=(const Visitor&) = delete;

  // False: it is done.
  bool turn() {
    if (reads_) {
      char buffer[16'384];
      const ssize_t n = recv(fd_, buffer, sizeof buffer, 0);
      if (n > 0 && first_.size() < 12) first_.append(buffer, std::min<size_t>(12, static_cast<size_t>(n)));
      if (n == 0 || (n < 0 && errno != EAGAIN)) return false;
    }
    if (sent_ < script_.size() && ++turns_ < kMostTurns) {
      const ssize_t n = send(fd_, script_.data() + sent_, std::min(piece_, script_.size() - sent_), MSG_NOSIGNAL);
      if (n > 0) sent_ += static_cast<size_t>(n);
      return n > 0 || errno == EAGAIN;
    }
    return lingers_-- > 0;
  }
  [[nodiscard]] size_t sent() const { return sent_; }
  // The status of the first answer, or 0.
  [[nodiscard]] int status() const { return first_.starts_with("HTTP/1.1 ") ? std::atoi(first_.c_str() + 9) : 0; }

 private:
  static constexpr int kMostTurns = 1'500;
  int fd_;
  std::string script_;
  bool reads_;
  size_t piece_;
  int lingers_;  // turns that it stays afterwards
  int turns_ = 0;
  size_t sent_ = 0;
  std::string first_;
};

nlohmann::json last_event(Process& singer, const std::string& kind) {
  auto found = nlohmann::json::object();
  std::istringstream lines(singer.output());
  for (std::string line; std::getline(lines, line);) {
    auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.value("event", "") == kind) found = std::move(json);
  }
  return found;
}

// How long the machine lets a process wait for a core: what it holds up is nobody's fault.
class Waiting {
 public:
  explicit Waiting(pid_t pid) : pid_(pid) {}
  void look() {
    const auto now = Clock::now();
    if (now - looked_ < 10ms) return;
    looked_ = now;
    std::ifstream in("/proc/" + std::to_string(pid_) + "/schedstat");
    uint64_t ran_ns = 0;
    uint64_t waited_ns = 0;
    in >> ran_ns >> waited_ns;
    recent_.emplace_back(now, waited_ns);
    while (now - recent_.front().first > 700ms) recent_.pop_front();
    worst_ms_ = std::max(worst_ms_, static_cast<double>(waited_ns - recent_.front().second) * 1e-6);
  }
  // The most within 0.7 s.
  [[nodiscard]] double worst_ms() const { return worst_ms_; }

 private:
  pid_t pid_;
  Clock::time_point looked_;
  std::deque<std::pair<Clock::time_point, uint64_t>> recent_;
  double worst_ms_ = 0;
};

class Round {
 public:
  Round(int seconds, uint64_t seed) : seconds_(seconds), traffic_(seed, room_) {}

  bool run() {
    for (int i = 1; i <= 3; ++i) {
      std::vector<std::string> arguments{"--name", "Singer " + std::to_string(i), "--bucket", std::to_string(i),
                                         "--send-silence"};
      if (i == 3) arguments.insert(arguments.end(), {"--start-when", "3", "--stop-after", std::to_string(seconds_)});
      singers_.push_back(server_.sing(room_, arguments));
    }
    const bool sings = wait_until([&] {
      return std::all_of(singers_.begin(), singers_.end(),
                         [](auto& s) { return last_event(*s, "heard").value("blocks", 0) >= 50; });
    });
    if (!sings) return fault("the song did not begin");
    const auto pids = all_pids();
    std::vector<Waiting> shards;
    for (const pid_t pid : server_.pids("shard")) shards.emplace_back(pid);
    disturb(shards);
    for (const Waiting& shard : shards) {
      std::printf("a shard waited for a core for %.0f ms of 0.7 s at most\n", shard.worst_ms());
      held_up_ |= shard.worst_ms() > kHeldUpMs;
    }
    for (const auto& singer : singers_) look_at(*singer);
    if (all_pids() != pids) fault("a process was started again");
    if (server_.request("GET", "/healthz").status != 200) fault("/healthz is not 200");
    look_at_rest(pids);
    std::printf("%zu connections, %zu bytes; first answers:", connections_, sent_bytes_);
    for (const auto& [status, count] : statuses_) std::printf(" %d: %zu", status, count);
    std::printf("\n");
    if (faults_ > 0) std::printf("%s", server_.log().c_str());
    return faults_ == 0;
  }

 private:
  bool fault(const std::string& what) {
    ++faults_;
    std::printf("FAULT: %s\n", what.c_str());
    return false;
  }
  [[nodiscard]] std::vector<pid_t> all_pids() const {
    auto pids = server_.pids("shard");
    for (const pid_t pid : server_.pids("conductor")) pids.push_back(pid);
    std::sort(pids.begin(), pids.end());
    return pids;
  }

  void disturb(std::vector<Waiting>& shards) {
    std::vector<std::unique_ptr<Visitor>> visitors;
    // As long as the song: who stays until its end sees each of its blocks.
    while (last_event(*singers_.back(), "done").empty()) {
      if (visitors.size() < kVisitors) {
        const int fd = server_.connect_to();
        if (fd < 0) {
          fault("no connection");
          return;
        }
        visitors.push_back(std::make_unique<Visitor>(fd, traffic_.next(), traffic_));
        ++connections_;
      }
      std::erase_if(visitors, [&](const auto& visitor) {
        if (visitor->turn()) return false;
        sent_bytes_ += visitor->sent();
        ++statuses_[visitor->status()];
        return true;
      });
      for (Waiting& shard : shards) shard.look();
      poll(nullptr, 0, kTurnMs);
    }
  }

  void look_at(Process& singer) {
    if (singer.wait() != 0) fault("a singer left with an error");
    const auto done = last_event(singer, "done");
    for (const std::string count : {"lost", "missing", "reconnects", "bad_messages", "errors"}) {
      if (held_up_ && (count == "lost" || count == "missing")) continue;
      if (done.empty() || done.value(count, 0) != 0) {
        fault("a singer counts " + count + ": " + done.dump());
        return;
      }
    }
    if (done.value("heard", 0) < seconds_ * 45) fault("a singer did not hear the whole song: " + done.dump());
  }

  // Nobody is there any more: so many ticks of a shard cost little.
  void look_at_rest(const std::vector<pid_t>& pids) {
    const auto ticks = [&] { return server_.total("ticks"); };
    const uint64_t begun = ticks();
    std::vector<long> before;
    for (const pid_t pid : pids) before.push_back(cpu_ticks(pid));
    if (!wait_until([&] { return ticks() >= begun + 2 * 25; })) fault("the shards do not tick");
    for (size_t i = 0; i < pids.size(); ++i) {
      if (cpu_ticks(pids[i]) - before[i] > sysconf(_SC_CLK_TCK) / 4)
        fault("a process is busy with nobody: " + command_line(pids[i]));
    }
  }

  int seconds_;
  Server server_{2, {{"default_interval_ms", 200}, {"lead_in_ms", 300}}};
  std::string room_ = server_.make_room().at("room");
  StrangeTraffic traffic_;
  std::vector<std::unique_ptr<Process>> singers_;
  size_t connections_ = 0;
  size_t sent_bytes_ = 0;
  std::map<int, size_t> statuses_;
  bool held_up_ = false;  // by a machine with other things to do: blocks are then lost whoever connects
  int faults_ = 0;
};

}  // namespace
}  // namespace roundelay::e2e

int main(int argc, char** argv) {
  int seconds = 8;
  uint64_t seed = 1;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--seconds") == 0) seconds = std::atoi(argv[i + 1]);
    if (std::strcmp(argv[i], "--seed") == 0) seed = std::strtoull(argv[i + 1], nullptr, 10);
  }
  try {
    return roundelay::e2e::Round(seconds, seed).run() ? 0 : 1;
  } catch (const std::exception& error) {
    std::printf("FAULT: %s\n", error.what());
    return 1;
  }
}
