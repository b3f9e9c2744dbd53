#include "server/conductor/line_splitter.h"

#include <gtest/gtest.h>

#include <vector>

namespace roundelay {
namespace {

TEST(LineSplitter, CutsTheSameLinesHoweverTheBytesCome) {
  const std::string bytes = "one\n\ntwo\nthree and more\n";
  for (size_t piece = 1; piece <= bytes.size(); ++piece) {
    LineSplitter lines(100);
    std::vector<std::string> got;
    for (size_t at = 0; at < bytes.size(); at += piece) {
      ASSERT_TRUE(lines.feed(std::string_view(bytes).substr(at, piece), [&](std::string_view line) { got.emplace_back(line); }));
    }
    EXPECT_EQ(got, (std::vector<std::string>{"one", "two", "three and more"})) << piece;
  }
}

TEST(LineSplitter, KeepsWhatHasNoEndYet) {
  LineSplitter lines(100);
  int count = 0;
  EXPECT_TRUE(lines.feed("half", [&](std::string_view) { ++count; }));
  EXPECT_EQ(count, 0);
}

TEST(LineSplitter, RefusesLinesThatAreTooLong) {
  LineSplitter whole(4);
  EXPECT_TRUE(whole.feed("1234\n", [](std::string_view) {}));
  EXPECT_FALSE(whole.feed("12345\n", [](std::string_view) {}));
  LineSplitter pieces(4);
  EXPECT_TRUE(pieces.feed("123", [](std::string_view) {}));
  EXPECT_FALSE(pieces.feed("45", [](std::string_view) {}));
}

}  // namespace
}  // namespace roundelay
