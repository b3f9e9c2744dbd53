#include "server/base/ip_address.h"

#include <gtest/gtest.h>

namespace roundelay::ip_address_test {
namespace {

std::string read(const char* text) {
  const auto address = IpAddress::parse(text);
  return address ? address->text() : "none";
}

TEST(IpAddress, IsReadAndWrittenShortestAndIpv4InIpv6IsIpv4) {
  EXPECT_EQ(read("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(read("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(read("2001:0DB8::0001"), "2001:db8::1");
  EXPECT_EQ(read("fe80::1%eth0"), "fe80::1");
  for (const char* text : {"", "x", "192.0.2", "192.0.2.1:80", "[::1]", "192.0.2.1 ", "%eth0", "1:2:3", "256.0.0.1"})
    EXPECT_EQ(read(text), "none") << text;
}

TEST(IpAddress, LimitsCountPerHousehold) {
  EXPECT_EQ(limit_key("2001:db8:1:2:3:4:5:6"), limit_key("2001:db8:1:2::9"));
  EXPECT_NE(limit_key("2001:db8:1:2::9"), limit_key("2001:db8:1:3::9"));
  EXPECT_NE(limit_key("192.0.2.1"), limit_key("192.0.2.2"));
  EXPECT_EQ(limit_key("::ffff:192.0.2.1"), limit_key("192.0.2.1"));
  EXPECT_EQ(limit_key("anything"), "anything");
}

TEST(AddressList, HoldsAddressesAndNetworksOfBothKinds) {
  const auto list = AddressList::parse(" 127.0.0.1,10.1.2.3/8  2001:db8::/33, ::1 ");
  ASSERT_TRUE(list) << list.error();
  const auto contains = [&](const char* text) { return list->contains(*IpAddress::parse(text)); };
  for (const char* text : {"127.0.0.1", "::ffff:127.0.0.1", "10.255.0.1", "2001:db8:7fff::1", "::1"})
    EXPECT_TRUE(contains(text)) << text;
  for (const char* text : {"127.0.0.2", "11.0.0.1", "2001:db8:8000::1", "::2"}) EXPECT_FALSE(contains(text)) << text;
  EXPECT_FALSE(AddressList::parse("")->contains(*IpAddress::parse("127.0.0.1")));
  EXPECT_TRUE(AddressList::parse("0.0.0.0/0")->contains(*IpAddress::parse("192.0.2.1")));
  EXPECT_FALSE(AddressList::parse("::/0")->contains(*IpAddress::parse("192.0.2.1")));
}

TEST(AddressList, RefusesWhatIsNoNetwork) {
  for (const char* text : {"proxy", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::1/129", "10.0.0.0/8/8", "127.0.0.1;::1"})
    EXPECT_FALSE(AddressList::parse(text)) << text;
}

}  // namespace
}  // namespace roundelay::ip_address_test
