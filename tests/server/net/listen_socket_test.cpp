#include "server/net/listen_socket.h"

#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

#include "mixer/file_descriptor.h"

namespace roundelay::listen_socket_test {
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

// A connection of IPv4 to this port, as the other end sees it; empty: none.
bool answers_ipv4(int port) {
  const FileDescriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(client.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

TEST(ListenSocket, AllAddressesAreThoseOfIpv4Too) {
  const auto all = bind_listen_socket("::", 0, PortSharing::kShared);
  ASSERT_TRUE(all) << all.error();
  const FileDescriptor keep(*all);
  ASSERT_EQ(listen(*all, 1), 0);
  EXPECT_TRUE(answers_ipv4(port_of(*all)));
}

// No socket of IPv6 can be made from here on: as where the kernel has none.
void forbid_ipv6() {
  const std::array<sock_filter, 6> filter{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EAFNOSUPPORT),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog program{filter.size(), const_cast<sock_filter*>(filter.data())};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) _exit(2);
}

TEST(ListenSocketDeathTest, WhereThereIsNoIpv6AllAddressesAreThoseOfIpv4) {
  EXPECT_EXIT(
      {
        forbid_ipv6();
        const auto all = bind_listen_socket("::", 0, PortSharing::kShared);
        _exit(all && listen(*all, 1) == 0 && answers_ipv4(port_of(*all)) ? 0 : 1);
      },
      testing::ExitedWithCode(0), "");
}

TEST(ListenSocket, ANameIsNotAnAddress) {
  EXPECT_EQ(bind_listen_socket("sing.example", 0, PortSharing::kShared).error(),
            "'sing.example' is not an address to listen on; use a numeric one such as :: (all) or 127.0.0.1");
}

}  // namespace
}  // namespace roundelay::listen_socket_test
