// Hands, who is away, whose voice sounds.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_signs_test {
namespace {

using nlohmann::json;

class RoomSignsTest : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    join(2);
    join(3);
  }
  json shown(PersonId person) {
    const auto told = to_room("person");
    for (const json& each : told) {
      if (each["person"]["id"] == id_text(person)) return each["person"];
    }
    return nullptr;
  }
  void measure(PersonId person, double level_db) {
    room_.measured(100 + person, {.loop_ms = 50, .late_percent = 0, .blocks = 500, .level_db = level_db}, now_);
  }
  std::vector<json> sounding_after(int64_t ns) {
    live(ns);
    return to_room("sounding");
  }
};

TEST_F(RoomSignsTest, HandsStandInTheOrderInWhichTheyWereRaised) {
  ASSERT_EQ(say(3, {{"type", "hand"}, {"up", true}}), "");
  const int64_t first = shown(3)["hand"];
  ASSERT_EQ(say(2, {{"type", "hand"}, {"up", true}}), "");
  EXPECT_GT(shown(2)["hand"].get<int64_t>(), first) << "in the same moment";
  say(3, {{"type", "hand"}, {"up", true}});
  EXPECT_EQ(room_.find(3)->hand_ms, first) << "raised again it keeps its turn";
  say(3, {{"type", "hand"}, {"up", false}});
  EXPECT_FALSE(shown(3).contains("hand"));
}

TEST_F(RoomSignsTest, LeaderAndOrganiserLowerOneHandOrAll) {
  for (const PersonId person : {1, 2, 3}) say(person, {{"type", "hand"}, {"up", true}});
  EXPECT_EQ(say(2, "lower_hands"), "not_allowed");
  ASSERT_EQ(say(1, {{"type", "lower_hands"}, {"person", "2"}}), "");
  EXPECT_EQ(to_room("person").size(), 1u);
  ASSERT_EQ(say(1, "lower_hands"), "");
  EXPECT_EQ(to_room("person").size(), 2u);
  for (const PersonId person : {1, 2, 3}) EXPECT_EQ(room_.find(person)->hand_ms, 0);
}

TEST_F(RoomSignsTest, AHandStaysUpThroughASongAndALostConnectionAndGoesWithItsOwner) {
  say(3, {{"type", "hand"}, {"up", true}});
  say(2, "lead");
  ASSERT_EQ(say(2, "start"), "");
  lose(3);
  join(3);
  EXPECT_NE(room_.find(3)->hand_ms, 0);
  say(3, "leave");
  EXPECT_EQ(all<effect::SavePerson>().at(0).person.hand_ms, 0);
}

TEST_F(RoomSignsTest, AmongListenersWhoAreNotNamedNoHandIsRaised) {
  join(4, Role::kListener);
  EXPECT_EQ(say(4, {{"type", "hand"}, {"up", true}}), "");
  say(4, {{"type", "hand"}, {"up", false}});
  for (PersonId person = 10; person < 50; ++person) join(person, Role::kListener);
  EXPECT_EQ(say(4, {{"type", "hand"}, {"up", true}}), "not_allowed");
}

TEST_F(RoomSignsTest, AnotherNameIsToldUnlessSomebodyMakesAGameOfIt) {
  ASSERT_EQ(say(3, {{"type", "name"}, {"name", "Zoe"}}), "");
  EXPECT_EQ(to_room("notice").at(0)["message"], "P3 is called Zoe now.");
  ASSERT_EQ(say(3, {{"type", "name"}, {"name", "Zoe"}}), "");
  EXPECT_TRUE(effects_.empty());
  int told = 0;
  for (int i = 0; i < 10; ++i) {
    ASSERT_EQ(say(3, {{"type", "name"}, {"name", i % 2 == 0 ? "Ann" : "Zoe"}}), "");
    told += static_cast<int>(to_room("notice").size());
  }
  EXPECT_EQ(told, 4);
}

TEST_F(RoomSignsTest, WhoIsAwayIsShownSoUntilSheIsThereAgain) {
  ASSERT_EQ(say(3, {{"type", "away"}, {"away", true}}), "");
  EXPECT_EQ(shown(3)["away"], true);
  say(3, {{"type", "away"}, {"away", false}});
  EXPECT_FALSE(shown(3).contains("away"));
  say(3, {{"type", "away"}, {"away", true}});
  lose(3);
  join(3);
  EXPECT_FALSE(room_.find(3)->away);
}

TEST_F(RoomSignsTest, WhoseVoiceSoundsIsToldOnceASecondAtMostAndChangesAlone) {
  measure(3, -10);
  EXPECT_TRUE(sounding_after(2 * kSecond).empty()) << "no song, no signs";
  say(2, "lead");
  ASSERT_EQ(say(2, "start"), "");
  measure(3, -10);
  measure(2, -60);
  auto told = sounding_after(2 * kSecond);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]["on"], json({"3"}));
  for (int i = 0; i < 5; ++i) {
    measure(3, i % 2 == 0 ? -40 : -10);  // softer, and still a voice
    EXPECT_TRUE(sounding_after(kSecond).empty());
  }
  join(4);
  EXPECT_EQ(to_session(104, "sounding").at(0)["on"], json({"3"}));
  measure(3, -60);
  told = sounding_after(4 * kSecond);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]["off"], json({"3"}));
  measure(3, -10);
  sounding_after(kSecond);
  say(2, {{"type", "stop"}, {"now", true}});
  told = sounding_after(10 * kSecond);
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]["off"], json({"3"})) << "with the song";
}

}  // namespace
}  // namespace roundelay::room_signs_test
