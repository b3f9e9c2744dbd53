#include "server/http/answers.h"

#include <gtest/gtest.h>

namespace roundelay::answers_test {
namespace {

TEST(Argument, FindsTheWholeNameAndKeepsTheValueAsItIs) {
  EXPECT_EQ(argument({"a=1", "name=Rock & Roll + C%41=.wav", "b=2"}, "name"), "Rock & Roll + C%41=.wav");
  EXPECT_EQ(argument({"surname=q"}, "name"), "");
  EXPECT_EQ(argument({}, "name"), "");
}

}  // namespace
}  // namespace roundelay::answers_test
