#include "server/net/line_splitter.h"

#include <gtest/gtest.h>

#include <vector>

namespace roundelay::line_splitter_test {
namespace {

TEST(LineSplitter, CutsTheSameLinesHoweverTheBytesCome) {
  const std::string bytes = "one\n\ntwo\nthree and more\n";
  for (size_t piece = 1; piece <= bytes.size(); ++piece) {
    LineSplitter lines(100);
    std::vector<std::string> got;
    for (size_t at = 0; at < bytes.size(); at += piece) {
      ASSERT_EQ(lines.feed(std::string_view(bytes).substr(at, piece), [&](std::string_view line) { got.emplace_back(line); }),
                0U);
    }
    EXPECT_EQ(got, (std::vector<std::string>{"one", "two", "three and more"})) << piece;
  }
}

TEST(LineSplitter, KeepsWhatHasNoEndYet) {
  LineSplitter lines(100);
  int count = 0;
  EXPECT_EQ(lines.feed("half", [&](std::string_view) { ++count; }), 0U);
  EXPECT_EQ(count, 0);
}

TEST(LineSplitter, LeavesOutLinesThatAreTooLongAndGoesOnWithTheNext) {
  const std::string bytes = "1234\n12345\nnext\n" + std::string(1'000, 'x') + "\n\nlast\n";
  for (size_t piece = 1; piece <= bytes.size(); ++piece) {
    LineSplitter lines(4);
    std::vector<std::string> got;
    size_t too_long = 0;
    for (size_t at = 0; at < bytes.size(); at += piece)
      too_long += lines.feed(std::string_view(bytes).substr(at, piece), [&](std::string_view line) { got.emplace_back(line); });
    EXPECT_EQ(got, (std::vector<std::string>{"1234", "next", "last"})) << piece;
    EXPECT_EQ(too_long, 2U) << piece;
  }
}

}  // namespace
}  // namespace roundelay::line_splitter_test
