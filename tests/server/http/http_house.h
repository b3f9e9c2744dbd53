// The HTTP side of a shard as it runs: a real WebServer, the real control link, and a conductor that is played by hand.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/http/health.h"
#include "server/http/http_routes.h"
#include "server/net/control_server.h"
#include "server/net/listen_socket.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/piece_place.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/net/web_client.h"

namespace roundelay {

struct HttpAnswer {
  int status = 0;
  std::string head, body;
  [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  [[nodiscard]] std::string code() const { return json().at("error").at("code"); }
  [[nodiscard]] std::string message() const { return json().at("error").at("message"); }
};

// What a shard's live links would do.
struct LiveHouse final : LiveSource {
  [[nodiscard]] Room room_for(const std::string&) const override { return room; }
  bool join(const link::LivePlace& place, const std::string& from, LivePlayer& player) override {
    address = from;
    joined = place;
    players.push_back(&player);
    return good;
  }
  void leave(LivePlayer& player) override { std::erase(players, &player); }

  Room room = Room::kYes;
  bool good = true;
  std::string address;  // of who joined
  std::optional<link::LivePlace> joined;
  std::vector<LivePlayer*> players;
};

class HttpHouse : public testing::Test, private WebHandler {
 protected:
  static constexpr int kShard = 0;

  HttpHouse() {
    folder_.write("page/index.html", "<title>The page</title>");
    folder_.write("page/assets/page-1234.js", "sing()");
    std::filesystem::create_directory(folder_.path() + "/uploads");
    config_.data_dir = folder_.path();
    config_.web_dir = folder_.path() + "/page";
    config_.max_upload_bytes = 5'000'000;
    segment_.shard(kShard).pid = getpid();
    set_conductor_pid(getpid());
    beat();
    begin_conductor();
    routes_ = std::make_unique<HttpRoutes>(loop_.get(), config_, segment_, kShard, *link_, live_);
    WebServerSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port_of(kept_.get());
    settings.deadline_turn_ms = 20;
    settings.trusted_proxies = AddressList::parse(config_.trusted_proxies).value();
    web_.emplace(loop_.get(), settings, static_cast<WebHandler&>(*this));
    EXPECT_TRUE(loop_.run_until([&] { return link_->connected(); }));
  }
  ~HttpHouse() override {
    web_->shut_down();
    routes_.reset();
    link_->close();
    web_.reset();
    conductor_.reset();
    link_.reset();
    Segment::remove(name_);
  }

  // Both loops have just turned.
  void beat() {
    segment_.shard(kShard).heartbeat_ns = monotonic_ns();
    segment_.conductor().heartbeat_ns = monotonic_ns();
  }
  void set_conductor_pid(int pid) { segment_.conductor().pid = pid; }
  // The conductor's loop stands.
  void stand() { segment_.conductor().heartbeat_ns = monotonic_ns() - 10 * kConductorStandsNs; }
  // The conductor is gone: its link ends.
  void end_conductor() {
    conductor_.reset();
    EXPECT_TRUE(loop_.run_until([&] { return !link_->connected(); }));
  }
  void begin_conductor() {
    conductor_.emplace(loop_.get(), ControlServer::Callbacks{[this](ConnectionId from, nlohmann::json message) {
                                                               shard_ = from;
                                                               if (message.at("op") != "shard")
                                                                 heard_.push_back(std::move(message));
                                                             },
                                                             [](ConnectionId) {}, [](ConnectionId) {}, [] {}});
    conductor_->listen(config_.control_socket());
    if (!link_) {
      link_ = std::make_unique<ControlLink>(loop_.get(), config_.control_socket(),
                                            ControlLink::Events{[] {
                                                                  return std::vector<nlohmann::json>{{{"op", "shard"}}};
                                                                },
                                                                [this](nlohmann::json message) {
                                                                  if (auto reply = link::Reply::read(std::move(message)))
                                                                    routes_->on_reply(*std::move(reply));
                                                                },
                                                                [this](bool connected) {
                                                                  if (!connected && routes_) routes_->on_conductor_lost();
                                                                }});
    }
  }

  // What the conductor hears next (waits for it).
  nlohmann::json next_heard() {
    EXPECT_TRUE(loop_.run_until([&] { return !heard_.empty(); })) << "the conductor was asked nothing";
    if (heard_.empty()) return {{"request", 0}};
    nlohmann::json message = std::move(heard_.front());
    heard_.erase(heard_.begin());
    return message;
  }
  void reply(const nlohmann::json& asked, int status, nlohmann::json body = nlohmann::json::object()) {
    conductor_->send(shard_, link::Reply{asked.at("request"), status, std::move(body)}.to_json());
    conductor_->flush();
  }

  static std::string request(const std::string& method, const std::string& target, const std::string& headers = {},
                             const std::string& body = {}) {
    std::string text = method + " " + target + " HTTP/1.1\r\nHost: sing.example\r\n" + headers;
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
  }
  static std::optional<HttpAnswer> parsed(const std::string& text, bool head_alone = false) {
    const size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    HttpAnswer answer{std::stoi(text.substr(9, 3)), text.substr(0, end), text.substr(end + 4)};
    const size_t length = answer.head.find("content-length: ");
    if (!head_alone && length != std::string::npos && answer.body.size() < std::stoul(answer.head.substr(length + 16)))
      return std::nullopt;
    return answer;
  }
  HttpAnswer answer_of(WebClient& client, bool head_alone = false) {
    EXPECT_TRUE(loop_.run_until([&] { return parsed(client.heard(), head_alone).has_value(); }))
        << "no answer: " << client.heard();
    return parsed(client.heard(), head_alone).value_or(HttpAnswer{});
  }
  // Asks, and turns the loop until the answer has come.
  HttpAnswer ask(const std::string& method, const std::string& target, const std::string& headers = {},
                 const std::string& body = {}) {
    WebClient client(port());
    client.say(request(method, target, headers, body));
    return answer_of(client, method == "HEAD");
  }
  [[nodiscard]] int port() const { return port_of(kept_.get()); }

  // Of somebody in the room "abc".
  static inline const std::string kHerToken = "authorization: Bearer t\r\n";
  // Asks with it; what the conductor hears of that. The answer comes at `client`.
  nlohmann::json heard_of_hers(WebClient& client, const std::string& method, const std::string& target,
                               const std::string& body = {}) {
    client.say(request(method, target, kHerToken, body));
    nlohmann::json asked = next_heard();
    EXPECT_EQ(asked.value("room", ""), "abc");
    EXPECT_EQ(asked.value("token", ""), "t");
    return asked;
  }

  TemporaryFolder folder_;
  Config config_;
  const std::string name_ = "/roundelay-http-test-" + std::to_string(getpid());
  Segment segment_ = make_segment(name_);
  Loop loop_;
  std::optional<ControlServer> conductor_;
  ConnectionId shard_ = 0;
  std::vector<nlohmann::json> heard_;  // by the conductor
  std::unique_ptr<ControlLink> link_;
  LiveHouse live_;
  std::unique_ptr<HttpRoutes> routes_;
  FileDescriptor kept_{bind_listen_socket("127.0.0.1", 0, PortSharing::kShared).value()};
  std::optional<WebServer> web_;

 private:
  static Segment make_segment(const std::string& name) {
    Segment::remove(name);
    return std::move(*Segment::create(name, SegmentSize{1, 2, 512}, Timeline{monotonic_ns(), {0}}));
  }
  void on_request(HttpRequest& request) override { routes_->on_request(request); }
  void on_body(HttpRequest& request, std::span<const uint8_t> piece) override { routes_->on_body(request, piece); }
  void on_body_end(HttpRequest& request) override { routes_->on_body_end(request); }
  void on_request_gone(HttpRequest& request) override { routes_->on_request_gone(request); }
  bool may_connect() override { return false; }
  void on_open(WebSocket&) override {}
  void on_text(WebSocket&, std::string_view) override {}
  void on_binary(WebSocket&, std::span<const uint8_t>) override {}
  void on_close(WebSocket&) override {}
};

}  // namespace roundelay
