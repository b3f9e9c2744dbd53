// The supervisor and its children, which do what the test orders (scripted_server.cpp).
#include "server/program/supervisor.h"

#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>

#include "mixer/segment.h"
#include "mixer/strain.h"
#include "server/base/library_paths.h"
#include "server/net/process_beat.h"
#include "tests/e2e/process.h"
#include "tests/server/program/notice_socket.h"

namespace roundelay::supervisor_test {
namespace {

using namespace std::chrono_literals;
using e2e::wait_until;

class SupervisorTest : public testing::Test {
 protected:
  SupervisorTest() {
    std::filesystem::create_directories(data_);
    Config config;
    config.data_dir = data_;
    config_ = *checked(config);
  }
  void order(const std::string& child, const std::string& word) { write("orders-" + child, word); }
  void write(const std::string& name, const std::string& text) { std::ofstream(data_ + "/" + name) << text; }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(data_ + "/" + name);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void start(int shards = 2) {
    server_ = std::make_unique<e2e::Process>(std::vector<std::string>{SCRIPTED_SERVER, "serve", data_, std::to_string(shards)},
                                             folder_ / "log");
  }
  // Until it says so.
  void start_well(int shards = 2) {
    start(shards);
    wait_until_well();
  }
  void wait_until_well() {
    ASSERT_TRUE(wait_until([&] { return server_->output().find("ready") != std::string::npos; })) << read("../log");
    auto segment = Segment::open(config_.segment_name());
    ASSERT_TRUE(segment);
    segment_.emplace(std::move(*segment));
    // The server is ready by its shards alone.
    ASSERT_TRUE(wait_until([&] { return conductor() != 0; })) << read("../log");
  }
  [[nodiscard]] pid_t shard(int index) const { return static_cast<pid_t>(segment_->shard(index).pid.load()); }
  [[nodiscard]] pid_t conductor() const { return static_cast<pid_t>(segment_->conductor().pid.load()); }
  // Another process, whose heart beats.
  [[nodiscard]] bool is_started_again(const std::atomic<int64_t>& pid, pid_t before) {
    return wait_until([&] { return pid.load() != 0 && pid.load() != before; });
  }
  static bool runs(pid_t pid) { return kill(pid, 0) == 0; }

  e2e::TemporaryFolder folder_;
  std::string data_ = folder_ / "data";
  Config config_;
  std::unique_ptr<e2e::Process> server_;
  std::optional<Segment> segment_;
};

TEST_F(SupervisorTest, IsReadyWhenAllShardsAreLinkedAndEndsAllWhenAsked) {
  start_well();
  const std::vector<pid_t> children{conductor(), shard(0), shard(1)};
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0) << read("../log");
  for (const pid_t child : children) EXPECT_FALSE(runs(child));
  EXPECT_FALSE(Segment::open(config_.segment_name()));
  const std::string ended = read("ended");
  EXPECT_EQ(ended.size(), std::string("conductor\nshard-0\nshard-1\n").size()) << ended;
  EXPECT_TRUE(ended.ends_with("conductor\n")) << "it hears the shards' last words: " << ended;
}

TEST_F(SupervisorTest, TellsTheLibrarianWhetherAShardIsStrained) {
  start_well();
  const ProcessBeat beat(library_beat(config_));
  EXPECT_FALSE(shards_are_strained(*segment_));
  segment_->shard(1).strain.store(2);
  EXPECT_FALSE(shards_are_strained(*segment_)) << "nobody sings";
  segment_->shard(0).singers.store(3);
  EXPECT_TRUE(wait_until([&] { return beat.row().strained.load() == 1; }));
  segment_->shard(1).strain.store(1);
  EXPECT_TRUE(wait_until([&] { return beat.row().strained.load() == 0; })) << "encode quality alone is no strain";
}

TEST_F(SupervisorTest, WithNothingToReadAnewItEndsOnSighup) {
  start_well(1);
  server_->signal(SIGHUP);
  EXPECT_EQ(server_->wait(), 0) << read("../log");
  EXPECT_FALSE(Segment::open(config_.segment_name()));
}

TEST_F(SupervisorTest, CtrlCReachesAChildThatHasJustBegunAndEndsNobody) {
  order("shard-1", "ctrl-c");
  start_well();
  EXPECT_EQ(segment_->shard(1).starts.load(), 1U) << read("../log");
  server_->signal(SIGINT);
  EXPECT_EQ(server_->wait(), 0) << read("../log");
}

TEST_F(SupervisorTest, AChildThatCannotStartEndsItAtOnceWithTheReason) {
  write("sentence", "The wall is wet.");
  order("shard-1", "fail");
  start();
  EXPECT_EQ(server_->wait(), 1);
  EXPECT_EQ(server_->output(), "shard 1 cannot start: The wall is wet.\n");
  EXPECT_FALSE(Segment::open(config_.segment_name()));
}

TEST_F(SupervisorTest, AChildThatDiesAgainAndAgainBeforeTheServerIsReadyEndsIt) {
  order("shard-0", "die");
  start();
  EXPECT_EQ(server_->wait(), 1);
  EXPECT_EQ(server_->output(), "shard 0 cannot start: it ended with status 3 again and again.\n");
}

TEST_F(SupervisorTest, OnceItWasReadyAChildThatCannotStartIsTriedAgainAndTheOthersGoOn) {
  start_well();
  const pid_t other = shard(1);
  write("sentence", "The wall is wet.");
  order("conductor", "fail");
  const auto starts = segment_->conductor().starts.load();
  kill(conductor(), SIGKILL);
  EXPECT_TRUE(wait_until([&] { return segment_->conductor().starts.load() >= starts + 3; }));
  order("conductor", "");
  EXPECT_TRUE(is_started_again(segment_->conductor().pid, 0));
  EXPECT_EQ(shard(1), other);
}

TEST_F(SupervisorTest, AChildThatDiesIsStartedAgainAndTheOthersNoticeNothing) {
  start_well();
  const pid_t died = shard(0);
  const std::vector<pid_t> others{conductor(), shard(1)};
  kill(died, SIGKILL);
  EXPECT_TRUE(is_started_again(segment_->shard(0).pid, died));
  EXPECT_EQ(segment_->shard(0).starts.load(), 2);
  EXPECT_EQ((std::vector<pid_t>{conductor(), shard(1)}), others);
}

TEST_F(SupervisorTest, AChildWhoseHeartStandsIsEndedAndStartedAgain) {
  start_well();
  const pid_t stood = shard(1);
  const pid_t other = shard(0);
  order("shard-1", "stand");
  EXPECT_TRUE(wait_until([&] { return !runs(stood); }));
  order("shard-1", "");
  EXPECT_TRUE(is_started_again(segment_->shard(1).pid, stood));
  EXPECT_EQ(shard(0), other);
  EXPECT_NE(read("../log").find("shard 1 stands still"), std::string::npos);
}

TEST_F(SupervisorTest, AChildThatDoesNotEndIsKilledAndSaidToBe) {
  order("shard-0", "deaf");
  start_well(1);
  const pid_t deaf = shard(0);
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 1);
  EXPECT_FALSE(runs(deaf));
  EXPECT_NE(read("../log").find("shard 0 does not end; it is killed"), std::string::npos);
  EXPECT_EQ(read("ended"), "conductor\n");
  EXPECT_FALSE(Segment::open(config_.segment_name()));
}

TEST_F(SupervisorTest, WhenItIsKilledItsChildrenEndAndTheNextOneCleansUp) {
  start_well();
  const std::vector<pid_t> children{conductor(), shard(0), shard(1)};
  server_->signal(SIGKILL);
  EXPECT_EQ(server_->wait(), 128 + SIGKILL);
  for (const pid_t child : children) EXPECT_TRUE(wait_until([&] { return !runs(child); }));
  EXPECT_TRUE(Segment::open(config_.segment_name())) << "nobody was left to remove it";
  start_well();
  EXPECT_EQ(segment_->shard(0).starts.load(), 1) << "of a segment of its own";
  server_->signal(SIGTERM);
  EXPECT_EQ(server_->wait(), 0);
  EXPECT_FALSE(Segment::open(config_.segment_name()));
}

TEST_F(SupervisorTest, ASecondOneOverTheSameDataIsRefusedAndHarmsNobody) {
  start_well();
  const pid_t first = shard(0);
  e2e::Process second({SCRIPTED_SERVER, "serve", data_, "2"}, folder_ / "log");
  EXPECT_EQ(second.wait(), 1);
  EXPECT_NE(second.output().find("another server uses the data directory"), std::string::npos) << second.output();
  EXPECT_EQ(shard(0), first);
  EXPECT_TRUE(runs(first));
}

TEST_F(SupervisorTest, AServiceManagerHearsWhenItIsReadyWhomItLacksAndWhenItEnds) {
  NoticeSocket manager(folder_ / "notices");
  server_ = std::make_unique<e2e::Process>(std::vector<std::string>{"/usr/bin/env", "NOTIFY_SOCKET=" + manager.path(),
                                                                    "WATCHDOG_USEC=100000", SCRIPTED_SERVER, "serve", data_, "1"},
                                           folder_ / "log");
  wait_until_well();
  EXPECT_TRUE(manager.hears("READY=1"));
  EXPECT_TRUE(manager.hears("STATUS=All processes are well."));
  EXPECT_TRUE(manager.hears("WATCHDOG=1"));
  server_->signal(SIGHUP);
  EXPECT_TRUE(manager.hears("RELOADING=1"));
  EXPECT_TRUE(manager.hears("READY=1"));
  order("conductor", "fail");
  kill(conductor(), SIGKILL);
  EXPECT_TRUE(manager.hears("STATUS=Being started again: the conductor."));
  EXPECT_TRUE(manager.hears("WATCHDOG=1")) << "songs go on without it";
  order("conductor", "");
  EXPECT_TRUE(manager.hears("STATUS=All processes are well."));
  server_->signal(SIGTERM);
  EXPECT_TRUE(manager.hears("STOPPING=1"));
  EXPECT_EQ(server_->wait(), 0) << read("../log");
}

// Its program lies in a file of its own, which can be replaced.
class SupervisorsSuccessor : public SupervisorTest {
 protected:
  SupervisorsSuccessor() {
    std::filesystem::copy_file(SCRIPTED_SERVER, program_);
    server_ = std::make_unique<e2e::Process>(std::vector<std::string>{program_, "serve", data_, "1"}, folder_ / "log");
    wait_until_well();
  }
  void install_script(const std::string& text) const {
    std::ofstream(folder_ / "script") << "#!/bin/sh\n" << text;
    std::filesystem::permissions(folder_ / "script", std::filesystem::perms::owner_all);
    std::filesystem::rename(folder_ / "script", program_);
  }
  [[nodiscard]] bool says(const std::string& words) const {
    return wait_until([&] { return read("../log").find(words) != std::string::npos; });
  }
  void goes_on(pid_t first) {
    EXPECT_EQ(shard(0), first);
    server_->signal(SIGTERM);
    EXPECT_EQ(server_->wait(), 0) << read("../log");
  }

  std::string program_ = folder_ / "program";
};

TEST_F(SupervisorsSuccessor, WithAThemeThatCannotBeReadDoesNotTakeOver) {
  const pid_t first = shard(0);
  write("theme.json", R"({"light": {"inc": "#111111"}})");
  server_->signal(SIGUSR2);
  EXPECT_TRUE(says("does not take over; everything stays as it is")) << read("../log");
  goes_on(first);
}

TEST_F(SupervisorsSuccessor, TakesOverAndReplacesEverybody) {
  const pid_t first = shard(0);
  server_->signal(SIGUSR2);
  EXPECT_TRUE(says("conductor and every shard were replaced")) << read("../log");
  EXPECT_NE(shard(0), first);
  goes_on(shard(0));
}

TEST_F(SupervisorsSuccessor, WhileItDoesNotAnswerChildrenAreWatched) {
  const std::string answer = folder_ / "answer";
  install_script("while [ ! -e " + answer + " ]; do sleep 0.01; done\nexit 1\n");
  server_->signal(SIGUSR2);
  const pid_t died = shard(0);
  kill(died, SIGKILL);
  EXPECT_TRUE(is_started_again(segment_->shard(0).pid, died));
  EXPECT_EQ(read("../log").find("everything stays as it is"), std::string::npos) << "it was waited for";
  std::ofstream(answer) << "no";
  EXPECT_TRUE(says("does not take over; everything stays as it is")) << read("../log");
  goes_on(shard(0));
}

TEST_F(SupervisorTest, WhatAPredecessorLeftAndCannotBeReadEndsIt) {
  e2e::Process server({"/usr/bin/env", "ROUNDELAY_LEGACY={\"lock\":1}", SCRIPTED_SERVER, "serve", data_, "1"}, folder_ / "log");
  EXPECT_EQ(server.wait(), 1);
  EXPECT_NE(server.output().find("the server must be started anew"), std::string::npos) << server.output();
}

TEST_F(SupervisorTest, NobodyOfItLeavesACoreDump) {
  start_well(1);
  for (const pid_t pid : {server_->pid(), conductor(), shard(0)}) {
    std::ifstream in("/proc/" + std::to_string(pid) + "/limits");
    const std::string limits{std::istreambuf_iterator<char>(in), {}};
    const size_t at = limits.find("Max core file size");
    ASSERT_NE(at, std::string::npos);
    std::istringstream line(limits.substr(at + std::string("Max core file size").size()));
    std::string soft;
    std::string hard;
    line >> soft >> hard;
    EXPECT_EQ(soft + " " + hard, "0 0");
  }
}

}  // namespace
}  // namespace roundelay::supervisor_test
