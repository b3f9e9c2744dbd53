#include "server/singer/choir_plan.h"

#include <gtest/gtest.h>

namespace roundelay {
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

TEST(ChoirPlan, StopsItsSongOnceWhenTheRoundIsSungAndBeginsAgainAfterFiveSeconds) {
  ChoirPlan plan;
  ChoirSight sight = everybody_in(0);
  sight.human_present = sight.robot_leads = sight.playing = true;
  sight.song = 1;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.sung_out = true;
  EXPECT_EQ(plan.next(sight), Action::kStop);
  sight.now_ms = 5000;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.playing = false;
  sight.now_ms = 10'000;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.now_ms = 14'900;
  EXPECT_EQ(plan.next(sight), Action::kNone);
  sight.now_ms = 15'000;
  EXPECT_EQ(plan.next(sight), Action::kStart);
}

TEST(ChoirPlan, LeavesTheLeadToAHuman) {
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
}

}  // namespace
}  // namespace roundelay
