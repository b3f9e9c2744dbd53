#include "server/net/forwarded.h"

#include <gtest/gtest.h>

namespace roundelay::forwarded_test {
namespace {

HttpHead head_with(const std::string& lines) {
  return parse_head("GET / HTTP/1.1\r\nHost: inside\r\n" + lines + "\r\n").value();
}

std::string address(const std::string& lines, const std::string& peer = "127.0.0.1") {
  return asker_of(peer, head_with(lines), AddressList::parse("127.0.0.0/8, ::1, 10.0.0.0/8, 2001:db8:1::/48").value()).address;
}

TEST(Forwarded, NobodyIsBelievedWhoIsNotTrusted) {
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7\r\n", "192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address("Forwarded: for=192.0.2.7\r\n", "2001:db8:2::1"), "2001:db8:2::1");
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7\r\n", ""), "");
  const auto asker =
      asker_of("192.0.2.1", head_with("X-Forwarded-Host: sing.example\r\n"), AddressList::parse("127.0.0.1").value());
  EXPECT_EQ(asker.host, "");
}

TEST(Forwarded, TheLastAddressThatIsNotTrustedCounts) {
  EXPECT_EQ(address(""), "127.0.0.1");
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7\r\n"), "192.0.2.7");
  EXPECT_EQ(address("X-Forwarded-For: 198.51.100.1, 192.0.2.7, 10.0.0.3\r\n"), "192.0.2.7") << "what came before is a claim";
  EXPECT_EQ(address("X-Forwarded-For: 198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\n"), "192.0.2.7") << "two lines, one list";
  EXPECT_EQ(address("X-Forwarded-For: 10.0.0.4, 10.0.0.3\r\n"), "10.0.0.4") << "all are trusted";
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7:4711\r\n"), "192.0.2.7");
  EXPECT_EQ(address("X-Forwarded-For: ::ffff:192.0.2.7\r\n", "::1"), "192.0.2.7");
  EXPECT_EQ(address("X-Forwarded-For: 2001:db8:2::7, [2001:db8:1::2]:80\r\n"), "2001:db8:2::7");
}

TEST(Forwarded, WhereTheChainBreaksTheProxyThatSaidSoCounts) {
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7, unknown, 10.0.0.3\r\n"), "10.0.0.3");
  EXPECT_EQ(address("X-Forwarded-For: 192.0.2.7, \r\n"), "127.0.0.1");
  EXPECT_EQ(address("Forwarded: for=_hidden\r\n"), "127.0.0.1");
  EXPECT_EQ(address("Forwarded: for=192.0.2.7, by=10.0.0.3\r\n"), "127.0.0.1");
}

TEST(Forwarded, IsReadAsRfc7239WantsIt) {
  EXPECT_EQ(address("Forwarded: For=\"[2001:db8:2::7]:4711\";proto=https;by=10.0.0.3\r\n"), "2001:db8:2::7");
  EXPECT_EQ(address("Forwarded: for=198.51.100.1, for=192.0.2.7;host=\"a,b;for=1.2.3.4\"\r\n"), "192.0.2.7");
  EXPECT_EQ(address("Forwarded: for=198.51.100.1\r\nX-Forwarded-For: 192.0.2.7\r\n"), "192.0.2.7") << "anybody may have sent it";
}

TEST(Forwarded, TheHostIsTheOneThatWasAskedFor) {
  const auto host = [](const std::string& lines) {
    return asker_of("127.0.0.1", head_with(lines), AddressList::parse("127.0.0.1").value()).host;
  };
  EXPECT_EQ(host(""), "");
  EXPECT_EQ(host("X-Forwarded-Host: sing.example, inside.example\r\n"), "sing.example");
  EXPECT_EQ(host("Forwarded: for=192.0.2.7;host=\"sing.example:8443\";proto=https\r\n"), "sing.example:8443");
}

}  // namespace
}  // namespace roundelay::forwarded_test
