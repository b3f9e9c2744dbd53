#include "tests/e2e/server.h"

#include <arpa/inet.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "server/base/config.h"
#include "tests/e2e/tls_stream.h"

namespace roundelay::e2e {

Server::Server(int shards, const nlohmann::json& settings, std::vector<std::string> wrapper)
    : shards_(shards), wrapper_(std::move(wrapper)), tls_(settings.is_object() && settings.contains("tls_certificate")) {
  nlohmann::json config{{"host", "127.0.0.1"}, {"drain_s", 0}};
  if (settings.is_object()) config.update(settings);
  std::ofstream(folder_ / "config.json") << config.dump();
  start();
}

void Server::start() {
  std::vector<std::string> argv{"/usr/bin/setsid"};
  argv.insert(argv.end(), wrapper_.begin(), wrapper_.end());
  for (const std::string& word :
       {std::string(ROUNDELAY_PROGRAM), std::string("serve"), std::string("--shards"), std::to_string(shards_),
        std::string("--port"), std::string("0"), std::string("--data"), data_dir(), std::string("--web"),
        std::string(TEST_PAGE_DIR), std::string("--config"), folder_ / "config.json"}) {
    argv.push_back(word);
  }
  process_ = std::make_unique<Process>(argv, folder_ / "log");
  const bool ready = wait_until([&] { return process_->output().find("://localhost:") != std::string::npos; });
  if (!ready) throw std::runtime_error("the server did not start:\n" + log());
  const std::string& line = process_->output();
  port_ = std::stoi(line.substr(line.find("://localhost:") + 13));
}

Server::~Server() {
  process_->signal(SIGTERM);
  (void)process_->wait(10s);
}

void Server::signal_group(int number) const {
  kill(-process_->pid(), number);
}

std::string Server::log() const {
  std::ifstream in(folder_ / "log");
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<pid_t> Server::pids(const std::string& word) const {
  std::vector<pid_t> found;
  for (const pid_t pid : children_of(process_->pid())) {
    if (command_line(pid).find(" " + word + " ") != std::string::npos) found.push_back(pid);
  }
  return found;
}

int Server::connect_to() const {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{20, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

bool Server::send_and_hang_up(const std::string& bytes, const std::function<bool()>& seen) const {
  const int fd = connect_to();
  const bool sent = send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
  const bool was_seen = sent && wait_until(seen);
  close(fd);
  return was_seen;
}

HttpAnswer Server::request(const std::string& method, const std::string& path, const std::string& body,
                           const std::string& headers) const {
  std::string text =
      method + " " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\nConnection: close\r\n" + headers;
  if (!body.empty() || method == "POST") text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return exchange(text + "\r\n" + body, tls_);
}

HttpAnswer Server::plain_request(const std::string& method, const std::string& path) const {
  return exchange(method + " " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\nConnection: close\r\n\r\n",
                  false);
}

HttpAnswer Server::exchange(const std::string& request, bool tls) const {
  HttpAnswer answer;
  const int fd = connect_to();
  if (fd < 0) return answer;
  std::string all;
  if (tls) {
    TlsStream stream(fd);
    stream.write(request);
    for (std::string piece; !(piece = stream.read()).empty();) all += piece;
  } else {
    for (size_t sent = 0; sent < request.size();) {
      const ssize_t n = send(fd, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) break;  // it answers before the end: read what it says
      sent += static_cast<size_t>(n);
    }
    char buffer[16'384];
    for (ssize_t n; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) all.append(buffer, static_cast<size_t>(n));
  }
  close(fd);
  const size_t split = all.find("\r\n\r\n");
  if (split == std::string::npos) return answer;
  answer.headers = all.substr(0, split);
  answer.body = all.substr(split + 4);
  answer.status = std::stoi(all.substr(9, 3));
  return answer;
}

nlohmann::json Server::make_room(const nlohmann::json& body) const {
  const HttpAnswer answer = request("POST", "/api/rooms", body.dump());
  if (answer.status != 201) throw std::runtime_error("no room: " + answer.body + log());
  return answer.json();
}

std::unique_ptr<Process> Server::sing(const std::string& room, const std::vector<std::string>& arguments) const {
  std::vector<std::string> argv{ROUNDELAY_PROGRAM, "sing", "--url", url(), "--room", room, "--json"};
  if (tls_) argv.emplace_back("--insecure");
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return std::make_unique<Process>(argv, folder_ / "singers.log");
}

bool Server::has_shared_memory() const {
  Config config;
  config.data_dir = data_dir();
  return std::filesystem::exists("/dev/shm" + config.segment_name());
}

}  // namespace roundelay::e2e
