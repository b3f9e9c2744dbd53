// A server ends, or becomes another version of itself, while songs are on.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "mixer/file_descriptor.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::restart_test {
namespace {

const nlohmann::json kDrains{{"default_interval_ms", 200}, {"lead_in_ms", 300}, {"drain_s", 60}};

// The last JSON line of this kind that a singer printed.
std::optional<nlohmann::json> last_event(Process& singer, const std::string& kind) {
  std::optional<nlohmann::json> found;
  std::istringstream lines(singer.output());
  for (std::string line; std::getline(lines, line);) {
    auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object() && json.value("event", "") == kind) found = std::move(json);
  }
  return found;
}

bool hears_a_song(Process& singer) {
  const auto heard = last_event(singer, "heard");
  return heard && heard->at("blocks").get<int64_t>() >= 50;
}

// Whether somebody listens on this port of the machine.
bool is_let_in(int port) {
  const FileDescriptor line(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(line.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// A leader and others, until the leader stops after so many seconds.
std::vector<std::unique_ptr<Process>> sing_song(const Server& server, const std::string& room, int singers,
                                                const std::string& seconds) {
  std::vector<std::unique_ptr<Process>> out;
  for (int i = 1; i < singers; ++i) out.push_back(server.sing(room, {"--name", "Singer " + std::to_string(i)}));
  out.push_back(server.sing(room, {"--name", "Leader", "--start-when", std::to_string(singers), "--stop-after", seconds}));
  return out;
}

TEST(Restart, OnSigtermASongIsSungToItsEndAndNoneBegins) {
  Server server(2, kDrains);
  const auto singers = sing_song(server, server.make_room().at("room"), 3, "3");
  for (const auto& singer : singers) ASSERT_TRUE(wait_until([&] { return hears_a_song(*singer); })) << server.log();
  RawClient other(server.port());
  const auto room = server.make_room();
  ASSERT_EQ(other.enter(room.at("room"), "Ann", {{"key", room.at("key")}}).value("type", ""), "welcome");
  server.process().signal(SIGTERM);
  const auto told = other.receive_type("notice");
  ASSERT_TRUE(told);
  EXPECT_NE(told->at("message").get<std::string>().find("restarts soon"), std::string::npos);
  other.send_json({{"type", "lead"}, {"id", 1}});
  other.send_json({{"type", "start"}, {"id", 2}});
  const auto refused = other.receive_type("error");
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->at("code"), "server_restarts");
  EXPECT_EQ(server.process().wait(20s), 0) << server.log();
  EXPECT_EQ(other.receive_close(), 1001);
  for (const auto& singer : singers) {
    (void)singer->wait(10s);
    const auto done = last_event(*singer, "done");
    ASSERT_TRUE(done) << singer->output();
    EXPECT_EQ(done->at("songs"), 1) << singer->output();
    EXPECT_EQ(done->at("lost"), 0) << singer->output();
  }
}

TEST(Restart, ASecondSigtermEndsItAtOnceAndSoDoesCtrlC) {
  for (const int second : {SIGTERM, SIGINT}) {
    Server server(1, kDrains);
    const auto singers = sing_song(server, server.make_room().at("room"), 2, "30");
    for (const auto& singer : singers) ASSERT_TRUE(wait_until([&] { return hears_a_song(*singer); })) << server.log();
    server.process().signal(SIGTERM);
    ASSERT_TRUE(wait_until([&] { return server.log().find("no song begins any more") != std::string::npos; }));
    server.process().signal(second);
    EXPECT_EQ(server.process().wait(10s), 0) << server.log();
    for (const auto& singer : singers) singer->signal(SIGTERM);
  }
}

// A server of a program that lies in a file of its own, which can be replaced.
class Upgrade : public ::testing::Test {
 protected:
  Upgrade() { std::filesystem::copy_file(ROUNDELAY_PROGRAM, program_); }
  // As a package manager does: the new file takes the name of the old one, which lives on while it runs.
  void install(const std::string& file) const { std::filesystem::rename(file, program_); }
  [[nodiscard]] std::vector<std::string> run_it() const {
    return {"/bin/sh", "-c", "program=$0; shift; exec \"$program\" \"$@\"", program_};
  }

  TemporaryFolder folder_;
  std::string program_ = folder_ / "roundelay";
};

TEST_F(Upgrade, EveryProcessIsReplacedInASongThatGoesOn) {
  Server server(2, kDrains, run_it());
  const auto singers = sing_song(server, server.make_room().at("room"), 6, "14");
  for (const auto& singer : singers) ASSERT_TRUE(wait_until([&] { return hears_a_song(*singer); })) << server.log();
  const auto before = children_of(server.process().pid());

  // A program that does not take over changes nothing.
  const std::string wrong = folder_ / "wrong";
  std::ofstream(wrong) << "#!/bin/sh\necho no >&2\nexit 1\n";
  chmod(wrong.c_str(), 0755);
  install(wrong);
  server.process().signal(SIGUSR2);
  ASSERT_TRUE(wait_until([&] { return server.log().find("everything stays as it is") != std::string::npos; })) << server.log();
  EXPECT_EQ(children_of(server.process().pid()), before);

  std::filesystem::copy_file(ROUNDELAY_PROGRAM, folder_ / "new");
  install(folder_ / "new");
  server.process().signal(SIGUSR2);
  int closed_doors = 0;
  ASSERT_TRUE(wait_until(
      [&] {
        closed_doors += is_let_in(server.port()) ? 0 : 1;
        return server.log().find("the conductor and every shard were replaced") != std::string::npos;
      },
      30s))
      << server.log();
  EXPECT_EQ(closed_doors, 0);
  EXPECT_TRUE(is_let_in(server.port()));
  const auto after = children_of(server.process().pid());
  ASSERT_EQ(after.size(), before.size());
  for (const pid_t pid : after) {
    EXPECT_EQ(std::count(before.begin(), before.end(), pid), 0);
    EXPECT_EQ(std::filesystem::read_symlink("/proc/" + std::to_string(pid) + "/exe"), program_);
  }
  EXPECT_EQ(std::filesystem::read_symlink("/proc/" + std::to_string(server.process().pid()) + "/exe"), program_);
  for (const auto& singer : singers) {
    ASSERT_EQ(singer->wait(30s), 0) << singer->output() << server.log();
    const auto done = last_event(*singer, "done");
    ASSERT_TRUE(done) << singer->output();
    EXPECT_EQ(done->at("songs"), 1);
    // She comes back to a shard that was replaced already.
    const int64_t came_back = done->at("reconnects");
    EXPECT_LE(came_back, 1) << singer->output();
    EXPECT_LE(done->at("lost").get<int64_t>(), came_back * 50) << singer->output();
  }
  server.process().signal(SIGTERM);
  EXPECT_EQ(server.process().wait(10s), 0) << server.log();
  EXPECT_FALSE(server.has_shared_memory());
}

}  // namespace
}  // namespace roundelay::e2e::restart_test
