#include "server/base/live_settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/e2e/process.h"

namespace roundelay::live_settings_test {
namespace {

using Keys = std::vector<std::string_view>;

TEST(LiveSettings, AreToldFromThoseThatNeedARestart) {
  Config now;
  EXPECT_EQ(changed_settings({}, now).live, Keys{});
  now.log_level = "debug";
  now.max_uploads = 3;
  now.port = 1;
  now.max_rooms = 7;
  const ChangedSettings changed = changed_settings({}, now);
  EXPECT_EQ(changed.live, (Keys{"log_level", "max_uploads"}));
  EXPECT_EQ(changed.restart, (Keys{"port", "max_rooms"}));
}

TEST(LiveSettings, AloneAreTakenOfWhatIsHandedOn) {
  const e2e::TemporaryFolder folder;
  Config config;
  config.data_dir = folder.path();
  Config child = config;
  EXPECT_FALSE(take_what_was_handed_on(child)) << "there is nothing yet";
  config.drain_s = 5;
  config.port = 1;
  ASSERT_TRUE(hand_on(config));
  EXPECT_TRUE(take_what_was_handed_on(child));
  EXPECT_EQ(child.drain_s, 5);
  EXPECT_EQ(child.port, Config{}.port);
  forget_what_was_handed_on(config);
  EXPECT_FALSE(take_what_was_handed_on(child));
}

TEST(LiveSettings, WhatCannotBeWrittenOrReadChangesNothing) {
  const e2e::TemporaryFolder folder;
  Config config;
  config.data_dir = folder / "nowhere";
  EXPECT_FALSE(hand_on(config));
  config.data_dir = folder.path();
  std::ofstream(handed_on_file(config)) << "{\"drain_s\": 5, ";
  EXPECT_FALSE(take_what_was_handed_on(config));
  EXPECT_EQ(config.drain_s, Config{}.drain_s);
}

}  // namespace
}  // namespace roundelay::live_settings_test
