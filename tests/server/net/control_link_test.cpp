// The shard's end of the control link against a conductor played by hand: one that stands still, one that says nonsense.
#include "server/net/control_link.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "server/net/control_server.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::control_link_test {
namespace {

using nlohmann::json;

class ControlLinkTest : public ::testing::Test {
 protected:
  ControlLinkTest() : listener_(socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path_.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(listen(listener_, 1), 0);
    link_ = std::make_unique<ControlLink>(loop_.get(), path_,
                                          ControlLink::Events{[] {
                                                                return std::vector<json>{{{"op", "shard"}}};
                                                              },
                                                              [this](const json& message) { heard_.push_back(message); },
                                                              [this](bool connected) { states_.push_back(connected); }});
    accept_it();
  }
  ~ControlLinkTest() override {
    link_.reset();
    close(conductor_);
    close(listener_);
  }
  void accept_it() {
    ASSERT_TRUE(loop_.run_until([&] {
      if (conductor_ < 0) conductor_ = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      return conductor_ >= 0 && link_->connected();
    }));
  }
  void hang_up() {
    close(std::exchange(conductor_, -1));
    rest_.clear();
    got_.clear();
  }
  void say(std::string bytes) {
    EXPECT_TRUE(loop_.run_until([&] {
      const ssize_t count = write(conductor_, bytes.data(), bytes.size());
      if (count > 0) bytes.erase(0, static_cast<size_t>(count));
      return bytes.empty();
    }));
  }
  // Reads until so many lines have come.
  [[nodiscard]] bool reads(size_t lines) {
    return loop_.run_until([&] {
      char buffer[65'536];
      for (ssize_t count; (count = read(conductor_, buffer, sizeof buffer)) > 0;)
        rest_.append(buffer, static_cast<size_t>(count));
      size_t begin = 0;
      for (size_t end; (end = rest_.find('\n', begin)) != std::string::npos; begin = end + 1)
        got_.push_back(json::parse(rest_.substr(begin, end - begin)));
      rest_.erase(0, begin);
      return got_.size() >= lines;
    });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/control.sock";
  Loop loop_;
  int listener_;
  int conductor_ = -1;
  std::vector<json> heard_;
  std::vector<bool> states_;
  std::string rest_;
  std::vector<json> got_;
  std::unique_ptr<ControlLink> link_;
};

TEST_F(ControlLinkTest, AConductorThatStandsStillMakesNothingGrowWithoutBound) {
  ASSERT_TRUE(reads(1));
  const std::string kilobytes(10'000, 'x');
  size_t delivered = 0;
  size_t requests = 0;
  constexpr int kSeconds = 60;
  for (int second = 0; second < kSeconds; ++second) {
    link_->send_newest({{{"op", "measure"}, {"second", second}, {"x", kilobytes}}, {{"op", "measure"}, {"second", second}}});
    for (int i = 0; i < 100; ++i) delivered += link_->deliver({{"op", "client"}, {"x", kilobytes}}) ? 1 : 0;
    for (int i = 0; i < 20; ++i) requests += link_->send({{"op", "http"}, {"x", kilobytes}}) ? 1 : 0;
  }
  EXPECT_FALSE(link_->deliver({{"op", "client"}})) << "the client's socket is closed then";
  EXPECT_FALSE(link_->send({{"op", "http"}, {"x", kilobytes}})) << "who asked is answered then";
  EXPECT_LT(link_->waiting_bytes(),
            ControlLink::kMaxWaitingBytes + ControlLink::kMaxRequestBytes + 2 * ControlLink::kAheadBytes + 100'000);
  EXPECT_GT(link_->dropped(), 50U);
  link_->deliver_end({{"op", "closed"}});

  // It goes on: nothing that was taken is lost, and of the measurements the newest are there.
  ASSERT_TRUE(reads(1 + delivered + requests + 1 + 2));
  uint64_t last_number = 0;
  size_t asked = 0;
  for (const json& message : got_) {
    if (message.contains("seq")) {
      EXPECT_EQ(message["seq"], ++last_number);
    }
    asked += message["op"] == "http" ? 1 : 0;
  }
  EXPECT_EQ(last_number, delivered + 1);
  EXPECT_EQ(asked, requests);
  EXPECT_EQ(got_.back()["second"], kSeconds - 1);
}

TEST_F(ControlLinkTest, NoLineCutsTheLink) {
  ASSERT_TRUE(reads(1));
  say(std::string(3 * ControlLink::kMaxLineBytes, 'x') +
      "\nnonsense\n[1]\n{\"op\":7}\n{\"op\":\"ack\",\"seq\":\"x\"}\n{\"op\":\"good\"}\n");
  ASSERT_TRUE(loop_.run_until([&] { return !heard_.empty(); }));
  EXPECT_EQ(heard_, (std::vector<json>{{{"op", "good"}}}));
  EXPECT_FALSE(link_->send({{"op", "http"}, {"x", std::string(ControlLink::kMaxLineBytes, 'x')}}));
  EXPECT_FALSE(link_->deliver({{"op", "client"}, {"x", std::string(ControlLink::kMaxLineBytes, 'x')}}));
  EXPECT_TRUE(link_->send({{"op", "http"}}));
  ASSERT_TRUE(reads(2));
  EXPECT_EQ(got_.back()["op"], "http");
  EXPECT_TRUE(link_->connected());
}

TEST_F(ControlLinkTest, ATextBehindAMessageComesAsItIs) {
  say("{\"op\":\"one\"}\x1e{\"a\":\x1e no JSON\n[1]\x1etext\n{\"op\":\"two\"}\x1e\n{\"op\":\"three\"}\n");
  ASSERT_TRUE(loop_.run_until([&] { return heard_.size() == 3; }));
  EXPECT_EQ(heard_,
            (std::vector<json>{
                {{"op", "one"}, {"enclosed", "{\"a\":\x1e no JSON"}}, {{"op", "two"}, {"enclosed", ""}}, {{"op", "three"}}}));
}

TEST_F(ControlLinkTest, WhatIsNotAcknowledgedComesAgainAfterTheGreetingOfTheNextConnection) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(link_->deliver({{"op", "client"}}));
  ASSERT_TRUE(reads(4));
  say("{\"op\":\"ack\",\"seq\":1}\n{\"op\":\"good\"}\n");
  ASSERT_TRUE(loop_.run_until([&] { return !heard_.empty(); }));
  hang_up();
  ASSERT_TRUE(loop_.run_until([&] { return !link_->connected(); }));
  ASSERT_TRUE(link_->deliver({{"op", "client"}}));
  EXPECT_FALSE(link_->send({{"op", "http"}}));
  accept_it();
  ASSERT_TRUE(reads(4));
  EXPECT_EQ(got_[0]["op"], "shard");
  for (int i = 1; i < 4; ++i) EXPECT_EQ(got_[static_cast<size_t>(i)]["seq"], i + 1);
}

TEST_F(ControlLinkTest, HalfALineWaitsForItsRest) {
  say("{\"op\":\"one\"}\n{\"op\":");
  ASSERT_TRUE(loop_.run_until([&] { return heard_.size() == 1; }));
  say("\"two\"");
  say("}\n");
  ASSERT_TRUE(loop_.run_until([&] { return heard_.size() == 2; }));
  EXPECT_EQ(heard_, (std::vector<json>{{{"op", "one"}}, {{"op", "two"}}}));
}

TEST_F(ControlLinkTest, HalfALineOfAConnectionThatBrokeIsNotMixedWithTheNext) {
  say("{\"op\":\"one\"}\n{\"op\":\"half");
  ASSERT_TRUE(loop_.run_until([&] { return heard_.size() == 1; }));
  hang_up();
  ASSERT_TRUE(loop_.run_until([&] { return !link_->connected(); }));
  accept_it();
  say("{\"op\":\"two\"}\n");
  ASSERT_TRUE(loop_.run_until([&] { return heard_.size() == 2; }));
  EXPECT_EQ(heard_, (std::vector<json>{{{"op", "one"}}, {{"op", "two"}}}));
}

TEST_F(ControlLinkTest, ConnectsAgainForEverAndSaysHowItStands) {
  for (int i = 0; i < 3; ++i) {
    hang_up();
    ASSERT_TRUE(loop_.run_until([&] { return !link_->connected(); }));
    accept_it();
    ASSERT_TRUE(reads(1));
    EXPECT_EQ(got_[0]["op"], "shard") << "it greets each time";
  }
  EXPECT_EQ(states_, (std::vector<bool>{true, false, true, false, true, false, true}));
}

TEST_F(ControlLinkTest, WaitsForAConductorThatIsNotThereYet) {
  const std::string path = folder_.path() + "/later.sock";
  bool there = false;
  ControlLink early(loop_.get(), path, {[] { return std::vector<json>{}; }, [](const json&) {}, [&](bool now) { there = now; }});
  ASSERT_TRUE(early.deliver({{"op", "client"}}));
  EXPECT_FALSE(early.send({{"op", "http"}})) << "who asks is told at once";
  std::vector<json> heard;
  ControlServer conductor(loop_.get(), {.on_object = [&](ConnectionId, const json& object) { heard.push_back(object); },
                                        .on_closed = [](ConnectionId) {},
                                        .on_unread = {},
                                        .on_turn = [] {}});
  conductor.listen(path);
  ASSERT_TRUE(loop_.run_until([&] { return !heard.empty(); }));
  EXPECT_TRUE(there);
  EXPECT_EQ(heard, (std::vector<json>{{{"op", "client"}, {"seq", 1}}}));
}

TEST_F(ControlLinkTest, WhatEndsASessionIsTakenEvenWhenNothingElseIs) {
  hang_up();
  ASSERT_TRUE(loop_.run_until([&] { return !link_->connected(); }));
  while (link_->deliver({{"op", "client"}})) {
  }
  link_->deliver_end({{"op", "closed"}});
  accept_it();
  ASSERT_TRUE(reads(1 + ControlLink::kMaxWaiting + 1));
  EXPECT_EQ(got_.back()["op"], "closed");
}

TEST_F(ControlLinkTest, AfterCloseNothingIsSentAndNobodyIsCalled) {
  const std::string late = "{\"op\":\"late\"}\n";
  ASSERT_EQ(write(conductor_, late.data(), late.size()), static_cast<ssize_t>(late.size()));  // not read yet
  link_->close();
  EXPECT_FALSE(link_->connected());
  EXPECT_FALSE(link_->send({{"op", "http"}}));
  char byte = 0;
  ASSERT_TRUE(loop_.run_until([&] {
    ssize_t count = 0;
    do {
      count = read(conductor_, &byte, 1);  // the greeting was sent before
    } while (count == 1);
    return count == 0 || (count < 0 && errno == ECONNRESET);
  }));
  EXPECT_TRUE(heard_.empty());
  EXPECT_EQ(states_, (std::vector<bool>{true}));
}

}  // namespace
}  // namespace roundelay::control_link_test
