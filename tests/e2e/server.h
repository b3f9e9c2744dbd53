// A real `roundelay serve` for a test: own data directory, any free port, ended at the end.
#pragma once

#include <memory>

#include <nlohmann/json.hpp>

#include "tests/e2e/process.h"

namespace roundelay::e2e {

struct HttpAnswer {
  int status = 0;
  std::string headers;
  std::string body;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
};

class Server {
 public:
  // `settings` is what --config holds; with a tls_certificate, request() and sing() use TLS. It
  // listens on 127.0.0.1 if they name no host. Waits until it is ready; throws with
  // its log when it does not become so.
  // `wrapper`: a program and its arguments that runs the server.
  explicit Server(int shards = 2, const nlohmann::json& settings = {}, std::vector<std::string> wrapper = {});
  // Starts over the data directory of another (which has ended).
  void start();
  ~Server();

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] std::string url() const { return (tls_ ? "wss" : "ws") + ("://127.0.0.1:" + std::to_string(port_)) + "/ws"; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }
  [[nodiscard]] std::string data_dir() const { return folder_ / "data"; }
  [[nodiscard]] Process& process() { return *process_; }
  // To all its processes, as Ctrl-C in a terminal does: they are a process group of their own.
  void signal_group(int number) const;
  [[nodiscard]] std::string log() const;
  // True while its shared-memory object has a name.
  [[nodiscard]] bool has_shared_memory() const;

  // Pids of the processes whose command line has this word: "conductor" or "shard".
  [[nodiscard]] std::vector<pid_t> pids(const std::string& word) const;
  [[nodiscard]] HttpAnswer request(const std::string& method, const std::string& path, const std::string& body = {},
                                   const std::string& headers = {}) const;
  [[nodiscard]] HttpAnswer plain_request(const std::string& method,
                                         const std::string& path) const;  // without TLS, whatever it has
  [[nodiscard]] int connect_to() const;                                   // a blocking socket, which is the caller's, or -1
  // Sends bytes, waits for `seen`, and closes the connection; returns whether it was seen.
  [[nodiscard]] bool send_and_hang_up(const std::string& bytes, const std::function<bool()>& seen) const;
  [[nodiscard]] nlohmann::json status() const { return request("GET", "/status").json(); }
  [[nodiscard]] uint64_t total(const std::string& counter) const { return status().at("totals").at(counter); }
  // Makes a room: {room, link, key}.
  [[nodiscard]] nlohmann::json make_room(const nlohmann::json& body = nlohmann::json::object()) const;

  // `roundelay sing` in that room with further arguments.
  [[nodiscard]] std::unique_ptr<Process> sing(const std::string& room, const std::vector<std::string>& arguments) const;

 private:
  [[nodiscard]] HttpAnswer exchange(const std::string& request, bool tls) const;

  TemporaryFolder folder_;
  int shards_;
  std::vector<std::string> wrapper_;
  bool tls_;
  int port_ = 0;
  std::unique_ptr<Process> process_;
};

}  // namespace roundelay::e2e
