#include "server/library/checkpoints.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "server/library/row_notes.h"
#include "server/library/sql.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::checkpoints_test {
namespace {

class CheckpointsTest : public testing::Test {
 protected:
  void write(int transactions) {
    for (int i = 0; i < transactions; ++i) {
      EXPECT_TRUE(database_.transaction([&] {
        return run_sql(database_, "INSERT INTO settings (name, value) VALUES (?, ?)",
                       {"setting " + std::to_string(++written_), std::string(100'000, 'x')});
      }));
    }
  }
  void look_and_wait() {
    checkpoints_.look();
    wait();
  }
  // Until the loop has nothing more to do.
  void wait() { EXPECT_EQ(uv_run(loop_.get(), UV_RUN_DEFAULT), 0); }
  // In the file alone, without the log.
  int64_t in_the_file() {
    const std::string copy = folder_.path() + "/copy.sqlite";
    std::filesystem::copy_file(path_, copy, std::filesystem::copy_options::overwrite_existing);
    for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(copy + end);
    LibraryDatabase file(copy);
    return sql_integer(file, "SELECT COUNT(*) FROM settings").value_or(-1);
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_.path() + "/library.sqlite";
  LibraryDatabase database_{path_};
  Loop loop_;
  Checkpoints checkpoints_{loop_.get(), database_, path_};
  int written_ = 0;
};

TEST_F(CheckpointsTest, ArePutIntoTheFileOnThePoolAfterSomeTransactions) {
  look_and_wait();
  write(5);
  look_and_wait();
  EXPECT_EQ(in_the_file(), 0) << "they are few yet";
  write(20);
  EXPECT_EQ(in_the_file(), 0) << "no commit does it";
  checkpoints_.look();
  write(1);  // meanwhile
  wait();
  EXPECT_GE(in_the_file(), 25);
}

TEST_F(CheckpointsTest, TheLogDoesNotGrowOnAndOn) {
  for (int i = 0; i < 6; ++i) {
    write(40);
    look_and_wait();
  }
  EXPECT_GE(in_the_file(), 200);
  EXPECT_LT(std::filesystem::file_size(path_ + "-wal"), 12'000'000U) << "of 24 MB that were written";
}

TEST_F(CheckpointsTest, AreNotTakenForWhatAnotherProcessWrites) {
  RowNotes notes("noted", [](RowNotes&, LibraryDatabase&) { return true; });
  static_cast<void>(notes.take(database_));
  write(25);
  EXPECT_TRUE(notes.take(database_));
  look_and_wait();
  write(25);
  look_and_wait();
  EXPECT_TRUE(notes.take(database_));
}

}  // namespace
}  // namespace roundelay::checkpoints_test
