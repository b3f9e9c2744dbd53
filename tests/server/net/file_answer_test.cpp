// Answers from a range of a file, over a real socket.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <functional>
#include <optional>
#include <string>

#include "server/net/listen_socket.h"
#include "server/net/web_server.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/net/web_client.h"

namespace roundelay::file_answer_test {
namespace {

class FileAnswer : public testing::Test, private WebHandler {
 protected:
  FileAnswer() {
    WebServerSettings settings;
    settings.host = "127.0.0.1";
    settings.port = port();
    settings.deadline_turn_ms = 20;
    settings.times = times();
    web_.emplace(loop_.get(), settings, static_cast<WebHandler&>(*this));
  }
  ~FileAnswer() override {
    web_->shut_down();
    web_.reset();
  }

  // Whoever does not read is given up after so long.
  static HttpTimes times() {
    HttpTimes out;
    out.write_ms = 500;
    return out;
  }
  void make_file(size_t bytes) {
    content_.resize(bytes);
    uint32_t state = 7;
    for (char& each : content_) each = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
    folder_.write("song", content_);
  }
  static std::string get(const std::string& headers = {}, const std::string& method = "GET") {
    return method + " /song HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n";
  }
  // The head of the answer, and what came behind it, once `bytes` have.
  std::pair<std::string, std::string> answer(WebClient& client, size_t bytes) {
    const auto body_at = [&] { return client.heard().find("\r\n\r\n"); };
    EXPECT_TRUE(
        loop_.run_until([&] { return body_at() != std::string::npos && client.heard().size() >= body_at() + 4 + bytes; }));
    const std::string& all = client.heard();
    return {all.substr(0, body_at()), all.substr(std::min(all.size(), body_at() + 4))};
  }
  [[nodiscard]] int port() const { return port_of(kept_.get()); }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/song";
  std::string content_;
  std::optional<size_t> promised_;  // another length than the file has
  int gone_ = 0;
  Loop loop_;
  FileDescriptor kept_{bind_listen_socket("127.0.0.1", 0, PortSharing::kShared).value()};
  std::optional<WebServer> web_;

 private:
  void on_request(HttpRequest& request) override {
    FileDescriptor file(open(path_.c_str(), O_RDONLY | O_CLOEXEC));
    request.respond_with_file(std::make_shared<const FileDescriptor>(std::move(file)),
                              static_cast<int64_t>(promised_.value_or(content_.size())), "\"tag\"", "audio/ogg");
  }
  void on_body(HttpRequest&, std::span<const uint8_t>) override {}
  void on_body_end(HttpRequest&) override {}
  void on_request_gone(HttpRequest&) override { ++gone_; }
  bool may_connect() override { return false; }
  void on_open(WebSocket&) override {}
  void on_text(WebSocket&, std::string_view) override {}
  void on_binary(WebSocket&, std::span<const uint8_t>) override {}
  void on_close(WebSocket&) override {}
};

TEST_F(FileAnswer, IsTheWholeFileByteByByte) {
  make_file(3 * FileReader::kPieceBytes + 17);
  WebClient client(port());
  client.say(get());
  const auto [head, body] = answer(client, content_.size());
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200 OK\r\n")) << head;
  EXPECT_NE(head.find("content-type: audio/ogg\r\n"), std::string::npos);
  EXPECT_NE(head.find("accept-ranges: bytes\r\n"), std::string::npos);
  EXPECT_NE(head.find("etag: \"tag\""), std::string::npos);
  EXPECT_NE(head.find("content-length: " + std::to_string(content_.size())), std::string::npos);
  EXPECT_TRUE(body == content_);
}

// The kernel makes this file when it is read, and never gives it without waiting.
TEST_F(FileAnswer, IsWholeWhereTheKernelHasItNotInMemory) {
  path_ = "/proc/version";
  std::getline(std::ifstream(path_), content_);
  WebClient client(port());
  client.say(get());
  EXPECT_EQ(answer(client, content_.size()).second, content_);
}

TEST_F(FileAnswer, IsTheRangeThatIsAskedFor) {
  make_file(3 * FileReader::kPieceBytes);
  WebClient client(port());
  client.say(get("Range: bytes=1000-70999\r\n"));
  const auto [head, body] = answer(client, 70'000);
  EXPECT_TRUE(head.starts_with("HTTP/1.1 206 Partial Content\r\n")) << head;
  EXPECT_NE(head.find("content-range: bytes 1000-70999/" + std::to_string(content_.size())), std::string::npos);
  EXPECT_TRUE(body == content_.substr(1'000, 70'000));
}

TEST_F(FileAnswer, OneConnectionAsksForManyRanges) {
  make_file(200'000);
  WebClient client(port());
  for (const size_t first : {size_t{199'990}, size_t{0}, size_t{65'530}}) {
    client.forget();
    client.say(get("Range: bytes=" + std::to_string(first) + "-" + std::to_string(first + 9) + "\r\nIf-Range: \"tag\"\r\n"));
    EXPECT_EQ(answer(client, 10).second, content_.substr(first, 10));
  }
  ASSERT_TRUE(loop_.run_until([&] { return gone_ == 3; }));
}

TEST_F(FileAnswer, WithoutABodyHasNone) {
  make_file(100'000);
  WebClient client(port());
  client.say(get({}, "HEAD"));
  EXPECT_NE(answer(client, 0).first.find("content-length: 100000"), std::string::npos);
  ASSERT_TRUE(loop_.run_until([&] { return gone_ == 1; }));
  client.forget();
  client.say(get("Range: bytes=100000-\r\n"));
  const auto [unsatisfiable, nothing] = answer(client, 0);
  EXPECT_TRUE(unsatisfiable.starts_with("HTTP/1.1 416 ")) << unsatisfiable;
  EXPECT_NE(unsatisfiable.find("content-range: bytes */100000"), std::string::npos);
  EXPECT_EQ(nothing, "");
  ASSERT_TRUE(loop_.run_until([&] { return gone_ == 2; }));
  client.forget();
  client.say(get("If-None-Match: \"tag\"\r\n"));
  const auto [same, no_body] = answer(client, 0);
  EXPECT_TRUE(same.starts_with("HTTP/1.1 304 Not Modified\r\n")) << same;
  EXPECT_EQ(same.find("content-length"), std::string::npos);
  EXPECT_EQ(no_body, "");
}

TEST_F(FileAnswer, AnEmptyFileIsAnswered) {
  make_file(0);
  WebClient client(port());
  client.say(get());
  EXPECT_NE(answer(client, 0).first.find("content-length: 0"), std::string::npos);
}

TEST_F(FileAnswer, AFileThatIsShorterThanPromisedEndsTheConnection) {
  make_file(100'000);
  promised_ = 200'000;
  WebClient client(port());
  client.say(get());
  ASSERT_TRUE(loop_.run_until([&] { return client.ended(); }));
  const size_t body_at = client.heard().find("\r\n\r\n") + 4;
  EXPECT_EQ(client.heard().substr(body_at), content_.substr(0, client.heard().size() - body_at));
  EXPECT_EQ(gone_, 1);
}

TEST_F(FileAnswer, WhoReadsSlowlyGetsAllOfItInTheEnd) {
  make_file(8'000'000);
  WebClient client(port());
  client.say(get());
  // It reads a little only now and then: the kernel's buffers are full all the time.
  size_t read = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (read < content_.size() && std::chrono::steady_clock::now() < deadline) {
    for (int turn = 0; turn < 3; ++turn) uv_run(loop_.get(), UV_RUN_NOWAIT);
    read = client.heard().size();
  }
  EXPECT_TRUE(answer(client, content_.size()).second == content_);
}

TEST_F(FileAnswer, WhoReadsNothingIsGivenUpAndCostsNoOneElse) {
  make_file(30'000'000);
  WebClient stalls(port());
  stalls.say(get());
  WebClient reads(port());
  reads.say(get("Range: bytes=0-99\r\n"));
  EXPECT_EQ(answer(reads, 100).second, content_.substr(0, 100));
  EXPECT_TRUE(loop_.run_until([&] { return gone_ == 2; })) << "the one who stalls is never given up";
  EXPECT_TRUE(loop_.run_until([&] { return stalls.ended(); }));
  EXPECT_LT(stalls.heard().size(), content_.size());
}

TEST_F(FileAnswer, AllTogetherGoNoFasterThanTheyMayAndTakeTurns) {
  make_file(8 * FileReader::kPieceBytes);
  constexpr int64_t kRate = 4'000'000;
  web_->set_file_rate(kRate);
  WebClient one(port());
  WebClient other(port());
  const uint64_t begun_ms = uv_hrtime() / 1'000'000;
  one.say(get());
  other.say(get());
  // Both read all the time.
  ASSERT_TRUE(loop_.run_until([&] { return !other.heard().empty() && one.heard().size() > content_.size(); }));
  EXPECT_GT(other.heard().size(), content_.size() / 2) << "whoever asked first got all of it first";
  ASSERT_TRUE(loop_.run_until([&] { return other.heard().size() > content_.size(); }));
  const auto took_ms = static_cast<int64_t>(uv_hrtime() / 1'000'000 - begun_ms);
  const auto bytes =
      static_cast<int64_t>(2 * content_.size() - 2 * FileReader::kPieceBytes);  // the last ones end with their sending
  EXPECT_GE(took_ms + FilePace::kBurstMs, 1'000 * bytes / kRate);
  EXPECT_TRUE(answer(one, content_.size()).second == content_);
  EXPECT_TRUE(answer(other, content_.size()).second == content_);
}

TEST_F(FileAnswer, WhoLeavesWhileAPieceWaitsForItsTurnIsForgotten) {
  make_file(8 * FileReader::kPieceBytes);
  web_->set_file_rate(100'000);
  WebClient stays(port());
  stays.say(get("Range: bytes=0-9\r\n"));
  {
    WebClient leaves(port());
    leaves.say(get());
    ASSERT_TRUE(loop_.run_until([&] { return leaves.heard().size() > 1'000; }));
  }
  web_->set_file_rate(FilePace::kUnhurried);
  EXPECT_EQ(answer(stays, 10).second, content_.substr(0, 10));
  EXPECT_TRUE(loop_.run_until([&] { return gone_ == 2; }));
}

TEST_F(FileAnswer, WhoLeavesInTheMiddleLeavesNothing) {
  make_file(30'000'000);
  {
    WebClient client(port());
    client.say(get());
    ASSERT_TRUE(loop_.run_until([&] { return client.heard().size() > 100'000; }));
  }
  EXPECT_TRUE(loop_.run_until([&] { return gone_ == 1; }));
}

}  // namespace
}  // namespace roundelay::file_answer_test
