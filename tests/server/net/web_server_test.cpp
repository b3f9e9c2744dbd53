// A real WebServer and a client of a few bytes on one thread: the loop turns while the client looks at its socket.
#include "server/net/web_server.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "mixer/file_descriptor.h"
#include "server/net/listen_socket.h"

namespace roundelay {
namespace {

class Host final : public WebHandler {
 public:
  void on_request(HttpRequest& request) override { request.respond({}); }
  void on_body(HttpRequest&, std::span<const uint8_t>) override {}
  void on_body_end(HttpRequest&) override {}
  void on_request_gone(HttpRequest&) override {}
  bool may_connect() override { return true; }
  void on_open(WebSocket&) override { ++open; }
  void on_text(WebSocket&, std::string_view) override {}
  void on_binary(WebSocket&, std::span<const uint8_t>) override {}
  void on_close(WebSocket&) override { --open; }
  int open = 0;
};

class WebServerTest : public ::testing::Test {
 protected:
  WebServerTest() : kept(bind_listen_socket("127.0.0.1", 0, PortSharing::kShared).value()) {
    uv_loop_init(&loop);
    WebServerSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port_of(kept.get());
    settings.ping_ms = 200;
    server.emplace(&loop, settings, host);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(settings.port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    say("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: roundelay.1\r\n\r\n");
    EXPECT_TRUE(run_until([&] { return heard().find("\r\n\r\n") != std::string::npos; }));
    heard_.clear();
  }
  ~WebServerTest() override {
    server->shut_down();
    server.reset();
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
  }

  void say(const std::string& bytes) const { EXPECT_EQ(send(client.get(), bytes.data(), bytes.size(), 0), std::ssize(bytes)); }
  const std::string& heard() {
    char buffer[4096];
    for (ssize_t n; (n = recv(client.get(), buffer, sizeof buffer, MSG_DONTWAIT)) > 0;)
      heard_.append(buffer, static_cast<size_t>(n));
    return heard_;
  }
  // Turns the loop, which wakes again and again for the server's own timer.
  bool run_until(const std::function<bool()>& condition) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      uv_run(&loop, UV_RUN_ONCE);
    }
    return true;
  }

  static inline const std::string kPing{"\x89\x01\x00", 3};
  static inline const std::string kPong{"\x8a\x81\x00\x00\x00\x00\x00", 7};  // masked with zeros

  uv_loop_t loop;
  Host host;
  FileDescriptor kept;
  FileDescriptor client{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::optional<WebServer> server;
  std::string heard_;
};

TEST_F(WebServerTest, WhoSaysNothingIsPingedAndClosedWithoutAnAnswer) {
  EXPECT_TRUE(run_until([&] { return heard() == kPing; }));
  EXPECT_EQ(host.open, 1);
  EXPECT_TRUE(run_until([&] { return host.open == 0; }));
}

TEST_F(WebServerTest, AnAnswerKeepsTheConnection) {
  std::string expected;
  for (int round = 0; round < 3; ++round) {
    expected += kPing;
    ASSERT_TRUE(run_until([&] { return heard() == expected; })) << round;
    EXPECT_EQ(host.open, 1);
    say(kPong);
  }
}

}  // namespace
}  // namespace roundelay
