#include "server/library/unknown_files.h"

#include <gtest/gtest.h>

#include "server/library/sql.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::unknown_files_test {
namespace {

constexpr int64_t kNow = 1'800'000'000;  // the 15th of January 2027

class UnknownFilesTest : public testing::Test {
 protected:
  UnknownFilesTest() {
    folder_.write("library/known", "a song");
    EXPECT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES ('known', 6, 'mp3')"));
  }
  [[nodiscard]] std::string library() const { return folder_.path() + "/library"; }
  [[nodiscard]] std::string database() const { return folder_.path() + "/library.sqlite"; }
  UnknownFiles tidy(LibraryDatabase& database) {
    LibraryFolder folder(database, library());
    UnknownFiles out = folder.tidy(kNow);
    EXPECT_TRUE(folder.mark());
    return out;
  }
  void mark() { EXPECT_TRUE(LibraryFolder(database_, library()).mark()); }

  TemporaryFolder folder_;
  LibraryDatabase database_{database()};
};

TEST_F(UnknownFilesTest, GoWhereFolderAndDatabaseKnowEachOther) {
  mark();
  folder_.write("library/unknown", "half an upload");
  folder_.write("library/covers/unknown", "of somebody else");
  const UnknownFiles done = tidy(database_);
  EXPECT_EQ(done.removed, 1);
  EXPECT_EQ(done.set_aside, 0);
  EXPECT_EQ(folder_.read("library/unknown"), "");
  EXPECT_EQ(folder_.read("library/known"), "a song");
  EXPECT_EQ(folder_.read("library/covers/unknown"), "of somebody else");
}

TEST_F(UnknownFilesTest, AmongWhatIsMadeOfSongsAreThoseWithoutARowOfTheirOwn) {
  mark();
  folder_.write("library/known.waveform", "made of it");
  folder_.write("library/known.opus-96", "half made of it");
  EXPECT_TRUE(run_sql(database_, "INSERT INTO derived (hash, kind, bytes) VALUES ('known', 'waveform', 10)"));
  EXPECT_EQ(tidy(database_).removed, 1);
  EXPECT_EQ(folder_.read("library/known.waveform"), "made of it");
  EXPECT_EQ(folder_.read("library/known.opus-96"), "");
}

TEST_F(UnknownFilesTest, AreSetAsideWhereTheDatabaseWasBegunAnew) {
  mark();
  LibraryDatabase anew(folder_.path() + "/anew.sqlite");
  UnknownFiles done = tidy(anew);
  EXPECT_EQ(done.removed, 0);
  EXPECT_EQ(done.set_aside, 1);
  EXPECT_EQ(done.aside, library() + "/set-aside-2027-01-15");
  EXPECT_EQ(folder_.read("library/set-aside-2027-01-15/known"), "a song");
  // From then on the new one is the folder's.
  folder_.write("library/unknown", "half an upload");
  done = tidy(anew);
  EXPECT_EQ(done.removed, 1);
  EXPECT_EQ(folder_.read("library/set-aside-2027-01-15/known"), "a song");
}

TEST_F(UnknownFilesTest, AreSetAsideWhereAnOldDatabaseWasPutBack) {
  mark();
  const std::string old = folder_.path() + "/old.sqlite";
  ASSERT_TRUE(run_sql(database_, "VACUUM INTO ?", {old}));
  mark();  // an hour later
  mark();
  folder_.write("library/later", "a song that the old one does not know");
  ASSERT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES ('later', 6, 'mp3')"));
  LibraryDatabase back(old);
  EXPECT_EQ(tidy(back).set_aside, 1);
  EXPECT_EQ(folder_.read("library/known"), "a song");
}

TEST_F(UnknownFilesTest, AreSetAsideWhereTheFolderHasNoMarkYet) {
  folder_.write("library/unknown", "of a version before");
  EXPECT_EQ(tidy(database_).set_aside, 1);
  EXPECT_EQ(folder_.read("library/set-aside-2027-01-15/unknown"), "of a version before");
}

TEST_F(UnknownFilesTest, GoAfterADeathBetweenTheTwoMarks) {
  mark();
  const std::string before = folder_.read("library/.mark");
  mark();
  folder_.write("library/.mark", before);
  folder_.write("library/unknown", "half an upload");
  EXPECT_EQ(tidy(database_).removed, 1);
}

TEST_F(UnknownFilesTest, AreLeftWhereTheFolderIsGone) {
  LibraryFolder gone(database_, folder_.path() + "/nowhere");
  EXPECT_EQ(gone.tidy(kNow).set_aside, 0);
  EXPECT_FALSE(gone.mark());
}

}  // namespace
}  // namespace roundelay::unknown_files_test
