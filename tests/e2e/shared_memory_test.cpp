// A server whose shared memory is small: what does not fit is refused, and what is being sung goes on. Needs root: it gives
// itself a /dev/shm of its own.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <list>
#include <utility>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::shared_memory_test {
namespace {

class SharedMemory : public ::testing::Test {
 protected:
  // In a mount namespace of this process, which the servers that it starts inherit.
  static void use_small_memory(const std::string& size) {
    ASSERT_EQ(unshare(CLONE_NEWNS), 0) << strerror(errno) << " (this test needs root)";
    ASSERT_EQ(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0) << strerror(errno);
    ASSERT_EQ(mount("roundelay-test", "/dev/shm", "tmpfs", 0, ("size=" + size).c_str()), 0) << strerror(errno);
    mounted_ = true;
  }
  ~SharedMemory() override {
    if (std::exchange(mounted_, false)) umount2("/dev/shm", MNT_DETACH);
  }
  static inline bool mounted_ = false;
};

// A room that sings, or would like to.
struct Singing {
  explicit Singing(const Server& server) : room(server.make_room().at("room")), leader(server.port()) {
    EXPECT_EQ(leader.enter(room, "Leader").value("type", ""), "welcome");
    leader.send_json({{"type", "lead"}});
    EXPECT_TRUE(leader.receive_type("leader"));
  }
  // The answer: `song` or `error`.
  nlohmann::json start() {
    leader.send_json({{"type", "start"}});
    for (;;) {
      const auto message = leader.receive();
      if (!message || message->opcode == 8) return {};
      if (message->opcode != 1) continue;
      nlohmann::json json = message->json();
      if (json.value("type", "") == "song" || json.value("type", "") == "error") return json;
    }
  }
  bool hears_on() {
    int blocks = 0;
    while (blocks < 10) {
      const auto message = leader.receive();
      if (!message || message->opcode == 8) return false;
      if (message->opcode == 2) ++blocks;
    }
    return true;
  }
  std::string room;
  RawClient leader;
};

TEST_F(SharedMemory, TheRoomThatDoesNotFitIsRefusedAndTheOthersSingOn) {
  use_small_memory("15m");
  // A room's ring is 512 blocks here, so that three fit beside what the server needs anyway.
  Server server(1, {{"default_interval_ms", 200}, {"lead_in_ms", 100}, {"forget_person_s", 1}, {"empty_room_s", 0}});
  const auto shards = server.pids("shard");
  std::list<Singing> rooms;
  for (int i = 0; i < 3; ++i) {
    const auto answer = rooms.emplace_back(server).start();
    ASSERT_EQ(answer.value("type", ""), "song") << answer << server.log();
  }
  Singing& fourth = rooms.emplace_back(server);
  for (int attempt = 1; attempt <= 3; ++attempt) {
    const auto answer = fourth.start();
    ASSERT_EQ(answer.value("code", ""), "server_full_songs") << answer << server.log();
    EXPECT_NE(answer.at("message").get<std::string>().find("no memory left"), std::string::npos) << answer;
    const auto memory = server.status().at("shared_memory");
    EXPECT_EQ(memory.at("songs_refused"), attempt);
    EXPECT_LT(memory.at("left_bytes").get<int64_t>(), 2'000'000);
    EXPECT_GT(memory.at("used_bytes").get<int64_t>(), 3 * 2'000'000);
  }
  for (auto room = rooms.begin(); room != std::prev(rooms.end()); ++room) EXPECT_TRUE(room->hears_on()) << server.log();
  EXPECT_EQ(server.pids("shard"), shards) << server.log();
  EXPECT_EQ(server.status().at("shards").at(0).at("starts"), 1);
  EXPECT_NE(server.log().find("no shared memory for a song"), std::string::npos) << "the log says so";
  const std::string metrics = server.request("GET", "/metrics").body;
  EXPECT_NE(metrics.find("roundelay_songs_refused_total 3"), std::string::npos);
  EXPECT_NE(metrics.find("roundelay_shared_memory_left_bytes "), std::string::npos);
  EXPECT_NE(metrics.find("roundelay_shared_memory_used_bytes "), std::string::npos);

  // A room that everybody has left makes way.
  rooms.pop_front();
  EXPECT_TRUE(wait_until([&] { return server.status().at("shared_memory").at("left_bytes").get<int64_t>() > 4'500'000; }))
      << server.status() << server.log();
  EXPECT_EQ(fourth.start().value("type", ""), "song") << server.log();
  for (Singing& room : rooms) EXPECT_TRUE(room.hears_on()) << server.log();
  EXPECT_EQ(server.pids("shard"), shards) << server.log();
}

TEST_F(SharedMemory, AServerThatDoesNotFitSaysSoInsteadOfStarting) {
  use_small_memory("256k");
  TemporaryFolder folder;
  Process serve({ROUNDELAY_PROGRAM, "serve", "--shards", "1", "--port", "0", "--data", folder / "data", "--web", TEST_PAGE_DIR},
                folder / "log");
  EXPECT_EQ(serve.wait(10s), 1);
  std::ifstream in(folder / "log");
  const std::string log{std::istreambuf_iterator<char>(in), {}};
  EXPECT_NE((serve.output() + log).find("/dev/shm is full"), std::string::npos) << serve.output() << log;
}

}  // namespace
}  // namespace roundelay::e2e::shared_memory_test
