// The live link: who is told of it, and who of its secret.
#include "mixer/balance.h"
#include "mixer/gain.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_live_test {
namespace {

using nlohmann::json;

class RoomLiveTest : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    join(2);
    ASSERT_EQ(say(1, {{"type", "open_live"}, {kNewKeyField, "s1"}, {"id", 1}}), "");
  }
};

TEST_F(RoomLiveTest, EverybodyIsToldOfItAndOrganisersItsLink) {
  EXPECT_EQ(to_session(101, "done").at(0)["link"], "/live/s1.ogg");
  EXPECT_EQ(to_room("live").at(0), (json{{"type", "live"}, {"live", {{"players", 0}}}}));
  EXPECT_EQ(to_session(101, "live").at(0)["live"]["link"], "/live/s1.ogg");
  EXPECT_TRUE(to_session(102, "live").empty());
  EXPECT_EQ(to_room("notice").size(), 1U);
  EXPECT_EQ(all<effect::Publish>().size(), 1U);
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1U);
  join(3);
  EXPECT_EQ(to_session(103, "live").at(0)["live"], (json{{"players", 0}})) << "who comes later too";
  ASSERT_EQ(say(1, {{"type", "appoint"}, {"person", "3"}, {"organiser", true}}), "");
  EXPECT_EQ(to_session(103, "live").at(0)["live"]["link"], "/live/s1.ogg");
  EXPECT_EQ(room_.shown_to_programs(now_)["live"]["link"], "/live/s1.ogg");
}

TEST_F(RoomLiveTest, IsTheSameUntilItIsClosedAlsoForTheNextConductor) {
  const uint32_t number = room_.state().live;
  EXPECT_NE(number, 0U);
  ASSERT_EQ(say(1, {{"type", "open_live"}, {kNewKeyField, "s2"}, {"id", 2}}), "");
  EXPECT_EQ(to_session(101, "done").at(0)["link"], "/live/s1.ogg");
  EXPECT_TRUE(to_room("live").empty());
  const RoomRules again = rules_from_stored(stored_rules(room_.rules()), "Choir", false);
  EXPECT_EQ(again.live_path(), "/live/s1.ogg");
  EXPECT_EQ(again.live_number(), number);
  ASSERT_EQ(say(1, "close_live"), "");
  EXPECT_EQ(to_room("live").at(0), (json{{"type", "live"}, {"live", nullptr}}));
  EXPECT_EQ(room_.state().live, 0U);
  ASSERT_EQ(say(1, "close_live"), "");
  EXPECT_TRUE(effects_.empty() || to_room("live").empty());
  ASSERT_EQ(say(1, {{"type", "open_live"}, {kNewKeyField, "s2"}}), "");
  EXPECT_NE(room_.state().live, number);
}

TEST_F(RoomLiveTest, TheNumberOfPlayersIsToldOnceASecondAtMost) {
  const auto hear = [&](int players) {
    effects_.clear();
    room_.live_players(players, now_, effects_);
    return to_room("live");
  };
  pass(kSecond);
  EXPECT_EQ(hear(7).at(0)["live"], (json{{"players", 7}}));
  EXPECT_TRUE(hear(8).empty());
  pass(kSecond);
  EXPECT_EQ(hear(8).at(0)["live"]["players"], 8);
  pass(kSecond);
  EXPECT_TRUE(hear(8).empty());
  ASSERT_EQ(say(1, "close_live"), "");
  EXPECT_TRUE(hear(9).empty()) << "there is no link any more";
}

TEST_F(RoomLiveTest, TheTrackIsAsLoudThereAsClientsHaveItAtFirst) {
  EXPECT_FLOAT_EQ(room_.state().backing_gain, static_cast<float>(kBackingGain));
  room_ = make({}, {track("t1")}, "t1");
  join(1);
  ASSERT_EQ(say(1, "lead"), "");
  ASSERT_EQ(say(1, "start"), "");
  EXPECT_FLOAT_EQ(room_.state().backing_gain, static_cast<float>(backing_gain_of(-16.25)));
}

}  // namespace
}  // namespace roundelay::room_live_test
