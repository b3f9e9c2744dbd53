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

TEST(Acceptor, WhoWaitsIsTakenFromASocketOfOthersUntilItsListeningEnds) {
  uv_loop_t loop;
  uv_loop_init(&loop);
  const auto chosen = bind_listen_socket("127.0.0.1", 0, PortSharing::kShared);
  ASSERT_TRUE(chosen) << chosen.error();
  const FileDescriptor keep(*chosen);
  const auto bound = bind_listen_socket("127.0.0.1", port_of(*chosen), PortSharing::kShared);
  ASSERT_TRUE(bound) << bound.error();
  const FileDescriptor theirs(*bound);
  EXPECT_FALSE(listens(theirs.get()));
  ASSERT_EQ(listen(theirs.get(), 16), 0);
  EXPECT_TRUE(listens(theirs.get()));
  const int port = port_of(theirs.get());
  std::vector<std::unique_ptr<FileDescriptor>> taken;
  const FileDescriptor waits(connect_to(port));
  {
    Acceptor acceptor(&loop, FileDescriptor(dup(theirs.get())), 1'000,
                      [&](int fd) { taken.push_back(std::make_unique<FileDescriptor>(fd)); });
    EXPECT_EQ(taken.size(), 1U);
    const FileDescriptor comes(connect_to(port));
    while (taken.size() < 2) uv_run(&loop, UV_RUN_ONCE);
    shutdown(theirs.get(), SHUT_RD);
    uv_run(&loop, UV_RUN_DEFAULT);  // has nothing left to wait for
    EXPECT_EQ(connect_to(port), -1);
    ASSERT_EQ(listen(theirs.get(), 16), 0) << "it is bound still";
    const FileDescriptor stranger(connect_to(port));
    EXPECT_GE(stranger.get(), 0);
    acceptor.stop();
    EXPECT_EQ(taken.size(), 2U);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(uv_loop_close(&loop), 0);
}

TEST(Acceptor, WhoStopsTakesThoseWhoWaitWhateverThePace) {
  uv_loop_t loop;
  uv_loop_init(&loop);
  const auto kept = bind_listen_socket("127.0.0.1", 0, PortSharing::kShared);
  ASSERT_TRUE(kept) << kept.error();
  const FileDescriptor keep(*kept);
  const int port = port_of(*kept);
  std::vector<std::unique_ptr<FileDescriptor>> clients;
  std::vector<std::unique_ptr<FileDescriptor>> taken;
  {
    Acceptor acceptor(&loop, "127.0.0.1", port, 100, [&](int fd) { taken.push_back(std::make_unique<FileDescriptor>(fd)); });
    for (int i = 0; i < 5; ++i) {
      clients.push_back(std::make_unique<FileDescriptor>(connect_to(port)));
      ASSERT_GE(clients.back()->get(), 0);
    }
    acceptor.stop();
    EXPECT_EQ(taken.size(), 5U);
    EXPECT_EQ(connect_to(port), -1);
  }
  uv_run(&loop, UV_RUN_DEFAULT);
  EXPECT_EQ(uv_loop_close(&loop), 0);
}

}  // namespace
}  // namespace roundelay::acceptor_test
