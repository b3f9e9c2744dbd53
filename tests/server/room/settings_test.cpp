#include "server/room/settings.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "server/wire/control/change_settings.h"

namespace roundelay::settings_test {
namespace {

// After this message of a client.
tl::expected<RoomSettings, Sentence> changed(const RoomSettings& now, const nlohmann::json& message, uint32_t lane_blocks) {
  const auto wanted = control::ChangeSettings::read(message);
  if (!wanted) return tl::unexpected(wanted.error().sentence());
  return changed_settings(now, *wanted, lane_blocks);
}

using nlohmann::json;
constexpr uint32_t kLane = 4096;

TEST(RoomSettings, DefaultsComeFromTheConfiguration) {
  Config config;
  config.default_interval_ms = 3000;
  config.default_first_offset_ms = 3000;
  const RoomSettings settings = default_settings(config);
  EXPECT_EQ(as_shown(settings).to_json()["offsets"], json({150, 300, 450, 600, 750, 900}));
  EXPECT_EQ(settings.offset_of(1).count, 150);
  EXPECT_EQ(settings.last_offset().count, 900);
}

TEST(RoomSettings, MillisecondsAreRoundedToBlocks) {
  const auto settings = changed({}, {{"interval_ms", 509}, {"first_offset_ms", 11}}, kLane);
  ASSERT_TRUE(settings);
  EXPECT_EQ(settings->interval_blocks, 25);
  EXPECT_EQ(settings->first_offset_blocks, 1);
  EXPECT_EQ(changed({}, {{"interval_ms", 60}}, kLane)->interval_blocks, 3);
  EXPECT_EQ(changed({}, {{"interval_ms", 10'000}}, kLane)->interval_blocks, 500);
}

TEST(RoomSettings, IntervalIsAutomaticUnlessTheConfigurationGivesOne) {
  const RoomSettings settings = default_settings({});
  EXPECT_TRUE(settings.automatic_interval);
  EXPECT_EQ(settings.interval_blocks, 50) << "until the first song";
  Config config;
  config.default_interval_ms = 200;
  EXPECT_FALSE(default_settings(config).automatic_interval);
}

TEST(RoomSettings, IntervalIsSwitchedBetweenAutomaticAndByHand) {
  const RoomSettings automatic = *changed({}, {{"interval", "automatic"}}, kLane);
  EXPECT_TRUE(automatic.automatic_interval);
  EXPECT_EQ(as_shown(automatic).to_json()["interval"], "automatic");
  EXPECT_FALSE(changed(automatic, {{"interval", "by_hand"}}, kLane)->automatic_interval) << "as it is now";
  const RoomSettings by_hand = *changed(automatic, {{"interval_ms", 400}}, kLane);
  EXPECT_FALSE(by_hand.automatic_interval) << "a number is set by hand";
  EXPECT_EQ(by_hand.interval_blocks, 20);
  EXPECT_EQ(as_shown(by_hand).to_json()["interval"], "by_hand");
  EXPECT_FALSE(changed({}, {{"interval", "automatic"}, {"interval_ms", 400}}, kLane));
  EXPECT_FALSE(changed({}, {{"interval", 400}}, kLane));
  EXPECT_FALSE(changed({}, {{"interval", "soon"}}, kLane));
}

TEST(RoomSettings, AutomaticIntervalMakesWayForMoreBuckets) {
  RoomSettings slow{.interval_blocks = 500, .automatic_interval = true, .first_offset_blocks = 500, .buckets = 6};
  const auto more = changed(slow, {{"buckets", 8}}, kLane);
  ASSERT_TRUE(more);
  EXPECT_EQ(more->interval_blocks, (4096 - 250 - 500) / 7);
  slow.automatic_interval = false;
  EXPECT_FALSE(changed(slow, {{"buckets", 8}}, kLane));
}

TEST(RoomSettings, OnlyWhatIsNamedChanges) {
  const RoomSettings before{.interval_blocks = 30, .first_offset_blocks = 4, .buckets = 3, .automatic_gain = false};
  EXPECT_EQ(*changed(before, json::object(), kLane), before);
  const auto after = changed(before, {{"buckets", 8}}, kLane);
  EXPECT_EQ(after->buckets, 8);
  EXPECT_EQ(after->interval_blocks, 30);
  EXPECT_FALSE(after->automatic_gain);
}

TEST(RoomSettings, RefusesWhatIsOutOfRange) {
  for (const json& bad : {json{{"interval_ms", 59}},
                          json{{"interval_ms", 10'001}},
                          json{{"interval_ms", "1000"}},
                          json{{"interval_ms", 100.5}},
                          json{{"buckets", 1}},
                          json{{"buckets", 9}},
                          json{{"automatic_gain", 1}},
                          json{{"first_offset_ms", -1}},
                          json{{"first_offset_ms", 10'001}},
                          json{{"first_offset_ms", 1e300}},
                          json{{"interval_ms", nullptr}},
                          json{{"interval", nullptr}},
                          json{{"buckets", nullptr}},
                          json{{"first_offset_ms", nullptr}},
                          json{{"automatic_gain", nullptr}},
                          json{{"volume", -0.1}},
                          json{{"volume", 2.1}},
                          json{{"backing_volume", "loud"}},
                          json{{"volume", nullptr}},
                          json{{"leader_boost_db", 12.1}},
                          json{{"leader_boost_db", -1}},
                          json{{"level_match", 1}}}) {
    EXPECT_FALSE(changed({}, bad, kLane)) << bad;
  }
}

TEST(RoomSettings, RingHoldsTheLastOffsetAndFiveSeconds) {
  EXPECT_EQ(ring_blocks({.interval_blocks = 3, .first_offset_blocks = 0, .buckets = 2}), 256u);
  EXPECT_EQ(ring_blocks({.interval_blocks = 6, .first_offset_blocks = 0, .buckets = 2}), 256u);  // 256 exactly
  EXPECT_EQ(ring_blocks({.interval_blocks = 7, .first_offset_blocks = 0, .buckets = 2}), 512u);
  EXPECT_EQ(ring_blocks({}), 512u);  // 5 s and 5 s
  EXPECT_EQ(ring_blocks({.interval_blocks = 500, .first_offset_blocks = 0, .buckets = 8}), 4096u);
}

TEST(RoomSettings, OffsetsThatDoNotFitTheLanesAreRefusedWithTheLimit) {
  const auto settings = changed({}, {{"interval_ms", 10'000}, {"first_offset_ms", 10'000}, {"buckets", 8}}, kLane);
  ASSERT_FALSE(settings);
  EXPECT_EQ(settings.error(), "The last group would be 80000 ms behind; at most 76920 ms are possible.");
  EXPECT_TRUE(changed({}, {{"interval_ms", 9'560}, {"first_offset_ms", 10'000}, {"buckets", 8}}, kLane));  // 76920
  EXPECT_FALSE(changed({}, {{"interval_ms", 2000}}, 512));
}

TEST(RoomSettings, SurviveTheStore) {
  RoomSettings settings{.interval_blocks = 30, .first_offset_blocks = 4, .buckets = 3, .automatic_gain = false};
  EXPECT_EQ(settings_from_stored(stored_settings(settings), {}, kLane), settings);
  settings.automatic_interval = true;
  settings.volume = 1.5;
  settings.backing_volume = 0.25;
  settings.leader_boost_db = 9;
  settings.level_match = true;
  settings.part_volumes = {{"Alto", 1.25}};
  EXPECT_EQ(settings_from_stored(stored_settings(settings), {}, kLane), settings);
}

TEST(RoomSettings, RoomOfBeforeThereWasAChoiceKeepsItsInterval) {
  const RoomSettings fallback{.automatic_interval = true};
  const RoomSettings settings = settings_from_stored({{"interval_blocks", 50}, {"buckets", 6}}, fallback, kLane);
  EXPECT_FALSE(settings.automatic_interval);
  EXPECT_EQ(settings.interval_blocks, 50);
}

TEST(RoomSettings, NonsenseInTheStoreIsReplaced) {
  EXPECT_EQ(settings_from_stored(json(), {}, kLane), RoomSettings{});
  EXPECT_EQ(settings_from_stored({{"interval_blocks", 0}, {"buckets", "x"}}, {}, kLane), RoomSettings{});
  EXPECT_EQ(settings_from_stored({{"interval_blocks", 500}, {"first_offset_blocks", 500}, {"buckets", 8}}, {}, kLane),
            RoomSettings{});
}

}  // namespace
}  // namespace roundelay::settings_test
