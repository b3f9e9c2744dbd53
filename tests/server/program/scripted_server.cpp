// The supervisor over children that do what the test orders: scripted_server serve DATA SHARDS. A child looks for its orders in
// the file DATA/orders-NAME (conductor, shard-0, ...), whose words are
//   fail    it cannot start, and another try would not help: with the sentence in DATA/sentence
//   die     it ends with status 3
//   stand   its heart does not beat any more
//   deaf    it takes no SIGTERM
//   ctrl-c  SIGINT reaches it before it has done anything
// and otherwise beats its heart. Whoever ends because it was asked to writes its name into DATA/ended. DATA/theme.json is the
// configuration's theme, if it is there.
#include <fcntl.h>
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "mixer/segment.h"
#include "server/base/start_failure.h"
#include "server/program/start_report.h"
#include "server/program/supervisor.h"

namespace roundelay {
namespace {

volatile sig_atomic_t asked_to_end = 0;

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

class ScriptedChild {
 public:
  ScriptedChild(const Config& config, std::string name) : config_(config), name_(std::move(name)) {}

  template <typename Row>
  int run(Row& row) {
    row.starts.fetch_add(1);
    if (ordered("fail")) {
      report_failed_start(text_of(config_.data_dir + "/sentence"));
      return kCannotStartStatus;
    }
    row.pid.store(getpid());
    for (;; usleep(2'000)) {
      if (ordered("die")) return 3;
      if (!ordered("stand")) row.heartbeat_ns.store(monotonic_ns());
      if constexpr (requires { row.linked; }) row.linked.store(1);
      if (asked_to_end == 0 || (ordered("deaf") && getppid() == parent_)) continue;
      const int file = open((config_.data_dir + "/ended").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
      const std::string line = name_ + "\n";
      (void)!write(file, line.data(), line.size());
      return 0;
    }
  }

 private:
  [[nodiscard]] bool ordered(const char* word) const {
    return text_of(config_.data_dir + "/orders-" + name_).find(word) != std::string::npos;
  }

  const Config& config_;
  std::string name_;
  pid_t parent_ = getppid();
};

int child(const std::string& kind, const std::string& index) {
  const auto config = apply_json({}, nlohmann::json::parse(std::getenv("ROUNDELAY_CONFIG")));
  const std::string name = kind == "conductor" ? kind : kind + "-" + index;
  if (text_of(config->data_dir + "/orders-" + name).find("ctrl-c") != std::string::npos) raise(SIGINT);
  become_child(*config);
  signal(SIGTERM, [](int) { asked_to_end = 1; });
  const auto segment = Segment::open(config->segment_name());
  if (kind == "conductor") return ScriptedChild(*config, name).run(segment->conductor());
  return ScriptedChild(*config, name).run(segment->shard(std::stoi(index)));
}

int serve(const std::string& data, const std::string& shards) {
  Config config;
  config.data_dir = data;
  config.shards = std::stoi(shards);
  config.port = 0;
  config.host = "127.0.0.1";
  config.drain_s = 0;
  if (const std::string theme = data + "/theme.json"; access(theme.c_str(), F_OK) == 0) config.theme = theme;
  return run_supervisor(*checked(config));
}

}  // namespace
}  // namespace roundelay

int main(int argc, char** argv) {
  spdlog::set_default_logger(spdlog::stderr_logger_st("scripted server"));
  try {
    const std::string kind = argc > 1 ? argv[1] : "";
    if (kind == "serve" && argc == 4) return roundelay::serve(argv[2], argv[3]);
    if (kind == "conductor") return roundelay::child(kind, "");
    if (kind == "shard" && argc >= 4) return roundelay::child(kind, argv[3]);
    std::fprintf(stderr, "scripted_server serve DATA SHARDS\n");
  } catch (const std::exception& error) {
    std::printf("%s\n", error.what());
  }
  return 1;
}
