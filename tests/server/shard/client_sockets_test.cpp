// What clients say on their sockets, up to the conductor's end of a real link.
#include "server/shard/client_sockets.h"

#include <set>

#include "server/net/control_server.h"
#include "server/wire/link/client.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/shard/shard_fixture.h"

namespace roundelay::client_sockets_test {
namespace {

using nlohmann::json;

class ClientSocketsTest : public ShardParts {
 protected:
  ClientSocketsTest() {
    conductor_.listen(path_);
    EXPECT_TRUE(loop_.run_until([&] { return link_.connected(); }));
  }
  Session& come() { return sockets_.open(*held_.emplace_back(std::make_unique<FakeSocket>()), now_ns_); }
  void say(Session& session, const json& message) { say_raw(session, message.dump()); }
  void say_raw(Session& session, const std::string& text) { sockets_.text(session, text, "192.0.2.7", now_ns_); }
  [[nodiscard]] bool conductor_hears(size_t count) {
    return loop_.run_until([&] { return heard_.size() >= count; });
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/control.sock";
  std::vector<json> heard_;  // by the conductor
  ControlServer conductor_{loop_.get(),
                           {.on_object = [this](ConnectionId, json object) { heard_.push_back(std::move(object)); },
                            .on_closed = [](ConnectionId) {},
                            .on_unread = {},
                            .on_turn = [] {}}};
  ControlLink link_{
      loop_.get(), path_, {.greeting = [] { return std::vector<json>{}; }, .message = [](const json&) {}, .state = {}}};
  HoldUp hold_up_;
  ClientSockets sockets_{{.row = row_,
                          .timeline = segment_.timeline(),
                          .sessions = sessions_,
                          .housekeeping = housekeeping_,
                          .headroom = headroom_,
                          .hold_up = hold_up_,
                          .link = link_}};
};

TEST_F(ClientSocketsTest, WhatAClientSaysReachesTheConductorWithHerSessionAndAddress) {
  Session& session = come();
  say(session, {{"type", "hello"}, {"name", "Ann"}});
  say(session, {{"type", "chat"}, {"text", "Grüße"}});
  ASSERT_TRUE(conductor_hears(2));
  EXPECT_EQ(heard_[0], (json{{"op", "client"},
                             {"seq", 1},
                             {"session", session.id()},
                             {"address", "192.0.2.7"},
                             {"msg", {{"type", "hello"}, {"name", "Ann"}}}}));
  EXPECT_EQ(heard_[1]["msg"]["text"], "Grüße");
  EXPECT_TRUE(session.known_to_conductor);
}

TEST_F(ClientSocketsTest, NothingIsHandedOnBeforeAHello) {
  Session& session = come();
  say(session, {{"type", "chat"}, {"text", "x"}, {"id", 4}});
  ASSERT_EQ(socket_of(session).errors("bad_message"), 1);
  EXPECT_EQ(socket_of(session).texts[0]["id"], 4);
  EXPECT_FALSE(session.known_to_conductor);
  EXPECT_EQ(link_.waiting_bytes(), 0u);
}

TEST_F(ClientSocketsTest, WhatIsNoMessageIsAnsweredByAnError) {
  for (const char* text : {"", "{", "[1]", "7", "{}", "{\"type\":7}", "{\"type\":null}"}) {
    Session& session = come();
    say_raw(session, text);
    EXPECT_EQ(socket_of(session).errors("bad_message"), 1) << text;
  }
}

TEST_F(ClientSocketsTest, APingIsAnsweredHereWithThePosition) {
  Session& session = come();
  say(session, {{"type", "ping"}, {"id", 2.5}});
  ASSERT_EQ(socket_of(session).texts.size(), 1u);
  EXPECT_EQ(socket_of(session).texts[0],
            (json{{"type", "pong"}, {"id", 2.5}, {"position", segment_.timeline().at(now_ns_).samples}}));
  say(session, {{"type", "ping"}});
  EXPECT_EQ(socket_of(session).errors("bad_message"), 1);
}

TEST_F(ClientSocketsTest, WhoTalksFasterThanPeopleDoIsTold) {
  Session& session = come();
  say(session, {{"type", "hello"}});
  for (int i = 0; i < 100; ++i) say(session, {{"type", "chat"}});
  EXPECT_GE(socket_of(session).errors("too_fast"), 1);
  now_ns_ += 10 * kSecondNs;
  const auto told = socket_of(session).texts.size();
  say(session, {{"type", "chat"}});
  EXPECT_EQ(socket_of(session).texts.size(), told) << "after a while she may talk again";
}

TEST_F(ClientSocketsTest, WhenTheLinkIsFullASocketIsClosedRatherThanAMessageDropped) {
  link_.close();  // nobody acknowledges anything
  size_t taken = 0;
  Session* session = &come();
  while (taken <= ControlLink::kMaxWaiting) {
    now_ns_ += kSecondNs;
    say(*session, {{"type", "hello"}});
    if (socket_of(*session).closed != 0) break;
    ++taken;
  }
  EXPECT_EQ(taken, ControlLink::kMaxWaiting);
  EXPECT_EQ(socket_of(*session).closed, 4009);
}

TEST_F(ClientSocketsTest, TheConductorIsToldOfTheEndOfThoseWhomItKnows) {
  Session& known = come();
  Session& unknown = come();
  EXPECT_EQ(row_.sessions.value.load(), 2u);
  say(known, {{"type", "hello"}});
  const uint64_t id = known.id();
  sockets_.close(unknown, now_ns_);
  sockets_.close(known, now_ns_);
  ASSERT_TRUE(conductor_hears(2));
  EXPECT_EQ(heard_[1], (json{{"op", "closed"}, {"seq", 2}, {"session", id}}));
  EXPECT_EQ(sessions_.size(), 0u);
  EXPECT_EQ(row_.sessions.value.load(), 0u);
}

TEST_F(ClientSocketsTest, WhoLeavesARoomIsNotHeardOfThereAnyMore) {
  Session& session = come();
  session.admit(facts(), &stages_.at(0, 5));
  sockets_.close(session, now_ns_);
  stages_.find(0, 5)->tell(make_control_text("{}"));
  EXPECT_TRUE(held_[0]->texts.empty());
  stages_.drop_unneeded(sessions_);
  EXPECT_EQ(stages_.size(), 0u);
}

TEST_F(ClientSocketsTest, BinaryMessagesAreCountedAndGoToTheSession) {
  Session& session = come();
  sockets_.binary(session, std::array<uint8_t, 3>{9, 9, 9}, now_ns_);
  EXPECT_EQ(row_.messages_in.get(), 1u);
  EXPECT_EQ(row_.bytes_in.get(), 3u);
  EXPECT_EQ(row_.blocks_refused.get(), 1u);
  EXPECT_EQ(socket_of(session).errors("bad_message"), 1);
}

TEST_F(ClientSocketsTest, NumbersOfSessionsAreNotUsedAgainByTheNextShardOfThisIndex) {
  std::set<uint64_t> numbers;
  for (int i = 0; i < 1'000; ++i) numbers.insert(come().id());
  SessionTable next(kShard, row_, now_ns_ + kSecondNs);
  FakeSocket socket;
  const uint64_t first = next.open(socket, now_ns_, headroom_.batch_policy(), headroom_.probe_policy()).id();
  EXPECT_EQ(numbers.size(), 1'000u);
  EXPECT_GT(first, *numbers.rbegin());
  EXPECT_EQ(first >> 40, uint64_t{kShard});
}

}  // namespace
}  // namespace roundelay::client_sockets_test
