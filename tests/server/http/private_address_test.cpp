#include "server/http/private_address.h"

#include <gtest/gtest.h>

namespace roundelay::private_address_test {
namespace {

TEST(PrivateAddress, IsLoopbackOrOfAPrivateNetwork) {
  for (const char* address : {"127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.4.4", "169.254.1.1", "::1",
                              "fe80::1", "fd00::7", "::ffff:10.0.0.1"})
    EXPECT_TRUE(is_private_address(address)) << address;
  for (const char* address :
       {"8.8.8.8", "172.32.0.1", "172.15.0.1", "192.169.0.1", "11.0.0.1", "2001:db8::1", "::ffff:8.8.8.8", "", "x"})
    EXPECT_FALSE(is_private_address(address)) << address;
}

}  // namespace
}  // namespace roundelay::private_address_test
