#include "server/room/plan.h"

#include "mixer/tempo.h"
#include "server/wire/control/change_plan.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::plan_test {
namespace {

using nlohmann::json;

TEST(Tempo, EachBeatIsTheNearestSampleHoweverLongTheSong) {
  EXPECT_EQ(Tempo(1'200).samples_to(1), 24'000);  // PARITY.md 2.8
  EXPECT_EQ(Tempo(1'200).samples_to(16), 384'000);
  for (uint32_t tenths = kLeastBpmTenths; tenths <= kMostBpmTenths; tenths += 7) {
    const Tempo tempo(tenths);
    for (const int64_t beat : {-24L, -1L, 0L, 1L, 2L, 999L, 123'457L}) {
      const long double exact = static_cast<long double>(beat) * 28'800'000.0L / static_cast<long double>(tenths);
      EXPECT_LE(std::abs(static_cast<long double>(tempo.samples_to(beat)) - exact), 0.5L) << tenths << " " << beat;
      const int64_t at = tempo.samples_to(beat);
      EXPECT_EQ(tempo.first_beat_from(at), beat);
      EXPECT_EQ(tempo.first_beat_from(at + 1), beat + 1);
      EXPECT_EQ(tempo.first_beat_from(at - 1), beat);
    }
  }
}

class PlanTest : public RoomTest {
 protected:
  PlanTest() {
    join_organiser(1);
    join(2);
    say(2, "lead");
  }
  const json round_{{"beats", 16}, {"repeats", 2}, {"leader_only", true}};
};

TEST_F(PlanTest, IsTakenFieldByFieldToldToAllAndStored) {
  EXPECT_EQ(say(2, {{"type", "plan"}, {"bpm", 92.5}, {"click", true}}), "");
  ASSERT_EQ(to_room("plan").size(), 1u);
  EXPECT_EQ(to_room("plan")[0]["plan"],
            json({{"bpm", 92.5}, {"beats_per_bar", 4}, {"click", true}, {"count_in_bars", 0}, {"round", nullptr}}));
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  EXPECT_EQ(say(1, {{"type", "plan"}, {"beats_per_bar", 3}, {"round", round_}}), "") << "the organiser may as well";
  EXPECT_EQ(to_room("plan")[0]["plan"],
            json({{"bpm", 92.5}, {"beats_per_bar", 3}, {"click", true}, {"count_in_bars", 0}, {"round", round_}}));
  EXPECT_EQ(say(1, {{"type", "plan"}, {"beats_per_bar", 3}}), "");
  EXPECT_TRUE(to_room("plan").empty()) << "nothing changed";
  join(3);
  EXPECT_EQ(to_session(103, "welcome")[0]["plan"]["round"], round_);
  EXPECT_EQ(plan_from_stored(room_.plan().to_json()), room_.plan());
  EXPECT_EQ(plan_from_stored(json{{"bpm", "fast"}}), Plan{});
}

TEST_F(PlanTest, WhatNeedsATempoIsRefusedWithoutAndGoesWithIt) {
  for (const json& wanted : {json{{"click", true}}, json{{"count_in_bars", 1}}, json{{"round", round_}}}) {
    json message = wanted;
    message["type"] = "plan";
    EXPECT_EQ(say(2, message), "bad_plan") << wanted;
  }
  EXPECT_EQ(say(2, {{"type", "plan"}, {"bpm", 60}, {"click", true}, {"count_in_bars", 2}, {"round", round_}}), "");
  EXPECT_EQ(say(2, {{"type", "plan"}, {"bpm", nullptr}}), "");
  EXPECT_EQ(room_.plan(), Plan{});
}

TEST_F(PlanTest, ASongKeepsThePlanThatItWasStartedWithAndItsMusicBeginsBehindTheCountIn) {
  EXPECT_EQ(say(2, {{"type", "plan"}, {"bpm", 70}, {"count_in_bars", 2}, {"beats_per_bar", 3}}), "");
  EXPECT_EQ(say(2, "start"), "");
  const json song = to_room("song")[0]["song"];
  EXPECT_EQ(song["plan"], room_.plan().to_json());
  const int64_t count_in = song["music"].get<int64_t>() - song["start"].get<int64_t>();
  EXPECT_EQ(count_in % kBlockSamples, 0);
  const int64_t beats = -Tempo(700).samples_to(-6);
  EXPECT_GE(count_in, beats) << "the first beat of the count-in belongs to the song";
  EXPECT_LT(count_in, beats + kBlockSamples);
  EXPECT_EQ(say(2, {{"type", "plan"}, {"bpm", 80}}), "song_lasts");

  // The conductor dies: what shared memory holds of the song is enough to tell of it.
  RoomState state = room_.state();
  state.generation = 7;
  EXPECT_TRUE(state.is_usable(kLaneBlocks));
  Room again = make({});
  again.adopt(state, now_);
  EXPECT_EQ(again.song().plan, room_.song().plan);
  EXPECT_EQ(again.song().music, room_.song().music);
}

TEST_F(PlanTest, ATrackBeginsWithTheMusic) {
  room_ = make({}, {track("one", 10, 2)}, "one");
  join(2);
  say(2, "lead");
  say(2, {{"type", "plan"}, {"bpm", 120}, {"count_in_bars", 1}});
  EXPECT_EQ(say(2, "start"), "");
  EXPECT_EQ(room_.song().music.samples - room_.song().start.samples, 4 * 24'000);
  EXPECT_EQ(room_.song().end.samples - room_.song().music.samples, 10 * kSampleRate);
}

TEST(Plan, EveryFieldComesBackFromSharedMemory) {
  Plan plan{.bpm_tenths = 925, .beats_per_bar = 3, .click = true, .count_in_bars = 2, .round = control::Round{16, 2, true, 0}};
  RoomState state;
  put_plan(plan, state);
  EXPECT_EQ(plan_of(state), plan);
  RoomState none;
  put_plan({.beats_per_bar = 7}, none);
  EXPECT_EQ(plan_of(none), (Plan{.beats_per_bar = 7}));
}

}  // namespace
}  // namespace roundelay::plan_test
