#include "server/net/acceptor.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <memory>
#include <vector>

#include "server/net/listen_socket.h"

namespace roundelay::acceptor_test {
namespace {

int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  close(fd);
  return -1;
}

TEST(Acceptor, AStormIsTakenAtThePaceAndNobodyIsLost) {
  constexpr size_t kStorm = 24;
  uv_loop_t loop;
  uv_loop_init(&loop);
  const auto kept = bind_listen_socket("127.0.0.1", 0, PortSharing::kShared);
  ASSERT_TRUE(kept) << kept.error();
  const FileDescriptor keep(*kept);
  std::vector<std::unique_ptr<FileDescriptor>> clients;
  std::vector<std::unique_ptr<FileDescriptor>> taken;
  std::vector<uint64_t> taken_at_ms;
  {
    Acceptor acceptor(&loop, "127.0.0.1", port_of(*kept), 400, [&](int fd) {
      taken.push_back(std::make_unique<FileDescriptor>(fd));
      taken_at_ms.push_back(uv_now(&loop));
    });
    for (size_t i = 0; i < kStorm; ++i) {
      const int fd = connect_to(port_of(*kept));
      ASSERT_GE(fd, 0);
      clients.push_back(std::make_unique<FileDescriptor>(fd));
    }
    while (taken.size() < kStorm) uv_run(&loop, UV_RUN_ONCE);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(uv_loop_close(&loop), 0);
  // 400 a second are 4 in a turn of 10 ms: whichever nine one looks at, they took longer than a turn.
  for (size_t i = 8; i < kStorm; ++i) EXPECT_GE(taken_at_ms[i] - taken_at_ms[i - 8], 10U) << i;
}

}  // namespace
}  // namespace roundelay::acceptor_test
