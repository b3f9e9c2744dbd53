// What comes over HTTP and the WebSocket's own frames against the whole program: nothing of it stops a shard, and each gets an
// answer or an end.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::connection_test {
namespace {

// A connection that says exactly this.
class Caller {
 public:
  explicit Caller(const Server& server) : fd_(server.connect_to()) {}
  ~Caller() { close(fd_); }
  Caller(const Caller&) = delete;
  Caller& operator=(const Caller&) = delete;

  Caller& say(const std::string& bytes) {
    for (size_t sent = 0; sent < bytes.size();) {
      const ssize_t n = send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (n <= 0) break;  // it does not listen any more
      sent += static_cast<size_t>(n);
    }
    return *this;
  }
  // Reads until so many answers have begun and the last one has come to its end, or the connection has ended.
  std::string hear(int answers = 1) {
    char buffer[16'384];
    for (ssize_t n; count() < answers || !heard_.ends_with("\n");) {
      if ((n = recv(fd_, buffer, sizeof buffer, 0)) <= 0) break;
      heard_.append(buffer, static_cast<size_t>(n));
    }
    return heard_;
  }
  [[nodiscard]] int count() const {
    int found = 0;
    for (size_t at = heard_.find("HTTP/1.1 "); at != std::string::npos; at = heard_.find("HTTP/1.1 ", at + 1)) ++found;
    return found;
  }

 private:
  int fd_;
  std::string heard_;
};

const std::string kPost = "POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";

class Connections : public ::testing::Test {
 protected:
  // The shard makes a second's ticks with at most a quarter of a second's work.
  void expect_at_rest() {
    const pid_t shard = server.pids("shard").at(0);
    const uint64_t begun = server.total("ticks");
    const long before = cpu_ticks(shard);
    EXPECT_TRUE(wait_until([&] { return server.total("ticks") >= begun + 50; })) << "the shard stands";
    EXPECT_LT(cpu_ticks(shard) - before, sysconf(_SC_CLK_TCK) / 4) << "the shard is busy with nothing";
  }
  std::string status_of(const std::string& request) {
    Caller caller(server);
    const std::string answer = caller.say(request).hear();
    EXPECT_NE(answer.find("\"error\":{"), std::string::npos) << request << "\n" << answer;
    return answer.substr(0, 12);
  }
  Server server{1, {{"default_interval_ms", 200}, {"lead_in_ms", 300}}};
};

TEST_F(Connections, RequestsBackToBackAreEachAnsweredAndStopNobody) {
  for (const std::string& both : {kPost + kPost, kGet + kPost, kPost + kGet, kGet + kGet}) {
    Caller caller(server);
    caller.say(both).hear(2);
    EXPECT_EQ(caller.count(), 2) << both;
    expect_at_rest();
  }
}

TEST_F(Connections, EachWrongRequestIsRefusedWithItsStatus) {
  const auto post = [](const std::string& lines) { return "POST /api/rooms HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n{}"; };
  EXPECT_EQ(status_of(post("Content-Length: 2\r\nContent-Length: 3")), "HTTP/1.1 400");
  EXPECT_EQ(status_of(post("Content-Length: +2")), "HTTP/1.1 400");
  EXPECT_EQ(status_of(post("Content-Length: 2 2")), "HTTP/1.1 400");
  EXPECT_EQ(status_of(post("Transfer-Encoding: chunked")), "HTTP/1.1 411");
  EXPECT_EQ(status_of(post("Content-Length: 1000000")), "HTTP/1.1 413");
  for (const char* path : {"/%FF", "/%00", "/api/rooms/%0A", "/?a=%C3"})
    EXPECT_EQ(status_of("GET " + std::string(path) + " HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 400") << path;
  for (const char* method : {"CONNECT a.example:443", "OPTIONS *", "TRACE /", "PUT /api/rooms", "PATCH /", "BREW /"})
    EXPECT_EQ(status_of(std::string(method) + " HTTP/1.1\r\nHost: x\r\n\r\n"), "HTTP/1.1 405") << method;
  EXPECT_EQ(
      status_of("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n\r\n"),
      "HTTP/1.1 426");
}

TEST_F(Connections, AWrongTokenIsRefusedBeforeTheBody) {
  const std::string room = server.make_room().at("room");
  const auto head = [&](const std::string& authorization) {
    return "POST /api/rooms/" + room + "/tracks?name=a.wav HTTP/1.1\r\nHost: x\r\n" + authorization +
           "Content-Length: 50000000\r\n\r\n";
  };
  for (const char* authorization :
       {"", "Authorization: Bearer wrong\r\n", "Authorization: wrong\r\n", "Authorization: Basic eDp5\r\n"})
    EXPECT_EQ(status_of(head(authorization)), "HTTP/1.1 401") << authorization;
  EXPECT_EQ(status_of(head("") + std::string(5'000'000, 'x')), "HTTP/1.1 401") << "also who sends without looking sees it";
}

TEST_F(Connections, AFloodOfPingsCostsItsSenderAlone) {
  const std::string room = server.make_room().at("room");
  RawClient singer(server.port());
  singer.enter(room, "Ann");
  RawClient flooder(server.port());
  flooder.enter(room, "Flo", {{"role", "listener"}});
  std::string pings;
  for (int i = 0; i < 100'000; ++i) pings += std::string("\x89\x84\0\0\0\0ping", 10);
  flooder.send_raw(pings);
  EXPECT_EQ(flooder.receive_close(), 4008);
  expect_at_rest();
  EXPECT_LT(server.status().at("shards").at(0).at("load"), 0.5);
  RawClient newcomer(server.port());
  EXPECT_EQ(newcomer.enter(room, "Ben").value("type", ""), "welcome");
  singer.send_json({{"type", "ping"}, {"id", 1}});
  EXPECT_TRUE(singer.receive_type("pong"));
}

TEST_F(Connections, UnmaskedFramesCloseTheSocket) {
  RawClient client(server.port());
  client.send_raw("\x81\x02{}");
  EXPECT_EQ(client.receive_close(), 1002);
}

TEST_F(Connections, ARefusedOriginIsLoggedWithWhatCuresIt) {
  EXPECT_EQ(RawClient(server.port(), "https://sing.example").handshake_status(), 403);
  const std::string log = server.log();
  EXPECT_NE(log.find("'https://sing.example'"), std::string::npos) << log;
  EXPECT_NE(log.find("'localhost:" + std::to_string(server.port()) + "'"), std::string::npos) << log;
  EXPECT_NE(log.find("public_origin"), std::string::npos) << log;
}

}  // namespace
}  // namespace roundelay::e2e::connection_test
