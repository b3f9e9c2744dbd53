#include "server/net/control_server.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include "tests/server/conductor/scripted_shard.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::control_server_test {
namespace {

using nlohmann::json;

class ControlServerTest : public testing::Test {
 protected:
  void start(size_t max_unread = ControlServer::kMaxUnreadBytes) {
    server_ =
        std::make_unique<ControlServer>(loop_.get(),
                                        ControlServer::Callbacks{.on_object =
                                                                     [this](ConnectionId from, const json& object) {
                                                                       heard_.emplace_back(from, object);
                                                                       if (object.contains("drop")) server_->drop(from);
                                                                     },
                                                                 .on_closed = [this](ConnectionId id) { closed_.push_back(id); },
                                                                 .on_unread = [this](ConnectionId id) { unread_.push_back(id); },
                                                                 .on_turn = [this] { server_->flush(); }},
                                        max_unread);
    server_->listen(path_);
  }
  [[nodiscard]] bool hears(size_t count) {
    return loop_.run_until([&] { return heard_.size() >= count; });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/control.sock";
  Loop loop_;
  std::vector<std::pair<ConnectionId, json>> heard_;
  std::vector<ConnectionId> closed_;
  std::vector<ConnectionId> unread_;
  std::unique_ptr<ControlServer> server_;
};

TEST_F(ControlServerTest, ObjectsGoBothWays) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say_raw("{\"a\":1}\n{\"a\"");
  ASSERT_TRUE(hears(1));
  shard.say_raw(":2}\n");
  ASSERT_TRUE(hears(2));
  EXPECT_EQ(heard_[1].second, json({{"a", 2}}));
  server_->send(heard_[0].first, {{"op", "x"}, {"text", "\xFF not UTF-8"}});
  server_->flush();
  EXPECT_EQ(shard.next("x")["text"], "\xEF\xBF\xBD not UTF-8");
}

TEST_F(ControlServerTest, SocketIsForItsOwnerAndTakesThePlaceOfAnOldOne) {
  start();
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  folder_.write("left.sock", "");
  ControlServer other(loop_.get(), {});
  other.listen(folder_.path() + "/left.sock");
  EXPECT_THROW(ControlServer(loop_.get(), {}).listen(folder_.path() + "/no/socket"), std::runtime_error);
}

TEST_F(ControlServerTest, NonsenseIsLeftOutAndTheLinkLives) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say_raw("nonsense\n[1]\n\"text\"\n{\"broken\":\n\n{\"good\":true}\n");
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(heard_.size(), 1u);
  EXPECT_EQ(heard_[0].second["good"], true);
}

TEST_F(ControlServerTest, LineThatIsTooLongIsLeftOutAndTheLinkLives) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say_raw(std::string(3 * ControlServer::kMaxLineBytes, 'x'));
  shard.say_raw("\n{\"still\":\"here\"}\n");
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(heard_[0].second["still"], "here");
  EXPECT_FALSE(server_->send(heard_[0].first, {{"op", "long"}, {"x", std::string(ControlServer::kMaxLineBytes, 'x')}}));
  EXPECT_TRUE(server_->send(heard_[0].first, {{"op", "short"}}));
  server_->flush();
  EXPECT_EQ(shard.next("short")["op"], "short");
  EXPECT_TRUE(closed_.empty());
}

TEST_F(ControlServerTest, ATextGoesBehindAnObjectWhereBothAreNoLongerThanALine) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say({{"a", 1}});
  ASSERT_TRUE(hears(1));
  const json object{{"op", "x"}};
  const std::string most(ControlServer::kMaxLineBytes - object.dump().size() - 1, 'x');
  EXPECT_FALSE(server_->send(heard_[0].first, object, most + "x"));
  EXPECT_TRUE(server_->send(heard_[0].first, object, "\"text\""));
  server_->flush();
  EXPECT_EQ(shard.next("x"), json({{"op", "x"}, {"enclosed", "\"text\""}}));
  EXPECT_TRUE(server_->send(heard_[0].first, object, most));
}

TEST_F(ControlServerTest, LongestAllowedLinePasses) {
  start();
  ScriptedShard shard(loop_, path_);
  const json object{{"x", std::string(ControlServer::kMaxLineBytes - 8, 'x')}};
  ASSERT_EQ(object.dump().size(), ControlServer::kMaxLineBytes);
  shard.say(object);
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(heard_[0].second, object);
}

TEST_F(ControlServerTest, HangingUpIsNoticed) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say({{"a", 1}});
  ASSERT_TRUE(hears(1));
  shard.hang_up();
  ASSERT_TRUE(loop_.run_until([&] { return closed_.size() == 1; }));
  EXPECT_EQ(closed_[0], heard_[0].first);
  EXPECT_EQ(server_->connections(), 0u);
  server_->send(heard_[0].first, {{"op", "x"}});  // to nobody
  server_->flush();
}

TEST_F(ControlServerTest, LinkMayBeDroppedInTheMiddleOfWhatItSays) {
  start();
  ScriptedShard shard(loop_, path_);
  shard.say_raw("{\"drop\":1}\n{\"more\":1}\n");
  EXPECT_TRUE(shard.cut_off());
  EXPECT_EQ(heard_.size(), 1u);
  EXPECT_EQ(closed_.size(), 1u);
}

TEST_F(ControlServerTest, ShardThatDoesNotReadIsCutOffAndOthersAreNot) {
  constexpr size_t kLimit = 4 << 20;
  start(kLimit);
  ScriptedShard deaf(loop_, path_);
  deaf.say({{"deaf", 1}});
  ASSERT_TRUE(hears(1));
  ScriptedShard shard(loop_, path_);
  shard.say({{"hears", 1}});
  ASSERT_TRUE(hears(2));
  const json big{{"op", "big"}, {"x", std::string(100'000, 'x')}};
  for (size_t sent = 0; closed_.empty() && sent < 4 * kLimit; sent += 100'000) {
    server_->send(heard_[0].first, big);
    server_->flush();
  }
  ASSERT_EQ(closed_.size(), 1u);
  EXPECT_EQ(closed_[0], heard_[0].first);
  EXPECT_EQ(unread_, closed_) << "and it is said that something was lost";
  server_->send(heard_[1].first, big);
  server_->flush();
  EXPECT_EQ(shard.next("big"), big);
}

}  // namespace
}  // namespace roundelay::control_server_test
