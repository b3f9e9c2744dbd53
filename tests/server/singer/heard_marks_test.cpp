#include "server/singer/heard_marks.h"

#include <gtest/gtest.h>

namespace roundelay::heard_marks_test {
namespace {

std::string heard(HeardMarks& marks, int64_t block) {
  std::string out;
  for (const control::Mark& mark : marks.take(Position{block})) out += mark.id;
  return out;
}

TEST(HeardMarks, EachIsHeardOnceWithTheBlockThatHoldsIt) {
  HeardMarks marks;
  marks.set({.id = "b", .position = 2'000, .kind = "x"});
  marks.set({.id = "a", .position = 1'919, .kind = "x"});
  marks.set({.id = "past", .position = 959, .kind = "x"});
  marks.begin_song();
  EXPECT_EQ(heard(marks, 960), "a") << "what lies before the first block is of the past";
  marks.set({.id = "late", .position = 1'000, .kind = "x"});
  EXPECT_EQ(heard(marks, 1'920), "lateb") << "one that came late is heard at once";
  EXPECT_EQ(heard(marks, 2'880), "");
  marks.set({.id = "next", .position = 9'600, .kind = "x"});
  marks.end_song();
  marks.begin_song();
  EXPECT_EQ(heard(marks, 9'600), "");
}

}  // namespace
}  // namespace roundelay::heard_marks_test
