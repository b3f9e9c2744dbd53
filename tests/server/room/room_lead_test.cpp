// Who leads: a leader who is there is asked first, and nobody is moved who need not be.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_lead_test {
namespace {

using nlohmann::json;

class RoomLead : public RoomTest {
 protected:
  void SetUp() override {
    for (PersonId id = 1; id <= 4; ++id) join(id);
    say(1, "lead");
  }
  std::string asked() const { return room_.lead_asked_by() ? std::to_string(*room_.lead_asked_by()) : ""; }
};

TEST_F(RoomLead, IsNotGivenToListeners) {
  join(5, Role::kListener);
  EXPECT_EQ(say(5, "lead"), "not_allowed");
}

TEST_F(RoomLead, OfALeaderWhoIsThereIsAskedForAndASongAboutToStartIsNotBroken) {
  const auto before = buckets();
  ASSERT_EQ(say(2, {{"type", "lead"}, {"id", 1}}), "");
  EXPECT_EQ(to_session(102, "done").at(0)["leader"], "1") << "not hers yet";
  EXPECT_EQ(to_room("lead_asked").at(0)["by"], "2");
  EXPECT_EQ(room_.leader(), 1u);
  EXPECT_EQ(buckets(), before);
  ASSERT_EQ(say(1, "start"), "");
  live(30 * kSecond);
  EXPECT_EQ(room_.leader(), 1u);
  EXPECT_TRUE(room_.song_is_on(now_));
}

TEST_F(RoomLead, IsGivenByTheLeaderAndOnlyWhoMustMoves) {
  say(2, "lead");
  const auto before = buckets();
  ASSERT_EQ(say(1, "give_lead"), "");
  EXPECT_EQ(room_.leader(), 2u);
  auto wanted = before;
  std::swap(wanted[1], wanted[2]);
  EXPECT_EQ(buckets(), wanted);
  EXPECT_EQ(to_room("person").size(), 2u);
  EXPECT_EQ(to_room("lead_asked").back()["by"], nullptr);
  EXPECT_EQ(to_room("notice").back()["message"], "P2 leads.");
}

TEST_F(RoomLead, IsToldWhenEverybodysPlaceHasBeenTold) {
  ASSERT_EQ(say(1, {{"type", "give_lead"}, {"to", "3"}}), "");
  bool told = false;
  for (const Effect& effect : effects_) {
    const auto* to = std::get_if<effect::ToRoom>(&effect);
    if (to == nullptr) continue;
    EXPECT_FALSE(told && to->message["type"] == "person");
    told = told || to->message["type"] == "leader";
  }
  EXPECT_TRUE(told);
}

TEST_F(RoomLead, IsKeptAndWhoAskedIsTold) {
  say(2, "lead");
  EXPECT_EQ(say(3, "keep_lead"), "not_allowed");
  ASSERT_EQ(say(1, "keep_lead"), "");
  EXPECT_EQ(to_room("lead_asked").at(0)["by"], nullptr);
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "P1 keeps the lead.");
  live(60 * kSecond);
  EXPECT_EQ(room_.leader(), 1u);
}

TEST_F(RoomLead, GoesToWhoAskedWhenTheLeaderDoesNotAnswer) {
  say(2, "lead");
  live(9'900 * kMs);
  EXPECT_EQ(room_.leader(), 1u);
  live(200 * kMs);
  EXPECT_EQ(room_.leader(), 2u);
  EXPECT_EQ(asked(), "");
}

TEST_F(RoomLead, IsAskedForByOneAtATime) {
  say(2, "lead");
  EXPECT_EQ(say(2, "lead"), "") << "twice is once";
  EXPECT_TRUE(to_room("lead_asked").empty());
  EXPECT_EQ(say(3, "lead"), "busy");
  lose(2);
  live(100 * kMs);
  EXPECT_EQ(asked(), "");
  EXPECT_EQ(say(3, "lead"), "");
}

TEST_F(RoomLead, IsTakenAtOnceWhenTheLeaderIsAwayOrHasLeft) {
  lose(1);
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(room_.leader(), 2u);
  say(2, "leave");
  ASSERT_EQ(say(3, "lead"), "");
  EXPECT_EQ(room_.leader(), 3u);
}

TEST_F(RoomLead, PassesAtOnceToWhoAskedWhenTheLeaderGoes) {
  say(2, "lead");
  say(1, "leave");
  live(50 * kMs);
  EXPECT_EQ(room_.leader(), 2u);
}

TEST_F(RoomLead, AskedForInASongIsAnsweredWhenItIsOverEverywhere) {
  say(1, "start");
  live(20 * kSecond);
  ASSERT_EQ(say(2, "lead"), "");
  live(20 * kSecond);
  EXPECT_EQ(room_.leader(), 1u);
  say(1, {{"type", "stop"}, {"now", true}});
  live(9 * kSecond);
  EXPECT_EQ(room_.leader(), 1u) << "the leader may still answer";
  live(2 * kSecond);
  EXPECT_EQ(room_.leader(), 2u);
}

TEST_F(RoomLead, OfARobotIsTakenAtOnceOrWhenItsSongIsOver) {
  Hello robot = hello(9, "Robot");
  robot.robot = true;
  join(109, robot);
  say(1, {{"type", "give_lead"}, {"to", "9"}});
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(room_.leader(), 2u);

  say(2, {{"type", "give_lead"}, {"to", "9"}});
  say(9, "start");
  live(20 * kSecond);
  ASSERT_EQ(say(3, "lead"), "");
  EXPECT_EQ(room_.leader(), 9u);
  say(9, {{"type", "stop"}, {"now", true}});
  live(100 * kMs);
  EXPECT_EQ(room_.leader(), 3u);
}

TEST_F(RoomLead, IsHandedBackToNobody) {
  EXPECT_EQ(say(2, "give_lead"), "not_allowed");
  EXPECT_EQ(say(1, {{"type", "give_lead"}, {"to", "77"}}), "not_allowed");
  EXPECT_EQ(say(1, {{"type", "give_lead"}, {"to", 2}}), "bad_message");
  ASSERT_EQ(say(1, "give_lead"), "");
  EXPECT_EQ(room_.leader(), std::nullopt);
  EXPECT_FALSE(admitted(1)->leader);
  EXPECT_EQ(to_room("leader").at(0)["leader"], nullptr);
  say(1, "lead");
  say(1, "start");
  EXPECT_EQ(say(1, "give_lead"), "song_lasts");
}

TEST_F(RoomLead, IsStoredAndKeptOverARestart) {
  effects_.clear();
  say(1, {{"type", "give_lead"}, {"to", "2"}});
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  const Person stored = *room_.find(2);
  rebuild({});
  room_.restore(stored, now_);
  room_.resume(3, 2);
  EXPECT_EQ(room_.leader(), 2u);
  EXPECT_EQ(join(2), "");
  EXPECT_TRUE(admitted(2)->leader);
  EXPECT_EQ(to_session(102, "welcome").at(0)["leader"], "2");

  rebuild({});
  room_.resume(3, 2);
  EXPECT_EQ(room_.leader(), std::nullopt) << "she has no place any more";
}

}  // namespace
}  // namespace roundelay::room_lead_test
