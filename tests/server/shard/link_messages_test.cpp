// What the conductor says, heard by a shard's sessions and rooms; and what the shard tells of them.
#include "server/shard/link_messages.h"

#include <set>

#include "server/wire/link/shard.h"
#include "tests/server/shard/shard_fixture.h"

namespace roundelay::link_messages_test {
namespace {

using nlohmann::json;

class LinkMessagesTest : public ShardParts {
 protected:
  Session& admitted(int row = 0) {
    Session& session = open();
    messages_.hear(link::Admit{session.id(), facts(row)}.to_json());
    EXPECT_TRUE(session.admitted());
    return session;
  }
  void hear_send(const std::vector<uint64_t>& sessions, const json& message) {
    messages_.hear(link::Send{sessions, message}.to_json());
  }
  void hear_room(int row, uint32_t generation, const json& message) {
    messages_.hear(link::Room{row, generation, message}.to_json());
  }

  std::vector<link::Reply> replies_;
  LinkMessages messages_{{.segment = segment_, .shard = kShard, .sessions = sessions_, .stages = stages_},
                         [this](link::Reply&& reply) { replies_.push_back(std::move(reply)); }};
};

TEST_F(LinkMessagesTest, AdmitPutsASessionIntoItsRoom) {
  Session& session = admitted(1);
  EXPECT_EQ(session.admission().name, "Ann");
  ASSERT_NE(session.stage(), nullptr);
  EXPECT_EQ(session.stage(), stages_.find(1, 5));
  EXPECT_NE(session.voice(), nullptr);
}

TEST_F(LinkMessagesTest, AdmitChangesWhatHasChanged) {
  Session& session = admitted();
  link::SessionFacts changed = facts(1, 5, Role::kListener);
  changed.name = "Anna";
  messages_.hear(link::Admit{session.id(), changed}.to_json());
  EXPECT_EQ(session.admission().name, "Anna");
  EXPECT_EQ(session.stage(), stages_.find(1, 5));
  EXPECT_EQ(session.voice(), nullptr);
}

TEST_F(LinkMessagesTest, LevelsAreToldOfTheRoomsThatSomebodyWatches) {
  Session& session = admitted();
  EXPECT_TRUE(messages_.levels().empty());
  RoomState state;
  state.generation = 5;
  state.watched = 1;
  segment_.room(0).state.store(state);
  stages_.refresh();
  EXPECT_EQ(stages_.watched().size(), 1u);
  EXPECT_TRUE(messages_.levels().empty()) << "nobody sang";
  link::SessionFacts louder = facts();
  louder.gain = 2;
  louder.hears_solo = true;
  messages_.hear(link::Admit{session.id(), louder}.to_json());
  EXPECT_EQ(session.admission().gain, 2.0);
  EXPECT_EQ(session.hears(), kSoloBucket);
}

TEST_F(LinkMessagesTest, AdmitToARowThatTheSegmentDoesNotHaveIsLeftOut) {
  Session& session = open();
  for (const int row : {-1, 2, INT32_MAX}) {
    messages_.hear(link::Admit{session.id(), facts(row)}.to_json());
    EXPECT_FALSE(session.admitted()) << row;
  }
  EXPECT_EQ(stages_.size(), 0u);
}

TEST_F(LinkMessagesTest, AdmitOfWhoHasGoneMeanwhileMakesNothing) {
  messages_.hear(link::Admit{77, facts()}.to_json());
  EXPECT_EQ(stages_.size(), 0u);
}

TEST_F(LinkMessagesTest, SendReachesThoseWhoAreNamedAndNobodyElse) {
  Session& one = open();
  Session& two = open();
  Session& three = open();
  hear_send({three.id(), 77, one.id()}, {{"type", "done"}, {"id", 3}});
  EXPECT_EQ(socket_of(one).texts, (std::vector<json>{{{"type", "done"}, {"id", 3}}}));
  EXPECT_EQ(socket_of(three).texts, socket_of(one).texts);
  EXPECT_TRUE(socket_of(two).texts.empty());
}

TEST_F(LinkMessagesTest, RoomReachesAllWhoAreInItNow) {
  Session& one = admitted(0);
  Session& two = admitted(0);
  Session& other_room = admitted(1);
  Session& nowhere = open();
  hear_room(0, 5, {{"type", "chat"}});
  hear_room(0, 4, {{"type", "old"}});
  for (Session* session : {&one, &two}) EXPECT_EQ(socket_of(*session).texts, (std::vector<json>{{{"type", "chat"}}}));
  for (Session* session : {&other_room, &nowhere}) EXPECT_TRUE(socket_of(*session).texts.empty());
}

TEST_F(LinkMessagesTest, ExpelClosesWithItsCodeAndReason) {
  Session& session = open();
  messages_.hear(link::Expel{session.id(), 4004, "no_room"}.to_json());
  messages_.hear(link::Expel{77, 4004, "nobody"}.to_json());
  EXPECT_EQ(socket_of(session).closed, 4004);
  EXPECT_EQ(socket_of(session).reason, "no_room");
}

TEST_F(LinkMessagesTest, RepliesAreHandedOn) {
  messages_.hear(link::Reply{8, 201, {{"room", "x"}}}.to_json());
  ASSERT_EQ(replies_.size(), 1u);
  EXPECT_EQ(replies_[0].request, 8u);
  EXPECT_EQ(replies_[0].status, 201);
  EXPECT_EQ(replies_[0].body, (json{{"room", "x"}}));
}

TEST_F(LinkMessagesTest, AMessageThatCannotBeReadCostsOnlyItself) {
  Session& session = open();
  const uint64_t id = session.id();
  for (const json& bad :
       {json{{"op", "dance"}}, json{{"op", 7}}, json{{"op", "send"}}, json{{"op", "send"}, {"sessions", {"x"}}, {"msg", {}}},
        json{{"op", "room"}, {"row", "x"}}, json{{"op", "admit"}, {"session", id}}, json{{"op", "expel"}, {"session", id}},
        json{{"op", "expel"}, {"session", id}, {"code", 1e9}}, json{{"op", "reply"}, {"status", 200}}, json::array({1})}) {
    messages_.hear(bad);
  }
  EXPECT_EQ(socket_of(session).closed, 0);
  EXPECT_TRUE(replies_.empty());
  hear_send({id}, {{"type", "done"}});
  EXPECT_EQ(socket_of(session).texts.size(), 1u);
}

TEST_F(LinkMessagesTest, TheGreetingNamesAllWhoAreAdmittedInLinesOfABoundedLength) {
  constexpr size_t kAdmitted = 2 * LinkMessages::kSessionsPerLine + 1;
  std::set<uint64_t> expected;
  for (size_t i = 0; i < kAdmitted; ++i) {
    Session& session = open();
    session.admit(facts(0, 5, Role::kListener), &stages_.at(0, 5));
    expected.insert(session.id());
  }
  open();  // waits to be let in
  const std::vector<json> greeting = messages_.greeting();
  ASSERT_EQ(greeting.size(), 3u);
  const auto first = link::Shard::read(greeting[0]);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->index, kShard);
  EXPECT_EQ(first->pid, getpid());
  std::set<uint64_t> named;
  std::vector<size_t> lengths;
  for (const json& line : greeting) {
    const auto present = link::read_present(line);
    lengths.push_back(present.size());
    for (const link::Present& each : present) named.insert(each.session);
  }
  EXPECT_EQ(lengths, (std::vector<size_t>{LinkMessages::kSessionsPerLine, LinkMessages::kSessionsPerLine, 1}));
  EXPECT_EQ(named, expected);
}

TEST_F(LinkMessagesTest, MeasuresOfManyAreCutIntoMessagesAndThoseOfNobodyTellTheLoad) {
  Housekeeping::Findings findings;
  findings.singers = 3;
  const auto idle = LinkMessages::measures(findings, 0.25, 600);
  ASSERT_EQ(idle.size(), 1u);
  EXPECT_EQ(idle[0], (json{{"op", "measure"}, {"rows", json::array()}, {"load", 0.25}, {"singers", 3}, {"capacity", 600}}));
  for (uint64_t i = 0; i <= LinkMessages::kRowsPerMeasure; ++i) findings.rows.push_back({i, 200, 0.5, -20, 250});
  const auto messages = LinkMessages::measures(findings, 0.25, 600);
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(link::Measure::read(messages[0])->rows.size(), LinkMessages::kRowsPerMeasure);
  EXPECT_EQ(messages[1]["rows"], (json{{LinkMessages::kRowsPerMeasure, 200.0, 0.5, -20.0, 250}}));
}

TEST_F(LinkMessagesTest, AStageGoesWithItsLastSession) {
  Session& session = admitted();
  stages_.drop_unneeded(sessions_);
  EXPECT_EQ(stages_.size(), 1u);
  session.stage()->leave(1, &session);
  session.detach();
  stages_.drop_unneeded(sessions_);
  EXPECT_EQ(stages_.size(), 0u);
}

TEST_F(LinkMessagesTest, ARoomThatIsGoneLeavesItsSessionsWithoutAStage) {
  Session& session = admitted();
  stages_.refresh();
  publish(0, 6);
  stages_.refresh();
  stages_.drop_unneeded(sessions_);
  EXPECT_EQ(stages_.size(), 0u);
  EXPECT_EQ(session.stage(), nullptr);
}

}  // namespace
}  // namespace roundelay::link_messages_test
