#include "server/conductor/robots.h"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <csignal>
#include <utility>

namespace roundelay {
namespace {

constexpr int kNice = 5;                                     // singers go first
constexpr const char* kRobotsKeyVariable = "ROUNDELAY_KEY";  // a command line can be read by everybody on the machine

}  // namespace

RobotChoirs::~RobotChoirs() {
  for (auto& [room, choir] : choirs_) {
    choir.child->signal(SIGTERM);
    choir.child->release();  // without this it would be killed before it can leave its room
  }
}

tl::expected<void, std::string> RobotChoirs::start(const std::string& room, const std::string& key, int64_t now_ns) {
  std::vector<std::string> command = options_.command;
  for (const std::string& word : {std::string("--url"), options_.url, std::string("--room"), room}) {
    command.push_back(word);
  }
  // The certificate is for the public name, and they come from this very host.
  if (options_.url.starts_with("wss://")) command.emplace_back("--insecure");
  uv_stdio_container_t stdio[3]{};
  stdio[0].flags = UV_IGNORE;
  stdio[1].flags = UV_IGNORE;
  stdio[2].flags = UV_INHERIT_FD;
  stdio[2].data.fd = 2;
  auto child = Child::spawn(loop_, command, stdio,
                            [this, room](int64_t status, int signal) {
                              spdlog::info("room {}: the robots ended (status {}, signal {})", room, status, signal);
                              choirs_.erase(room);
                            },
                            {std::string(kRobotsKeyVariable) + "=" + key});
  if (!child) return tl::unexpected(child.error());
  setpriority(PRIO_PROCESS, static_cast<id_t>((*child)->pid()), kNice);
  choirs_[room] = Choir{*std::move(child), now_ns};
  return {};
}

void RobotChoirs::tick(int64_t now_ns, const std::function<int(const std::string& room)>& humans) {
  for (auto& [room, choir] : choirs_) {
    if (humans(room) > 0) choir.human_seen_ns = now_ns;
    if (choir.ending || now_ns - choir.human_seen_ns < options_.alone_ns) continue;
    choir.ending = true;
    choir.child->signal(SIGTERM);
  }
}

// Where the server listens on all addresses, it does so on this one, whether the machine has IPv6 or not.
std::string local_url(const std::string& host, int port, bool tls, const std::string& base_path) {
  std::string address = host == "0.0.0.0" || host == "::" ? "127.0.0.1" : host;
  if (address.find(':') != std::string::npos) address = "[" + address + "]";
  return (tls ? "wss://" : "ws://") + address + ":" + std::to_string(port) + base_path + "ws";
}

}  // namespace roundelay
