#include "server/base/edit_distance.h"

#include <gtest/gtest.h>

#include <string>

namespace roundelay::edit_distance_test {
namespace {

TEST(EditDistance, CountsEachKindOfMistakeOnce) {
  EXPECT_EQ(edit_distance("alleluia", "alleluia", 2), 0);
  EXPECT_EQ(edit_distance("aleluia", "alleluia", 2), 1) << "left out";
  EXPECT_EQ(edit_distance("allleluia", "alleluia", 2), 1) << "added";
  EXPECT_EQ(edit_distance("alleluja", "alleluia", 2), 1) << "changed";
  EXPECT_EQ(edit_distance("allelui"
                          "a",
                          "alleulia", 2),
            1)
      << "swapped";
  EXPECT_EQ(edit_distance("gloria", "alleluia", 2), 3) << "too many";
  EXPECT_EQ(edit_distance("", "ab", 2), 2);
}

TEST(EditDistance, IsThatOfTheOptimalStringAlignment) {
  EXPECT_EQ(edit_distance("port", "port", 9), 0);
  EXPECT_EQ(edit_distance("prot", "port", 9), 1) << "neighbours swapped";
  EXPECT_EQ(edit_distance("ports", "port", 9), 1);
  EXPECT_EQ(edit_distance("por", "port", 9), 1);
  EXPECT_EQ(edit_distance("pert", "port", 9), 1);
  EXPECT_EQ(edit_distance("", "port", 9), 4);
  EXPECT_EQ(edit_distance("port", "", 9), 4);
  EXPECT_EQ(edit_distance("kitten", "sitting", 9), 3);
  EXPECT_EQ(edit_distance("ca", "abc", 9), 3) << "what was swapped is not changed again";
}

TEST(EditDistance, MeasuresTheBeginningOfAWordThatIsTypedStill) {
  EXPECT_EQ(beginning_distance("alle", "alleluia", 2), 0);
  EXPECT_EQ(beginning_distance("alel", "alleluia", 2), 1);
  EXPECT_EQ(beginning_distance("alleluiaaaa", "alleluia", 2), 3);
}

TEST(EditDistance, GivesUpOnWordsThatAreTooLong) {
  EXPECT_EQ(edit_distance(std::string(65, 'a'), std::string(65, 'a'), 1), 2);
  EXPECT_EQ(edit_distance(std::string(64, 'a'), std::string(64, 'a'), 1), 0);
}

}  // namespace
}  // namespace roundelay::edit_distance_test
