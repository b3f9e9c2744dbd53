// Loop times: the interval that is chosen, who is dealt where, and what leader and organisers are told.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_loops_test {
namespace {

using nlohmann::json;

class RoomLoops : public RoomTest {
 protected:
  RoomLoops() : RoomTest({.interval_blocks = 50, .automatic_interval = true}) {}
  void measure(PersonId person, double loop_ms, double late_percent = 0) {
    room_.measured(100 + person, {.loop_ms = loop_ms, .late_percent = late_percent, .blocks = 500}, now_);
  }
  // Leader 1 and followers 2 to `last` in buckets of the same numbers, all fast.
  void gather(PersonId last) {
    for (PersonId id = 2; id <= last; ++id) join(id);
    join(1);
    for (PersonId id = 1; id <= last; ++id) measure(id, 40);
    say(1, "lead");
  }
  [[nodiscard]] int chosen_ms() { return room_.settings().interval_blocks * 20; }
};

TEST_F(RoomLoops, SongTakesTheIntervalOfItsSlowestSingerAndTellsItFirst) {
  gather(4);
  measure(2, 300);
  ASSERT_EQ(bucket(2), 2);
  ASSERT_EQ(say(1, "start"), "");
  EXPECT_EQ(chosen_ms(), 420);
  EXPECT_EQ(room_.state().interval_blocks, 21);
  std::vector<std::string> told;
  for (const Effect& effect : effects_) {
    if (const auto* to = std::get_if<effect::ToRoom>(&effect)) told.push_back(to->message["type"]);
  }
  EXPECT_EQ(told, (std::vector<std::string>{"settings", "song", "notice"}));
  EXPECT_EQ(to_room("settings").front()["settings"]["interval"], "automatic");
  EXPECT_EQ(to_room("settings").front()["settings"]["offsets"], json({0, 21, 42, 63, 84, 105}));
  const auto published = all<effect::Publish>();
  EXPECT_EQ(published.size(), 1u);
}

TEST_F(RoomLoops, FastSingersGetTheFloor) {
  gather(3);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 200);
}

TEST_F(RoomLoops, IntervalStaysWhileTheSongLasts) {
  gather(3);
  say(1, "start");
  for (int i = 0; i < 20; ++i) {
    measure(1, 900, 80);
    live(kSecond);
  }
  EXPECT_EQ(chosen_ms(), 200);
  EXPECT_TRUE(to_room("settings").empty());
  say(1, {{"type", "stop"}, {"now", true}});
  live(kSecond);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 1'260);
}

TEST_F(RoomLoops, UnmeasuredSingersCountAsCautious) {
  gather(3);
  lose(2);
  join(2);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 360) << "250 ms and the margin";
}

TEST_F(RoomLoops, WhoHasNobodyBehindHerDoesNotMakeTheOthersWait) {
  gather(3);
  measure(3, 2'000);
  ASSERT_EQ(bucket(3), 3);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 200);
}

TEST_F(RoomLoops, ListenerBehindMakesHerCount) {
  gather(3);
  measure(3, 2'000);
  join(9, Role::kListener);
  ASSERT_EQ(bucket(9), 4);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 2'800);
}

TEST_F(RoomLoops, LeaderCountsThoughSheIsAlone) {
  join(1);
  say(1, "lead");
  measure(1, 400);
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 560) << "others may come behind her";
}

TEST_F(RoomLoops, ListenersAndLostSingersDoNotCount) {
  gather(4);
  measure(2, 3'000);
  lose(2);
  measure(3, 2'000);
  say(3, {{"type", "role"}, {"role", "listener"}});
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 200);
}

TEST_F(RoomLoops, IntervalByHandStaysAsItIs) {
  gather(3);
  measure(1, 900);
  say(1, {{"type", "settings"}, {"interval_ms", 300}});
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 300);
  EXPECT_TRUE(to_room("settings").empty());
}

TEST_F(RoomLoops, IntervalNeverLeavesTheLanes) {
  say(1, "start");
  gather(2);
  say(1, {{"type", "settings"}, {"buckets", 8}, {"first_offset_ms", 10'000}});
  measure(1, 9'000);
  say(1, "start");
  EXPECT_EQ(room_.settings().interval_blocks, (4096 - 250 - 500) / 7);
  EXPECT_LE(room_.state().ring_blocks, 4096u);
}

TEST_F(RoomLoops, SlowSingersAreDealtLast) {
  gather(8);
  measure(3, 900);
  measure(5, 400);
  say(1, "lead");
  EXPECT_EQ(bucket(3), 6);
  EXPECT_EQ(bucket(5), 6) << "two stand there";
  say(1, "start");
  EXPECT_EQ(chosen_ms(), 200);
}

TEST_F(RoomLoops, AutomaticStaysAutomaticOverARestart) {
  gather(2);
  say(1, "start");
  const RoomState before = room_.state();
  rebuild({.interval_blocks = 50, .automatic_interval = true});
  room_.adopt(before, now_);
  EXPECT_TRUE(room_.settings().automatic_interval);
  EXPECT_EQ(chosen_ms(), 200);
}

TEST_F(RoomLoops, LeaderAndOrganiserHearWhoMakesTheIntervalLong) {
  join_organiser(9);
  measure(9, 40);
  gather(4);
  measure(2, 300);
  live(3 * kSecond);
  const auto to_leader = to_session(101, "loops");
  ASSERT_EQ(to_leader.size(), 1u);
  EXPECT_EQ(
      to_leader[0],
      (json{{"type", "loops"}, {"interval_ms", 420}, {"slow", {{{"id", "2"}, {"loop_ms", 300.0}, {"late_percent", 0.0}}}}}));
  EXPECT_EQ(to_session(109, "loops").size(), 1u);
  EXPECT_TRUE(to_session(102, "loops").empty());
  live(10 * kSecond);
  EXPECT_TRUE(to_session(101, "loops").empty()) << "nothing new";
}

TEST_F(RoomLoops, DuringASongTheyHearWhoIsLate) {
  gather(4);
  say(1, "start");
  measure(2, 260, 7.4);
  measure(3, 150, 0.2);
  live(3 * kSecond);
  const auto told = to_session(101, "loops");
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0]["slow"], json::array({{{"id", "2"}, {"loop_ms", 260.0}, {"late_percent", 7.0}}}));
}

}  // namespace
}  // namespace roundelay::room_loops_test
