// What is made of songs' files: no file without a row for long, no row without a file after a start.
#include "server/library/derived_files.h"

#include <gtest/gtest.h>

#include "server/library/song_jobs.h"
#include "server/library/sql.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::derived_files_test {
namespace {

class DerivedFilesTest : public testing::Test {
 protected:
  DerivedFilesTest() {
    folder_.write("library/aa", "a song");
    EXPECT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES ('aa', 6, 'mp3')"));
    EXPECT_TRUE(run_sql(database_,
                        "INSERT INTO songs (id, title, hash, private, status, created) VALUES (7, 'A', 'aa', 0, 'UPLOADED', 1)"));
    EXPECT_TRUE(derived_.watch());
  }
  bool keep(const std::string& kind, const std::string& content) {
    const std::string made = folder_.write("library/.job", content);
    return database_.transaction([&] { return derived_.keep("aa", kind, made); });
  }
  [[nodiscard]] std::string file(const std::string& kind) const { return folder_.read("library/aa." + kind); }

  TemporaryFolder folder_;
  LibraryDatabase database_{folder_.path() + "/library.sqlite"};
  DerivedFiles derived_{database_, folder_.path() + "/library"};
};

TEST_F(DerivedFilesTest, AreKeptUnderTheHashAndTheirKind) {
  EXPECT_EQ(derived_.bytes("aa", "waveform"), 0);
  EXPECT_TRUE(keep("waveform", "up and down"));
  EXPECT_EQ(derived_.bytes("aa", "waveform"), 11);
  EXPECT_EQ(file("waveform"), "up and down");
  EXPECT_EQ(folder_.read("library/.job"), "");
  EXPECT_TRUE(keep("waveform", "made anew"));
  EXPECT_EQ(derived_.bytes("aa", "waveform"), 9);
  EXPECT_FALSE(keep("waveform", "")) << "nothing was made";
  const std::string made = folder_.write("library/.job", "of a song that is gone");
  EXPECT_FALSE(database_.transaction([&] { return derived_.keep("bb", "waveform", made); }));
}

TEST_F(DerivedFilesTest, GoWithTheLastSongOfTheirFile) {
  EXPECT_TRUE(keep("waveform", "w"));
  EXPECT_TRUE(keep("opus-96", "o"));
  EXPECT_TRUE(run_sql(database_, "DELETE FROM songs"));
  EXPECT_TRUE(run_sql(database_, "DELETE FROM files WHERE hash = 'aa'"));
  EXPECT_EQ(derived_.bytes("aa", "waveform"), 0);
  derived_.sweep();
  EXPECT_EQ(file("waveform"), "");
  EXPECT_EQ(file("opus-96"), "");
  EXPECT_EQ(folder_.read("library/aa"), "a song") << "whoever keeps songs' files looks after that";
}

TEST_F(DerivedFilesTest, GoAloneWhenTheyAreForgottenAndStayWhenThatIsUndone) {
  EXPECT_TRUE(keep("waveform", "w"));
  EXPECT_TRUE(keep("opus-96", "o"));
  EXPECT_FALSE(database_.transaction([&] { return derived_.forget("aa", "waveform") && false; }));
  EXPECT_TRUE(derived_.forget("aa", "opus-96"));
  derived_.sweep();
  EXPECT_EQ(file("waveform"), "w");
  EXPECT_EQ(file("opus-96"), "");
}

TEST_F(DerivedFilesTest, StayWhereTheyWereMadeAnewBeforeTheSweep) {
  EXPECT_TRUE(keep("waveform", "old"));
  EXPECT_TRUE(derived_.forget("aa", "waveform"));
  EXPECT_TRUE(keep("waveform", "new"));
  derived_.sweep();
  EXPECT_EQ(file("waveform"), "new");
}

TEST_F(DerivedFilesTest, RowsWithoutTheirFilesAreDroppedAtTheStart) {
  EXPECT_TRUE(keep("waveform", "whole"));
  EXPECT_TRUE(keep("opus-96", "gone"));
  EXPECT_TRUE(keep("opus-64", "cut short"));
  EXPECT_EQ(derived_.drop_rows_without_files(), 0);
  std::filesystem::remove(folder_.path() + "/library/aa.opus-96");
  folder_.write("library/aa.opus-64", "cut");
  EXPECT_EQ(derived_.drop_rows_without_files(), 2);
  EXPECT_EQ(derived_.bytes("aa", "waveform"), 5);
  EXPECT_EQ(derived_.bytes("aa", "opus-96"), 0);
  derived_.sweep();
  EXPECT_EQ(file("opus-64"), "");
}

TEST_F(DerivedFilesTest, WhatEverySongHasIsMadeAnewWhereItsFileIsGone) {
  SongJobs jobs(database_);
  const auto job = jobs.claim(100);
  ASSERT_TRUE(job && jobs.done(job->id));
  EXPECT_TRUE(keep("tags", "as if they had a file"));
  std::filesystem::remove(folder_.path() + "/library/aa.tags");
  EXPECT_EQ(derived_.drop_rows_without_files(), 1);
  EXPECT_EQ(jobs.state(7, "tags"), JobState::kWaiting);
}

}  // namespace
}  // namespace roundelay::derived_files_test
