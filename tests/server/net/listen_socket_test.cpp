#include "server/net/listen_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include "mixer/file_descriptor.h"

namespace roundelay {
namespace {

TEST(ListenSocket, APortIsSharedWithThoseWhoShareIt) {
  const auto first = bind_listen_socket("127.0.0.1", 0, PortSharing::kShared);
  ASSERT_TRUE(first) << first.error();
  const FileDescriptor keep(*first);
  const int port = port_of(*first);
  EXPECT_GT(port, 0);
  const auto second = bind_listen_socket("127.0.0.1", port, PortSharing::kShared);
  ASSERT_TRUE(second) << second.error();
  const FileDescriptor keep_too(*second);
  EXPECT_EQ(port_of(*second), port);
}

TEST(ListenSocket, AloneFindsThatSomebodyElseListens) {
  const auto first = bind_listen_socket("127.0.0.1", 0, PortSharing::kShared);
  ASSERT_TRUE(first) << first.error();
  const FileDescriptor keep(*first);
  ASSERT_EQ(listen(*first, 1), 0);
  const int port = port_of(*first);
  const auto second = bind_listen_socket("127.0.0.1", port, PortSharing::kAlone);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error(), "port " + std::to_string(port) + " of 127.0.0.1 cannot be used: Address already in use");
}

TEST(ListenSocket, ANameIsNotAnAddress) {
  EXPECT_EQ(bind_listen_socket("sing.example", 0, PortSharing::kShared).error(),
            "'sing.example' is not an address to listen on; use a numeric one such as 0.0.0.0");
}

}  // namespace
}  // namespace roundelay
