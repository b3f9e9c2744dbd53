// The server with a certificate of its own: the page, the socket and the sound over TLS.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>

#include "tests/certificate/certificate.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"
#include "tests/e2e/tls_stream.h"

namespace roundelay::e2e::tls_test {
namespace {

class Tls : public ::testing::Test {
 protected:
  static nlohmann::json settings(const TemporaryFolder& folder) {
    write_certificate(folder / "tls.crt", folder / "tls.key");
    return {{"tls_certificate", folder / "tls.crt"},
            {"tls_key", folder / "tls.key"},
            {"default_interval_ms", 200},
            {"lead_in_ms", 600}};
  }
  [[nodiscard]] std::string subject() const {
    const int fd = server.connect_to();
    std::string subject = TlsStream(fd).subject();
    close(fd);
    return subject;
  }
  TemporaryFolder files;
  Server server{2, settings(files)};
};

TEST_F(Tls, ServesThePageAndSendsPlainHttpThere) {
  const HttpAnswer page = server.request("GET", "/");
  EXPECT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("<title>Roundelay"), std::string::npos) << page.body;
  EXPECT_EQ(server.request("GET", "/healthz").status, 200);
  // A link to a room, typed without https, leads into that room; and nothing gets into the headers.
  const std::string here = "location: https://localhost:" + std::to_string(server.port());
  for (const auto& [path, there] :
       {std::pair{"/r/abc-12", "/r/abc-12"}, {"/r/abc?x=1&y=%20z", "/r/abc?x=1&y=%20z"}, {"/a%20%22b%22", "/a%20%22b%22"}}) {
    const HttpAnswer plain = server.plain_request("GET", path);
    EXPECT_EQ(plain.status, 301);
    EXPECT_NE(plain.headers.find(here + there + "\r\n"), std::string::npos) << plain.headers;
  }
  EXPECT_EQ(server.plain_request("GET", "/a%0D%0Aset-cookie:%20x").headers.find("set-cookie"), std::string::npos);
  EXPECT_EQ(RawClient(server.port()).handshake_status(), 403) << "no socket without TLS";
}

TEST_F(Tls, RequestsBackToBackAreAnsweredOneAfterTheOther) {
  const std::string post = "POST /api/rooms HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
  const std::string last = "GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  const int fd = server.connect_to();
  std::string heard;
  {
    TlsStream stream(fd);
    ASSERT_TRUE(stream.write(post + post + last));
    for (std::string piece; !(piece = stream.read()).empty();) heard += piece;
  }
  close(fd);
  const size_t second = heard.find("HTTP/1.1 201", 1);
  EXPECT_TRUE(heard.starts_with("HTTP/1.1 201")) << heard;
  ASSERT_NE(second, std::string::npos) << heard;
  EXPECT_NE(heard.find("HTTP/1.1 200", second), std::string::npos) << heard;
}

TEST_F(Tls, ASongIsInTimeToTheSample) {
  constexpr float kHeight = 0.1F;
  constexpr double kLeaderHeard = 0.2394959;  // as in the tests of alignment
  constexpr double kSeconds = 2.0;
  const std::vector<int64_t> clicks{30'000, 71'007};
  write_sound(files / "1.wav", hum_with_clicks(kSeconds, 310, 0.02F, clicks, kHeight));
  write_sound(files / "2.wav", hum_with_clicks(kSeconds, 350, 0.02F, clicks, kHeight));
  const auto made = server.make_room();
  const auto second =
      server.sing(made.at("room"), {"--name", "Ben", "--bucket", "2", "--in", files / "2.wav", "--mix-out", files / "mix.wav"});
  const auto first = server.sing(made.at("room"), {"--name", "Ann", "--bucket", "1", "--in", files / "1.wav", "--start-when", "2",
                                                   "--key", made.at("key"), "--stop-after", std::to_string(kSeconds)});
  for (const auto& singer : {first.get(), second.get()}) {
    ASSERT_EQ(singer->wait(), 0) << singer->output() << server.log();
    EXPECT_NE(singer->output().find("\"lost\":0"), std::string::npos) << singer->output();
  }
  const auto heard = read_mono(files / "mix.wav");
  for (const int64_t at : clicks) {
    const Found found = find_click(heard, at);
    EXPECT_EQ(found.error_samples, 0) << at;
    EXPECT_NEAR(found.height, kLeaderHeard, kLeaderHeard * 0.08) << at;
  }
}

TEST_F(Tls, ANewCertificateIsReadOnRequestAndConnectionsStay) {
  EXPECT_EQ(subject(), "/CN=localhost");
  const int fd = server.connect_to();
  TlsStream old(fd);
  ASSERT_TRUE(old.open());
  write_certificate(files / "tls.crt", files / "tls.key", "renewed");
  server.process().signal(SIGHUP);
  // Two shards take turns as the kernel likes: four in a row tell that both have it.
  int in_a_row = 0;
  EXPECT_TRUE(wait_until([&] {
    in_a_row = subject() == "/CN=renewed" ? in_a_row + 1 : 0;
    return in_a_row == 4;
  })) << server.log();
  EXPECT_TRUE(old.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  EXPECT_TRUE(old.read().starts_with("HTTP/1.1 200"));
  close(fd);

  std::ofstream(files / "tls.key") << "half a fi";
  server.process().signal(SIGHUP);
  EXPECT_TRUE(wait_until([&] { return server.log().find("the certificate stays as it is") != std::string::npos; }));
  EXPECT_EQ(subject(), "/CN=renewed");
}

TEST(TlsFiles, WithoutAGoodCertificateItDoesNotStart) {
  const TemporaryFolder files;
  write_certificate(files / "a.crt", files / "a.key");
  write_certificate(files / "b.crt", files / "b.key");
  Process serve({ROUNDELAY_PROGRAM, "serve", "--port", "0", "--host", "127.0.0.1", "--data", files / "data", "--web",
                 TEST_PAGE_DIR, "--tls-certificate", files / "a.crt", "--tls-key", files / "b.key"},
                files / "log");
  EXPECT_EQ(serve.wait(), 1);
  std::ifstream log(files / "log");
  std::string line;
  std::getline(log, line);
  EXPECT_EQ(line, "roundelay: tls_key '" + files / "b.key" + "' does not belong to tls_certificate '" + files / "a.crt" + "'.");
}

}  // namespace
}  // namespace roundelay::e2e::tls_test
