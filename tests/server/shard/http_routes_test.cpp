#include "server/shard/http_routes.h"

#include <gtest/gtest.h>

namespace roundelay {
namespace {

TEST(PercentDecode, TakesEscapesAndPlusAndLeavesBrokenOnes) {
  EXPECT_EQ(percent_decode("My%20Song+1.wav"), "My Song 1.wav");
  EXPECT_EQ(percent_decode("%C3%A9"), "\xC3\xA9");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%4"), "%4");
  EXPECT_EQ(percent_decode("%zz"), "%zz");
}

TEST(QueryValue, FindsTheWholeName) {
  EXPECT_EQ(query_value("a=1&name=x%26y&b=2", "name"), "x&y");
  EXPECT_EQ(query_value("surname=q", "name"), "");
  EXPECT_EQ(query_value("", "name"), "");
}

}  // namespace
}  // namespace roundelay
