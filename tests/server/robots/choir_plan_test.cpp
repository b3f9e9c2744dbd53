#include "server/robots/choir_plan.h"

#include <gtest/gtest.h>

namespace roundelay::choir_plan_test {
namespace {

using Action = ChoirPlan::Action;

ChoirSight everybody_in(int64_t now_ms) {
  ChoirSight sight;
  sight.now_ms = now_ms;
  sight.all_in = true;
  sight.in_place = true;
  return sight;
}

TEST(ChoirPlan, WaitsForAllRobotsAndAHuman) {
  ChoirPlan plan;
  ChoirSight sight;
  sight.human_present = true;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight = everybody_in(100);
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.now_ms = 200;
  sight.human_present = true;
  EXPECT_EQ(plan.next(sight), Action::kLead);
}

TEST(ChoirPlan, BeginsWithoutAHumanAfterThreeSeconds) {
  ChoirPlan plan;
  EXPECT_EQ(plan.next(everybody_in(1000)), Action::kNone);
  EXPECT_EQ(plan.next(everybody_in(3999)), Action::kNone);
  EXPECT_EQ(plan.next(everybody_in(4000)), Action::kLead);
}

TEST(ChoirPlan, StartsWhenItLeadsAndEverybodyIsInPlaceOrAfterASecond) {
  for (const bool reach_places : {true, false}) {
    ChoirPlan plan;
    ChoirSight sight = everybody_in(0);
    sight.human_present = true;
    ASSERT_EQ(plan.next(sight), Action::kLead);
    sight.robot_leads = true;
    sight.in_place = false;
    sight.now_ms = 100;
    EXPECT_EQ(plan.next(sight), Action::kNone);
    sight.in_place = reach_places;
    sight.now_ms = reach_places ? 200 : 1100;
    EXPECT_EQ(plan.next(sight), Action::kStart);
    sight.now_ms += 100;
    EXPECT_EQ(plan.next(sight), Action::kNone);  // not again at once
  }
}

TEST(ChoirPlan, StopsItsSongWhenTheRoundIsSungAndBeginsAgainAfterFiveSeconds) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.human_present = sight.robot_leads = true;
  int starts = 0;
  for (int song = 1; song <= 10; ++song) {
    sight.playing = true;
    sight.ends = sight.sung_out = false;
    for (const int64_t until = sight.now_ms + 5000; sight.now_ms < until; sight.now_ms += 100) {
      ASSERT_EQ(plan.next(sight), Action::kNone) << "song " << song;
    }
    sight.sung_out = true;
    ASSERT_EQ(plan.next(sight), Action::kStop);
    sight.now_ms += 100;
    ASSERT_EQ(plan.next(sight), Action::kNone) << "not again at once";
    sight.now_ms += 1000;
    ASSERT_EQ(plan.next(sight), Action::kStop) << "it was not heard";
    sight.ends = true;
    sight.now_ms += 5000;
    ASSERT_EQ(plan.next(sight), Action::kNone) << "on its way through the buckets";
    sight.playing = false;
    sight.now_ms += 100;
    ASSERT_EQ(plan.next(sight), Action::kNone);
    sight.now_ms += 4900;
    ASSERT_EQ(plan.next(sight), Action::kNone);
    sight.now_ms += 100;
    starts += plan.next(sight) == Action::kStart ? 1 : 0;
  }
  EXPECT_EQ(starts, 10);
}

TEST(ChoirPlan, LetsATrackEndItsSong) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.human_present = sight.robot_leads = sight.playing = sight.sung_out = sight.ends = true;
  EXPECT_EQ(plan.next(sight), Action::kNone);
}

TEST(ChoirPlan, LeavesTheLeadToAHumanAndTakesItAgainWhenSheHasGoneOrHandedItBack) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.human_present = sight.human_leads = true;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.playing = sight.sung_out = true;
  EXPECT_EQ(plan.next(sight), Action::kNone);  // her song is hers to stop
  sight.playing = sight.human_leads = false;   // she went
  sight.now_ms = 1000;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.now_ms = 6000;
  EXPECT_EQ(plan.next(sight), Action::kLead);

  sight.human_leads = true;
  sight.now_ms = 7000;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.human_leads = false;
  sight.now_ms = 8000;
  EXPECT_EQ(plan.next(sight), Action::kLead) << "handed back between songs: no need to wait";
}

TEST(ChoirPlan, WaitsTenSecondsForAHumanLeaderWhoseConnectionIsLost) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.human_present = sight.human_leads = true;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.human_leads = false;
  sight.leader_away = true;
  sight.now_ms = 9'900;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.now_ms = 10'000;
  EXPECT_EQ(plan.next(sight), Action::kLead);
}

TEST(ChoirPlan, EndsASongThatAllHumansHaveLeft) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.playing = sight.sung_out = true;
  sight.human_present = true;
  EXPECT_EQ(plan.next(sight), Action::kNone) << "whoever is there may stop it";
  sight.human_present = false;
  EXPECT_EQ(plan.next(sight), Action::kStop);
}

}  // namespace
}  // namespace roundelay::choir_plan_test
