#include "server/singer/server_url.h"

#include <gtest/gtest.h>

namespace roundelay::server_url_test {
namespace {

TEST(ServerUrl, TakesHostPortPathAndTls) {
  const auto url = parse_server_url("wss://sing.example:8443/choir/ws");
  ASSERT_TRUE(url) << url.error();
  EXPECT_EQ(url->host, "sing.example");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/choir/ws");
  EXPECT_TRUE(url->tls);
}

TEST(ServerUrl, FillsInWhatIsUsual) {
  const auto plain = parse_server_url("http://sing.example");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->port, 80);
  EXPECT_EQ(plain->path, "/ws");
  EXPECT_FALSE(plain->tls);
  const auto tls = parse_server_url("https://sing.example/");
  ASSERT_TRUE(tls);
  EXPECT_EQ(tls->port, 443);
  EXPECT_EQ(tls->path, "/ws");
  const auto bare = parse_server_url("127.0.0.1:8080");
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->host, "127.0.0.1");
  EXPECT_EQ(bare->port, 8080);
}

TEST(ServerUrl, TakesAddressesInBrackets) {
  const auto url = parse_server_url("ws://[::1]:8080/ws");
  ASSERT_TRUE(url) << url.error();
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->port, 8080);
}

TEST(ServerUrl, RefusesWhatIsNoServer) {
  for (const char* bad : {"ftp://host/ws", "ws://", "ws://host:0/ws", "ws://host:65536", "ws://host:80a/ws", "ws://[::1/ws"}) {
    EXPECT_FALSE(parse_server_url(bad)) << bad;
  }
}

}  // namespace
}  // namespace roundelay::server_url_test
