// With a shell script in the place of `roundelay robots`.
#include "server/conductor/robots.h"

#include <gtest/gtest.h>
#include <memory>

#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::robots_test {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

class RobotsTest : public testing::Test {
 protected:
  // Writes what it was told, sings until SIGTERM, and says good-bye then.
  void start(const std::string& script = "") {
    const std::string singing = "echo \"$@\" >>" + folder_.path() + "/told\necho $ROUNDELAY_KEY >>" + folder_.path() +
                                "/key\ntrap 'echo bye >>" + folder_.path() + "/bye; exit 0' TERM\necho ready >>" +
                                folder_.path() + "/ready\nwhile :; do sleep 0.01; done\n";
    robots_ = std::make_unique<RobotChoirs>(
        loop_.get(), RobotChoirs::Options{.command = {"/bin/sh", folder_.write("robots.sh", script.empty() ? singing : script)},
                                          .url = "ws://127.0.0.1:1/ws",
                                          .max_choirs = 2});
  }
  bool file_says(const std::string& name, const std::string& content) {
    return loop_.run_until([&] { return folder_.read(name) == content; });
  }

  TemporaryFolder folder_;
  Loop loop_;
  std::unique_ptr<RobotChoirs> robots_;
};

TEST_F(RobotsTest, ChoirIsToldWhereToSing) {
  start();
  ASSERT_TRUE(robots_->start("room", "secret", 0));
  EXPECT_TRUE(file_says("told", "--url ws://127.0.0.1:1/ws --room room\n")) << "the key is in no command line";
  EXPECT_TRUE(file_says("key", "secret\n"));
  EXPECT_TRUE(file_says("ready", "ready\n"));
}

TEST_F(RobotsTest, OnlySoManyChoirs) {
  start();
  EXPECT_FALSE(robots_->full());
  ASSERT_TRUE(robots_->start("a", "k", 0));
  ASSERT_TRUE(robots_->start("b", "k", 0));
  EXPECT_TRUE(robots_->full());
  EXPECT_TRUE(file_says("ready", "ready\nready\n"));
}

TEST_F(RobotsTest, EndWhenNoHumanWasThereForAMinute) {
  start();
  ASSERT_TRUE(robots_->start("a", "k", 0));
  ASSERT_TRUE(file_says("ready", "ready\n"));
  int humans = 1;
  const auto count = [&](const std::string&) { return humans; };
  robots_->tick(100 * kSecond, count);
  humans = 0;
  robots_->tick(159 * kSecond, count);
  EXPECT_EQ(folder_.read("bye"), "");
  robots_->tick(160 * kSecond, count);
  robots_->tick(161 * kSecond, count);
  EXPECT_TRUE(loop_.run_until([&] { return robots_->count() == 0; }));
  EXPECT_EQ(folder_.read("bye"), "bye\n");
}

TEST_F(RobotsTest, ChoirThatEndsByItselfMakesRoom) {
  start("exit 3");
  ASSERT_TRUE(robots_->start("a", "k", 0));
  EXPECT_TRUE(loop_.run_until([&] { return robots_->count() == 0; }));
}

TEST_F(RobotsTest, EndWithTheConductor) {
  start();
  ASSERT_TRUE(robots_->start("a", "k", 0));
  ASSERT_TRUE(file_says("ready", "ready\n"));
  robots_.reset();
  EXPECT_TRUE(file_says("bye", "bye\n"));
}

TEST_F(RobotsTest, MissingProgramIsAnError) {
  robots_ = std::make_unique<RobotChoirs>(loop_.get(), RobotChoirs::Options{.command = {folder_.path() + "/none"}, .url = ""});
  EXPECT_FALSE(robots_->start("a", "k", 0));
  EXPECT_EQ(robots_->count(), 0u);
}

TEST(RobotsUrl, LeadsToThisMachine) {
  EXPECT_EQ(local_url("0.0.0.0", 80), "ws://127.0.0.1:80/ws");
  EXPECT_EQ(local_url("::", 80), "ws://127.0.0.1:80/ws");
  EXPECT_EQ(local_url("::1", 80, false, "/sing/"), "ws://[::1]:80/sing/ws");
  EXPECT_EQ(local_url("192.168.0.7", 8080), "ws://192.168.0.7:8080/ws");
  EXPECT_EQ(local_url("0.0.0.0", 443, true), "wss://127.0.0.1:443/ws");
}

}  // namespace
}  // namespace roundelay::robots_test
