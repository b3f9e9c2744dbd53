#include "server/room/round.h"

#include <algorithm>

#include "mixer/repeats.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::round_test {
namespace {

using nlohmann::json;

Plan plan_of_round(int bpm, int beats, int repeats) {
  Plan plan;
  plan.bpm_tenths = bpm * 10;
  plan.round = control::Round{beats, repeats, false, 0};
  return plan;
}

// The room of PARITY.md 2: interval 3 s, the leader at 3 s, five followers.
class RoundTest : public RoomTest {
 protected:
  RoundTest() : RoomTest(reference()) {
    for (PersonId id = 1; id <= 6; ++id) join(id);
    say(1, "lead");
  }
  std::string start(int bpm, int beats, int repeats) {
    say(1, "lead");
    say(1, {{"type", "plan"}, {"bpm", bpm}, {"round", {{"beats", beats}, {"repeats", repeats}, {"leader_only", false}}}});
    return say(1, "start");
  }
  // Seconds behind now, as the clients are told them.
  std::vector<int> offsets_s() {
    const json settings = to_room("settings").at(0)["settings"];
    std::vector<int> out;
    for (PersonId id = 1; id <= 6; ++id) out.push_back(settings["offsets"][static_cast<size_t>(bucket(id) - 1)].get<int>() / 50);
    std::sort(out.begin(), out.end());
    return out;
  }
  void end() {
    live(30 * kSecond);
    say(1, "stop");
    live(200 * kSecond);
    ASSERT_FALSE(room_.song_is_on(now_));
  }
};

TEST_F(RoundTest, TheLineStandsAsInTheReference) {
  EXPECT_EQ(start(120, 16, 1), "");
  EXPECT_EQ(offsets_s(), (std::vector<int>{11, 14, 14, 17, 17, 17}));
  end();
  EXPECT_EQ(start(60, 16, 2), "");
  EXPECT_EQ(offsets_s(), (std::vector<int>{35, 38, 41, 44, 47, 50}));
  end();
  EXPECT_EQ(start(60, 4, 2), "");
  EXPECT_EQ(offsets_s(), (std::vector<int>{11, 14, 14, 14, 14, 14}));
  end();
  EXPECT_EQ(start(60, 100, 2), "");
  EXPECT_EQ(offsets_s()[0], 93) << "90 s are the most";
  EXPECT_EQ(room_.song().plan.round->repeats, 1) << "the lanes hold no more";
  EXPECT_EQ(room_.plan().round->repeats, 2) << "what was planned stays";
}

TEST_F(RoundTest, WhoComesInWaitsWhereHerVoiceComesInTimeToBeHeardAgain) {
  EXPECT_EQ(start(60, 4, 2), "");
  join(7);
  EXPECT_EQ(bucket(7), 2) << "the groups behind are more than a repeat behind the leader";
  end();
  say(1, "lead");
  say(1, {{"type", "plan"}, {"round", nullptr}});
  EXPECT_EQ(say(1, "start"), "");
  join(8);
  EXPECT_EQ(bucket(8), room_.settings().buckets) << "without a round in the last group";
}

TEST_F(RoundTest, TheLeaderHearsItsBeginningAsSoonAsWithoutAndTheLineStandsAsBeforeWhenItIsOver) {
  EXPECT_EQ(start(120, 16, 1), "");
  EXPECT_EQ(blocks_between(room_.song().start + room_.settings().offset_of(1), now_.position).count, 75 + 150)
      << "the lead-in, and 3 s as ever";
  end();
  const Position ended = room_.song().end;
  EXPECT_EQ(room_.settings(), reference());
  EXPECT_EQ(room_.state().first_offset_blocks, 150);
  EXPECT_EQ(to_room("settings").at(0)["settings"]["offsets"][0], 150);
  // Where the last song's sound would lie in the way, it begins behind it.
  EXPECT_EQ(start(60, 16, 2), "");
  EXPECT_GT(room_.song().start, ended);
}

TEST_F(RoundTest, AConductorThatIsStartedAgainKnowsWhereTheLineStands) {
  EXPECT_EQ(start(60, 16, 2), "");
  RoomState state = room_.state();
  state.generation = 7;
  ASSERT_TRUE(state.is_usable(kLaneBlocks));
  EXPECT_EQ(state.first_offset_blocks, 35 * 50);
  Room again = make(reference());
  again.adopt(state, now_);
  EXPECT_EQ(again.settings(), room_.settings());
  EXPECT_EQ(again.state().ring_blocks, state.ring_blocks);
}

TEST(RoundParts, ABucketForAPartLiesBehindTheLeadersAsNearAsCanBe) {
  EXPECT_EQ(bucket_of_round_part(2, 2, 6, 2), 2);
  EXPECT_EQ(bucket_of_round_part(1, 2, 6, 2), 3) << "the later of two; the first is the leader's";
  EXPECT_EQ(bucket_of_round_part(1, 2, 6, 4), 5);
  EXPECT_EQ(bucket_of_round_part(2, 2, 6, 5), 6);
  EXPECT_EQ(bucket_of_round_part(1, 4, 4, 2), 0);
  EXPECT_EQ(bucket_of_round_part(5, 5, 4, 2), 0);
}

TEST_F(RoundTest, ByPartsWhoseVoicePartIsGivenOneGoesWhereItIsSung) {
  join(7);
  say(5, {{"type", "part"}, {"part", "Alto"}});
  say(6, {{"type", "part"}, {"part", "Bass"}});
  for (const PersonId id : {5, 6, 7}) say(id, {{"type", "bucket"}, {"bucket", 2}});
  const json round = {{"beats", 8}, {"parts", 2}, {"voices", {{"Alto", 2}, {"Bass", 1}}}};
  for (const json& wrong : {json{{"Alto", 3}}, json{{"Alto", 0}}, json{{"", 1}}, json(2)})
    EXPECT_EQ(say(1, {{"type", "plan"}, {"bpm", 133.1}, {"round", {{"beats", 8}, {"parts", 2}, {"voices", wrong}}}}), "bad_plan")
        << wrong;
  ASSERT_EQ(say(1, {{"type", "plan"}, {"bpm", 133.1}, {"round", round}}), "");
  EXPECT_EQ(to_room("plan").back()["plan"]["round"], round);
  ASSERT_EQ(say(1, "start"), "");
  EXPECT_EQ(room_.find(5)->bucket, 2);
  EXPECT_EQ(room_.find(6)->bucket, 3);
  EXPECT_EQ(room_.find(7)->bucket, 2) << "who sings no such part stays";
  EXPECT_EQ(room_.find(1)->bucket, 1) << "the leader begins";
}

TEST_F(RoundTest, ByPartsEachBucketIsToldItsPartAndWhenItComesIn) {
  say(1, {{"type", "plan"}, {"bpm", 133.1}, {"count_in_bars", 1}, {"round", {{"beats", 8}, {"parts", 2}}}});
  EXPECT_EQ(say(1, "start"), "");
  const json song = to_room("song").at(0)["song"];
  const int64_t music = song["music"];
  ASSERT_EQ(song["parts"].size(), 6u);
  for (int bucket = 1; bucket <= 6; ++bucket) {
    const json& part = song["parts"][static_cast<size_t>(bucket - 1)];
    EXPECT_EQ(part["part"], bucket % 2 == 1 ? 1 : 2) << "neighbours sing different parts";
    EXPECT_EQ(part["enters"], bucket % 2 == 1 ? music : music + 173'103) << "8 beats of 21,637.87 samples";
  }
  EXPECT_EQ(room_.settings(), reference()) << "the line stands as without";
  RoomState state = room_.state();
  EXPECT_EQ(plan_of(state), room_.song().plan);
  live(30 * kSecond);
  const Position now = now_.position;
  say(1, "stop");
  EXPECT_EQ(blocks_between(room_.song().end, now).count, 181 - 150) << "the second part sings to its end: 8 beats more";
}

TEST(Round, TheRingHoldsWhatIsLateAndWhatLiesAhead) {
  RoomSettings settings{.interval_blocks = 150, .first_offset_blocks = 150, .buckets = 6};
  EXPECT_EQ(ring_blocks(settings), 2'048U);
  const RoundRoom capped = room_for_round(settings, plan_of_round(60, 100, 2), kLaneBlocks);
  EXPECT_EQ(capped.settings.round_offset_blocks, 4'500);
  EXPECT_EQ(capped.settings.round_ahead_blocks, 352) << "10 s of the repeat lie before what the leader sings";
  EXPECT_EQ(ring_blocks(capped.settings), 8'192U);
  const RoundRoom none = room_for_round(settings, plan_of_round(20, 400, 2), kLaneBlocks);
  EXPECT_FALSE(none.plan.round) << "a repeat of twenty minutes";
  EXPECT_EQ(none.settings, settings);
}

TEST(Round, NobodySingsSoLateThatTheLeaderHearsItTooLate) {
  const RoomSettings settings{.interval_blocks = 50, .buckets = 8};
  EXPECT_EQ(last_round_bucket(plan_of_round(60, 3, 1), settings), 3) << "2 s behind, of 3";
  EXPECT_EQ(last_round_bucket(plan_of_round(60, 1, 1), settings), 2);
  EXPECT_EQ(last_round_bucket(plan_of_round(60, 100, 1), settings), 8);
  EXPECT_EQ(last_round_bucket(Plan{}, settings), 8);
}

}  // namespace
}  // namespace roundelay::round_test
