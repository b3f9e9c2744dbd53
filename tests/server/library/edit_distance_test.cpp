#include "server/library/edit_distance.h"

#include <gtest/gtest.h>

#include <string>

namespace roundelay {
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
}  // namespace roundelay
