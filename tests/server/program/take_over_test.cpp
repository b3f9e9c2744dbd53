// What one supervisor leaves to the next.
#include "server/program/take_over.h"

#include <gtest/gtest.h>

namespace roundelay::take_over_test {
namespace {

TEST(Legacy, IsReadAsItWasWritten) {
  const Legacy left{.lock = 5, .port = 7, .port_number = 8080, .children = {100, 0, 102}};
  const auto read = Legacy::read(left.to_text());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->lock, 5);
  EXPECT_EQ(read->port, 7);
  EXPECT_EQ(read->port_number, 8080);
  EXPECT_EQ(read->children, left.children);
}

TEST(Legacy, WithAPartMissingOrWrongIsNone) {
  for (const char* text : {"", "null", "[1]", R"({"lock":5})", R"({"lock":5,"port":7,"port_number":8080})",
                           R"({"lock":5,"port":7,"port_number":8080,"children":[100]})",
                           R"({"lock":5,"port":7,"port_number":8080,"children":[100,"x"]})",
                           R"({"lock":5,"port":7,"port_number":8080,"children":[100,-1]})",
                           R"({"lock":-1,"port":7,"port_number":8080,"children":[100,101]})",
                           R"({"lock":5,"port":7,"port_number":0,"children":[100,101]})"}) {
    EXPECT_FALSE(Legacy::read(text)) << text;
  }
}

}  // namespace
}  // namespace roundelay::take_over_test
