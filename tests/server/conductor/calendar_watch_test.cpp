#include "server/conductor/calendar_watch.h"

#include <gtest/gtest.h>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::calendar_watch_test {
namespace {

constexpr int64_t kHour = 3'600, kDay = 86'400, kNow = 1'800'000'000;
using Seen = CalendarWatch::Seen;

class CalendarWatchTest : public testing::Test {
 protected:
  // One that begins when the last look was so long ago, in quiet times.
  [[nodiscard]] CalendarWatch after(int64_t off_s) const {
    return CalendarWatch(folder_.write("calendar", CalendarWatch::text({kNow - off_s, 0})));
  }

  TemporaryFolder folder_;
};

TEST_F(CalendarWatchTest, WhereTimePassesAsItShouldWhatIsOldIsDeleted) {
  CalendarWatch watch = after(8 * kDay);  // off from one evening of the choir to the next
  EXPECT_TRUE(watch.may_delete(kNow, 10));
  EXPECT_TRUE(watch.may_delete(kNow + kHour, kHour + 10));
  EXPECT_TRUE(watch.may_delete(kNow + 3 * kDay, 3 * kDay + 10)) << "a machine that slept";
}

TEST_F(CalendarWatchTest, AfterAJumpNothingIsForAWeek) {
  for (const int64_t jump : {200 * kDay, 2 * kDay, -2 * kDay}) {
    CalendarWatch watch = after(kHour);
    EXPECT_TRUE(watch.may_delete(kNow, 10));
    EXPECT_FALSE(watch.may_delete(kNow + jump, kHour)) << jump;
    EXPECT_FALSE(watch.may_delete(kNow + jump + 6 * kDay, kHour + 6 * kDay)) << jump;
    EXPECT_FALSE(CalendarWatch(folder_.path() + "/calendar").may_delete(kNow + jump + 6 * kDay, 10)) << "nor after a restart";
    EXPECT_TRUE(watch.may_delete(kNow + jump + 7 * kDay, kHour + 7 * kDay)) << jump;
  }
}

TEST_F(CalendarWatchTest, WhoWasOffForLongOrKnowsNothingWaitsToo) {
  for (const int64_t off : {15 * kDay, -kDay}) EXPECT_FALSE(after(off).may_delete(kNow, 10)) << off;
  EXPECT_FALSE(CalendarWatch(folder_.path() + "/none").may_delete(kNow, 10)) << "as after a restore";
  EXPECT_TRUE(CalendarWatch(folder_.path() + "/none").may_delete(kNow + 7 * kDay, 10));
}

TEST_F(CalendarWatchTest, AFileThatMakesNoSenseIsNone) {
  const Seen seen{kNow, kNow + kDay};
  EXPECT_EQ(CalendarWatch::read(CalendarWatch::text(seen)), seen);
  for (const char* text : {"", " ", "1", "1 ", "1 2", "1 2\n3", "a 2\n", "1 b\n", "99999999999999999999 1\n",
                           "9000000000000000000 1\n", "1 9000000000000000000\n"})
    EXPECT_EQ(CalendarWatch::read(text), std::nullopt) << text;
}

}  // namespace
}  // namespace roundelay::calendar_watch_test
