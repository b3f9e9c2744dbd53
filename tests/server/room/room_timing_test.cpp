// Who was steadily early or late in the last song, and who is told of it.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_timing_test {
namespace {

using nlohmann::json;

class RoomTiming : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    for (const PersonId id : {2, 3, 4}) join(id);
    say(2, "lead");
    ASSERT_EQ(say(2, "start"), "");
    song_ = room_.song().number;
  }
  void time(PersonId person, int late_ms, uint32_t song) {
    effects_.clear();
    room_.timed(100 + person, song, late_ms, effects_);
  }
  void next_song() {
    say(2, {{"type", "stop"}, {"now", true}});
    live(2 * kSecond);
    ASSERT_EQ(say(2, "start"), "");
  }
  void time(PersonId person, int late_ms) { time(person, late_ms, song_); }
  // What somebody was told: id and milliseconds of each; null: nothing.
  json told(PersonId person) const {
    const auto messages = to_session(100 + person, "timing");
    if (messages.empty()) return nullptr;
    EXPECT_EQ(messages.back()["song"], song_);
    json out = json::object();
    for (const json& each : messages.back()["people"]) out[each["id"].get<std::string>()] = each["late_ms"];
    return out;
  }
  uint32_t song_ = 0;
};

TEST_F(RoomTiming, SheHersAndThoseWithAnOfficeAllAreToldAndNobodyElse) {
  time(3, 60);
  EXPECT_EQ(told(1), json({{"3", 60}}));
  EXPECT_EQ(told(3), json({{"3", 60}}));
  time(4, -45);
  EXPECT_EQ(told(1), json({{"3", 60}, {"4", -45}}));
  EXPECT_EQ(told(4), json({{"4", -45}}));
  EXPECT_EQ(told(3), nullptr);
  EXPECT_EQ(told(2), nullptr) << "the leader has no office";
}

TEST_F(RoomTiming, AfterACorrectionWhatWasMeasuredCountsNoMoreUntilTheNextSong) {
  time(3, 60);
  ASSERT_EQ(say(3, "corrected"), "");
  EXPECT_EQ(told(1), json::object());
  EXPECT_EQ(told(3), json::object());
  time(3, 60);
  EXPECT_EQ(told(3), nullptr) << "the same song, of which a part was sung before";
  say(2, {{"type", "stop"}, {"now", true}});
  live(2 * kSecond);
  ASSERT_EQ(say(2, "start"), "");
  song_ = room_.song().number;
  time(3, 5);
  EXPECT_EQ(told(3), json({{"3", 5}}));
}

TEST_F(RoomTiming, ANewSongForgetsAndTheLastOneIsHeardUntilSomethingIsKnownOfTheNew) {
  time(3, 60);
  ASSERT_EQ(say(4, "corrected"), "");
  next_song();
  const uint32_t next = room_.song().number;
  time(4, 30, song_);
  EXPECT_EQ(told(4), nullptr) << "her correction changed in it";
  time(3, 61, song_);
  EXPECT_EQ(told(1), json({{"3", 61}})) << "it was judged when the next had begun";
  ASSERT_EQ(say(3, "corrected"), "");
  EXPECT_EQ(told(3), json::object());
  time(2, 50, song_);
  EXPECT_EQ(told(2), json({{"2", 50}}));
  time(4, 31, next);
  song_ = next;
  EXPECT_EQ(told(1), json({{"4", 31}}));
  time(2, 50, next - 1);
  EXPECT_EQ(told(2), nullptr) << "something is known of the new one";
  next_song();
  next_song();
  time(4, 31, next);
  EXPECT_EQ(told(4), nullptr) << "two songs ago";
}

TEST_F(RoomTiming, WhoComesAgainIsToldAgainAndWhoseMicrophoneHearsALoudspeakerIsNot) {
  time(3, 60);
  lose(3);
  join(3);
  EXPECT_EQ(told(3), json({{"3", 60}}));
  join_organiser(1);
  EXPECT_EQ(told(1), json({{"3", 60}}));
  ASSERT_EQ(say(4, {{"type", "loudspeaker"}, {"open", true}}), "");
  time(4, 30);
  EXPECT_EQ(told(4), nullptr);
}

TEST_F(RoomTiming, WhoWasMadeAnEngineerIsToldOfEverybody) {
  time(3, 60);
  ASSERT_EQ(say(1, {{"type", "appoint"}, {"person", "4"}, {"engineer", true}}), "");
  EXPECT_EQ(told(4), json({{"3", 60}}));
}

}  // namespace
}  // namespace roundelay::room_timing_test
