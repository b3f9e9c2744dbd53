// A real WebServer and clients of a few bytes on one thread: the loop turns while a client looks at its socket.
#include "server/net/web_server.h"

#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "mixer/file_descriptor.h"
#include "server/net/listen_socket.h"
#include "tests/server/net/web_client.h"

namespace roundelay::web_server_test {
namespace {

// Answers when it is told to, or at once.
class Host final : public WebHandler {
 public:
  void on_request(HttpRequest& request) override {
    ++requests;
    waiting = &request;
    body.clear();
    if (request.path == "/upload") request.pace = HttpRequest::Pace::kUpload;
    if (request.path == "/refused" || (at_once && request.content_length <= 0)) answer();
  }
  void on_body(HttpRequest&, std::span<const uint8_t> piece) override { body.append(piece.begin(), piece.end()); }
  void on_body_end(HttpRequest&) override {
    ++bodies;
    if (at_once) answer();
  }
  void on_request_gone(HttpRequest& request) override {
    ++gone;
    if (waiting == &request) waiting = nullptr;
  }
  bool may_connect() override { return true; }
  void on_open(WebSocket& opened) override {
    socket = &opened;
    ++open;
  }
  void on_text(WebSocket&, std::string_view text) override { heard += text; }
  void on_binary(WebSocket&, std::span<const uint8_t>) override { ++binaries; }
  void on_close(WebSocket&) override { --open; }

  void answer() {
    HttpResponse response;
    response.body = std::make_shared<const std::string>(answer_text);
    asker = waiting->address;
    HttpRequest* request = waiting;
    waiting = nullptr;
    request->respond(std::move(response));
  }

  bool at_once = true;
  std::string answer_text = "answer\n";
  int requests = 0, bodies = 0, gone = 0, open = 0, binaries = 0;
  std::string body, heard, asker;
  HttpRequest* waiting = nullptr;
  WebSocket* socket = nullptr;
};

const std::string kGet = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const std::string kPost = "POST /api HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";

class WebServerTest : public ::testing::Test {
 protected:
  WebServerTest() : kept(bind_listen_socket("127.0.0.1", 0, PortSharing::kShared).value()) {
    uv_loop_init(&loop);
    settings.host = "127.0.0.1";
    settings.port = port_of(kept.get());
    settings.deadline_turn_ms = 20;
  }
  void SetUp() override { server.emplace(&loop, settings, host); }
  void TearDown() override {
    server->shut_down();
    server.reset();
    uv_run(&loop, UV_RUN_DEFAULT);
    EXPECT_EQ(uv_loop_close(&loop), 0);
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
  // How often the loop turns until a timer of this time ends: hardly, when nobody keeps it busy.
  int turns_in(uint64_t ms) {
    bool over = false;
    auto* timer = new uv_timer_t;
    uv_timer_init(&loop, timer);
    timer->data = &over;
    uv_timer_start(
        timer, [](uv_timer_t* t) { *static_cast<bool*>(t->data) = true; }, ms, 0);
    int turns = 0;
    for (; !over; ++turns) uv_run(&loop, UV_RUN_ONCE);
    uv_close(reinterpret_cast<uv_handle_t*>(timer), [](uv_handle_t* h) { delete reinterpret_cast<uv_timer_t*>(h); });
    return turns;
  }
  static constexpr int kIdleTurns = 60;  // in 200 ms, with the server's own timers

  // What is answered to this, all of it, when the connection has ended.
  std::string answer_to(const std::string& request) {
    WebClient client(settings.port);
    client.say(request);
    EXPECT_TRUE(run_until([&] { return client.ended(); })) << request;
    return client.heard();
  }
  static std::string handshake(const std::string& more = {}, const std::string& version = "13") {
    return "GET /ws HTTP/1.1\r\nHost: sing.example\r\nUpgrade: websocket\r\nConnection: keep-alive, "
           "Upgrade\r\nSec-WebSocket-Version: " +
           version + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: other, roundelay.1\r\n" + more +
           "\r\n";
  }
  std::unique_ptr<WebClient> socket() {
    auto client = std::make_unique<WebClient>(settings.port);
    client->say(handshake());
    EXPECT_TRUE(run_until([&] { return client->heard().find("\r\n\r\n") != std::string::npos; }));
    client->forget();
    return client;
  }
  // A frame masked with zeros.
  static std::string frame(int first, const std::string& payload) {
    return std::string{static_cast<char>(first), static_cast<char>(0x80 | payload.size()), 0, 0, 0, 0} + payload;
  }
  static std::string farewell(int code, const std::string& reason) {
    return std::string{'\x88', static_cast<char>(2 + reason.size()), static_cast<char>(code >> 8), static_cast<char>(code)} +
           reason;
  }

  uv_loop_t loop;
  Host host;
  FileDescriptor kept;
  WebServerSettings settings;
  std::optional<WebServer> server;
};

// --- One request after the other -----------------------------------------------------------------------------------

TEST_F(WebServerTest, TwoPostsBackToBackAreAnsweredOneAfterTheOther) {
  host.at_once = false;
  WebClient client(settings.port);
  client.say(kPost + kPost);
  ASSERT_TRUE(run_until([&] { return host.bodies == 1; }));
  EXPECT_LT(turns_in(200), kIdleTurns) << "a request that waits for its answer keeps the loop busy";
  EXPECT_EQ(host.requests, 1);
  host.answer();
  ASSERT_TRUE(run_until([&] { return host.bodies == 2; }));
  EXPECT_EQ(host.body, "{}");
  EXPECT_EQ(client.answers(), 1);
  host.answer();
  ASSERT_TRUE(run_until([&] { return client.answers() == 2; }));
  EXPECT_LT(turns_in(200), kIdleTurns);
  EXPECT_EQ(host.gone, 2);
}

TEST_F(WebServerTest, ManyRequestsInOneGoAreAllAnswered) {
  WebClient client(settings.port);
  std::string all;
  for (int i = 0; i < 20; ++i) all += kGet + kPost + "\r\n" + kPost + kGet;
  client.say(all);
  ASSERT_TRUE(run_until([&] { return client.answers() == 80; }));
  EXPECT_EQ(host.bodies, 40);
  EXPECT_LT(turns_in(200), kIdleTurns);
  EXPECT_FALSE(client.ended());
}

TEST_F(WebServerTest, AFloodOfRequestsWaits) {
  WebClient client(settings.port);
  std::string all;
  for (int i = 0; i < 230; ++i) all += kGet;
  client.say(all);
  ASSERT_TRUE(run_until([&] { return client.answers() >= 200; }));
  EXPECT_LT(client.answers(), 225) << "they did not wait";
  EXPECT_TRUE(run_until([&] { return client.answers() == 230; }));
}

TEST_F(WebServerTest, RequestsByteByByteAreTheSame) {
  WebClient client(settings.port);
  const std::string all = kPost + kGet + kPost;
  for (const char c : all) {
    client.say(std::string(1, c));
    uv_run(&loop, UV_RUN_ONCE);
  }
  EXPECT_TRUE(run_until([&] { return client.answers() == 3; }));
}

TEST_F(WebServerTest, ARequestBeforeTheLastAnswerWasReadWaits) {
  host.answer_text = std::string(20'000'000, 'a');
  WebClient client(settings.port);
  client.say(kGet);
  ASSERT_TRUE(run_until([&] { return host.requests == 1; }));
  client.say(kPost + kGet);
  turns_in(100);  // the kernel's buffers fill
  EXPECT_LT(turns_in(200), kIdleTurns) << "a client that does not read keeps the loop busy";
  EXPECT_EQ(host.requests, 1);
  host.answer_text = "short\n";
  EXPECT_TRUE(run_until([&] { return client.answers() == 3; }));
}

TEST_F(WebServerTest, WhoHangsUpWhileWaitingCostsNothing) {
  host.at_once = false;
  std::optional<WebClient> client(std::in_place, settings.port);
  client->say(kPost + kPost);
  ASSERT_TRUE(run_until([&] { return host.bodies == 1; }));
  client.reset();
  EXPECT_LT(turns_in(200), kIdleTurns);
  host.answer();
  EXPECT_TRUE(run_until([&] { return host.gone >= 1; }));
  EXPECT_LT(turns_in(200), kIdleTurns);
}

TEST_F(WebServerTest, WhoHangsUpInTheBodyIsGoneAtOnce) {
  std::optional<WebClient> client(std::in_place, settings.port);
  client->say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab");
  ASSERT_TRUE(run_until([&] { return host.body == "ab"; }));
  client.reset();
  EXPECT_TRUE(run_until([&] { return host.gone == 1; }));
}

TEST_F(WebServerTest, WhoClosesItsHalfBehindTheRequestIsAnswered) {
  WebClient client(settings.port);
  client.say(kPost);
  client.close_half();
  EXPECT_TRUE(run_until([&] { return client.ended(); }));
  EXPECT_EQ(client.answers(), 1);
}

TEST_F(WebServerTest, AnAnswerBeforeTheBodyArrivesAndTheBodyIsNotTaken) {
  WebClient client(settings.port);
  client.say("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\n\r\n");
  const std::string piece(60'000, 'x');
  size_t sent = 0;
  ASSERT_TRUE(run_until([&] {
    sent += client.say(piece);
    return client.ended();
  }));
  EXPECT_EQ(client.answers(), 1);
  EXPECT_NE(client.heard().find("connection: close"), std::string::npos);
  EXPECT_EQ(host.body, "");
  EXPECT_LT(sent, 20'000'000U);
}

TEST_F(WebServerTest, LeaveToSendTheBodyIsGivenToWhoAsks) {
  host.at_once = false;
  WebClient client(settings.port);
  client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  ASSERT_TRUE(run_until([&] { return client.heard() == "HTTP/1.1 100 Continue\r\n\r\n"; }));
  client.say("{}");
  EXPECT_TRUE(run_until([&] { return host.bodies == 1; }));
  EXPECT_TRUE(answer_to("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n")
                  .starts_with("HTTP/1.1 200"));
}

TEST_F(WebServerTest, WhatIsNoRequestGetsAnAnswer) {
  for (const auto& [text, status] : {std::pair<std::string, std::string>{"nonsense\r\n\r\n", "400"},
                                     {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"},
                                     {"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "411"},
                                     {"GET /%FF HTTP/1.1\r\nHost: x\r\n\r\n", "400"},
                                     {"GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(40'000, 'a') + "\r\n\r\n", "431"}}) {
    const std::string answer = answer_to(text);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 " + status)) << answer;
    const auto body = nlohmann::json::parse(answer.substr(answer.find("\r\n\r\n") + 4), nullptr, false);
    ASSERT_TRUE(body.is_object()) << answer;
    EXPECT_TRUE(body["error"]["code"].is_string()) << answer;
    EXPECT_EQ(body["ok"], false);
    EXPECT_EQ(body["errors"], nlohmann::json::array({body["error"]})) << "it may be a program of the song library";
  }
  EXPECT_EQ(host.requests, 0);
}

TEST_F(WebServerTest, AProxyThatIsNotTrustedSpeaksForItself) {
  static_cast<void>(answer_to("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n"));
  EXPECT_EQ(host.asker, "127.0.0.1");
}

class WebServerBehindAProxy : public WebServerTest {
 protected:
  void SetUp() override {
    settings.trusted_proxies = AddressList::parse("127.0.0.1").value();
    WebServerTest::SetUp();
  }
};

TEST_F(WebServerBehindAProxy, WhoAsksIsTheOneThatTheProxyNames) {
  static_cast<void>(answer_to("GET / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.7\r\nConnection: close\r\n\r\n"));
  EXPECT_EQ(host.asker, "192.0.2.7");
  WebClient client(settings.port);
  client.say(
      handshake("X-Forwarded-For: 192.0.2.8\r\nX-Forwarded-Host: Outside.example\r\nOrigin: https://outside.example:443\r\n"));
  ASSERT_TRUE(run_until([&] { return client.answers() == 1; }));
  EXPECT_TRUE(client.heard().starts_with("HTTP/1.1 101")) << client.heard();
  ASSERT_EQ(host.open, 1);
  EXPECT_EQ(host.socket->address(), "192.0.2.8");
}

class WebServerTimesTest : public WebServerTest {
 protected:
  void SetUp() override {
    settings.times = {.head_ms = 200, .idle_ms = 200, .body_ms = 200, .upload_pause_ms = 200, .answer_ms = 200, .write_ms = 200};
    WebServerTest::SetUp();
  }
  // The answer to this, behind which another byte comes every few milliseconds.
  std::string answer_to_dribble(const std::string& request) {
    WebClient client(settings.port);
    client.say(request);
    uint64_t said_ms = 0;
    EXPECT_TRUE(run_until([&] {
      if (uv_now(&loop) >= said_ms + 5) {
        client.say("a");
        said_ms = uv_now(&loop);
      }
      return client.ended();
    })) << request;
    return client.heard();
  }
};

TEST_F(WebServerTimesTest, WhatComesByteByByteEnds) {
  EXPECT_TRUE(answer_to_dribble("GET / HTTP/1.1\r\nHost: ").starts_with("HTTP/1.1 408"));
  EXPECT_TRUE(answer_to_dribble("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n").starts_with("HTTP/1.1 408"));
  EXPECT_TRUE(
      answer_to_dribble("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n").starts_with("HTTP/1.1 408"));
}

TEST_F(WebServerTimesTest, AnUploadThatGoesOnTakesItsTime) {
  WebClient client(settings.port);
  client.say("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\n");
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(client.answers(), 0);
    client.say(std::string(10'000, 'x'));
    turns_in(100);
  }
  EXPECT_TRUE(run_until([&] { return client.answers() == 1; }));
  EXPECT_TRUE(client.heard().starts_with("HTTP/1.1 200")) << client.heard();
}

TEST_F(WebServerTimesTest, WhoSaysNothingAndWhoDoesNotReadAreClosed) {
  EXPECT_EQ(answer_to(""), "");
  host.answer_text = std::string(20'000'000, 'a');
  WebClient client(settings.port);
  client.say(kGet);
  EXPECT_TRUE(run_until([&] { return host.gone == 1; }));
}

TEST_F(WebServerTimesTest, AnAnswerThatDoesNotComeIsSaidToBeMissing) {
  host.at_once = false;
  EXPECT_TRUE(answer_to(kPost + kPost).starts_with("HTTP/1.1 503"));
}

// --- WebSockets ----------------------------------------------------------------------------------------------------

TEST_F(WebServerTest, TheHandshakeIsThatOfRfc6455) {
  WebClient client(settings.port);
  client.say(handshake());
  ASSERT_TRUE(run_until([&] { return client.heard().find("\r\n\r\n") != std::string::npos; }));
  EXPECT_TRUE(client.heard().starts_with("HTTP/1.1 101"));
  EXPECT_NE(client.heard().find("sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"), std::string::npos);
  EXPECT_NE(client.heard().find("sec-websocket-protocol: roundelay.1\r\n"), std::string::npos);
}

TEST_F(WebServerTest, HandshakesThatAreNoneAreRefused) {
  const auto status = [&](const std::string& request) { return answer_to(request).substr(9, 3); };
  const std::string old = answer_to(handshake({}, "8"));
  EXPECT_TRUE(old.starts_with("HTTP/1.1 426")) << old;
  EXPECT_NE(old.find("sec-websocket-version: 13\r\n"), std::string::npos);
  EXPECT_EQ(status(handshake({}, "13, 8")), "426");
  EXPECT_EQ(status("GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: short\r\nSec-WebSocket-Protocol: roundelay.1\r\n\r\n"),
            "400");
  EXPECT_EQ(status(handshake("Origin: https://elsewhere.example\r\n")), "403");
  EXPECT_EQ(host.open, 0);
  WebClient own(settings.port);
  own.say(handshake("Origin: https://SING.example:443\r\n"));
  EXPECT_TRUE(run_until([&] { return own.heard().starts_with("HTTP/1.1 101"); }));
}

TEST_F(WebServerTest, FramesInPiecesWithPingsBetweenAreAnswered) {
  const auto client = socket();
  const std::string all = frame(0x01, "he") + frame(0x89, "p") + frame(0x80, "llo");
  for (const char c : all) {
    client->say(std::string(1, c));
    uv_run(&loop, UV_RUN_ONCE);
  }
  EXPECT_TRUE(run_until([&] { return host.heard == "hello" && client->heard() == std::string("\x8a\x01p"); }));
}

TEST_F(WebServerTest, UnmaskedFramesClose) {
  const auto client = socket();
  client->say("\x81\x05hello");
  ASSERT_TRUE(run_until([&] { return client->ended(); }));
  EXPECT_EQ(client->heard(), farewell(1002, "a client must mask its frames"));
  EXPECT_EQ(host.heard, "");
}

TEST_F(WebServerTest, AFloodIsCutShort) {
  for (const std::string& one : {frame(0x89, "ping"), frame(0x8A, "pong"), frame(0x82, "x"), frame(0x02, "") + frame(0x80, "")}) {
    const auto client = socket();
    std::string flood;
    while (flood.size() < 60'000) flood += one;
    size_t sent = 0;
    ASSERT_TRUE(run_until([&] {
      sent += client->say(flood);
      return client->ended();
    }));
    EXPECT_NE(client->heard().find(farewell(4008, "too much at once")), std::string::npos);
    EXPECT_LT(sent, 20'000'000U) << "the rest is not read";
    EXPECT_LE(host.binaries, 2 * 4'100);
  }
}

TEST_F(WebServerTest, WhoSendsButDoesNotReadKeepsNobodyBusy) {
  const auto client = socket();
  const std::string text(100'000, 't');
  while (host.socket->send_text(text)) {
  }
  client->say(frame(0x82, "x") + frame(0x82, "y"));
  EXPECT_LT(turns_in(200), kIdleTurns);
  EXPECT_EQ(host.binaries, 0) << "it is being closed";
}

TEST_F(WebServerTest, ACloseWithACodeThatStandsForNoneIsAnsweredWith1002) {
  const auto client = socket();
  client->say(frame(0x88, "\x03\xED"));
  ASSERT_TRUE(run_until([&] { return client->ended(); }));
  EXPECT_EQ(client->heard(), farewell(1002, "a close code that may not be said"));
}

TEST_F(WebServerTest, ACloseIsAnsweredAndTheConnectionEnds) {
  const auto client = socket();
  client->say(frame(0x88,
                    "\x03\xE8"
                    "bye"));
  ASSERT_TRUE(run_until([&] { return client->ended(); }));
  EXPECT_EQ(client->heard(), farewell(1000, ""));
  client->close_half();
  EXPECT_TRUE(run_until([&] { return host.open == 0; }));
}

TEST_F(WebServerTest, WhatIsQueuedGoesOutBeforeTheFarewell) {
  const auto client = socket();
  const std::string text(900'000, 't');
  ASSERT_TRUE(host.socket->send_text(text));
  ASSERT_TRUE(host.socket->send_text(text));
  host.socket->close(4003, "over");
  ASSERT_TRUE(run_until([&] { return client->heard().ends_with(farewell(4003, "over")); }));
  EXPECT_GT(client->heard().size(), 1'800'000U);
  client->say(frame(0x88, "\x0F\xA3"));
  EXPECT_TRUE(run_until([&] { return client->ended(); }));
}

class WebServerPingsTest : public WebServerTest {
 protected:
  void SetUp() override {
    settings.ping_ms = 200;
    WebServerTest::SetUp();
  }
  static inline const std::string kPing{"\x89\x01\x00", 3};
};

TEST_F(WebServerPingsTest, WhoSaysNothingIsPingedAndClosedWithoutAnAnswer) {
  const auto client = socket();
  EXPECT_TRUE(run_until([&] { return client->heard() == kPing; }));
  EXPECT_EQ(host.open, 1);
  EXPECT_TRUE(run_until([&] { return host.open == 0; }));
}

TEST_F(WebServerPingsTest, AnAnswerKeepsTheConnection) {
  const auto client = socket();
  std::string expected;
  for (int round = 0; round < 3; ++round) {
    expected += kPing;
    ASSERT_TRUE(run_until([&] { return client->heard() == expected; })) << round;
    EXPECT_EQ(host.open, 1);
    client->say(frame(0x8A, std::string(1, '\0')));
  }
}

}  // namespace
}  // namespace roundelay::web_server_test
