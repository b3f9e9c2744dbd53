// What the program says of a command line that it does not understand, and what its manual pages hold. No server runs.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/process.h"

namespace roundelay::e2e::command_line_test {
namespace {

class CommandLine : public testing::Test {
 protected:
  // Its first line on standard error.
  std::string said_of(std::vector<std::string> words) const {
    words.insert(words.begin(), ROUNDELAY_PROGRAM);
    const std::string errors = folder_ / "errors";
    std::filesystem::remove(errors);
    Process process(words, errors);
    EXPECT_GT(process.wait().value_or(0), 0);
    std::string line;
    std::ifstream in(errors);
    std::getline(in, line);
    return line;
  }

  TemporaryFolder folder_;
};

TEST_F(CommandLine, NamesTheWordThatItDoesNotKnowAndTheNearestOne) {
  EXPECT_EQ(said_of({"statsu"}), "roundelay: `roundelay` has no command 'statsu'; did you mean status?");
  EXPECT_EQ(said_of({"organizer-link", "abc"}),
            "roundelay: `roundelay` has no command 'organizer-link'; did you mean organiser-link?");
  EXPECT_EQ(said_of({"rooms", "lst"}), "roundelay: `roundelay rooms` has no command 'lst'; did you mean list?");
  EXPECT_EQ(said_of({"rooms", "rename", "abc"}), "roundelay: `roundelay rooms` has no command 'rename'.");
  EXPECT_EQ(said_of({"serve", "--prot", "9000"}), "roundelay: `roundelay serve` has no option --prot; did you mean --port?");
  EXPECT_EQ(said_of({"status", "now"}), "roundelay: `roundelay status` takes no 'now'.");
  EXPECT_EQ(said_of({"rooms", "show"}), "ROOM is required");
}

TEST_F(CommandLine, AManualPageTellsOfArgumentsAsOfOptions) {
  Process written({ROUNDELAY_PROGRAM, "documents", folder_ / "documents"});
  ASSERT_EQ(written.wait(), 0);
  std::ifstream in(folder_ / "documents/roundelay-rooms-show.1");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_NE(page.find(".SH ARGUMENTS\n.TP\n.I ROOM\nits id: what stands behind /r/ in its link\n"), std::string::npos) << page;
}

}  // namespace
}  // namespace roundelay::e2e::command_line_test
