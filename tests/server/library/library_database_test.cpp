#include "server/library/library_database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::library_database_test {
namespace {

TEST(LibraryDatabase, KeepsItsRowsWhenItIsOpenedAgain) {
  const TemporaryFolder folder;
  for (int time = 0; time < 2; ++time) {
    LibraryDatabase database(folder.path() + "/library.sqlite");
    ASSERT_EQ(Query(database.statement("INSERT INTO files(hash, bytes, kind) VALUES(?1, 7, 'mp3')"), std::to_string(time)).step(),
              SQLITE_DONE);
    Query query(database.statement("SELECT count(*) FROM files"));
    ASSERT_EQ(query.step(), SQLITE_ROW);
    EXPECT_EQ(query.integer(0), time + 1);
  }
}

TEST(LibraryDatabase, HasNoSongWithoutItsFile) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  const char* song = "INSERT INTO songs(title, hash, private, status, created) VALUES('A', 'nowhere', 0, 'UPLOADED', 1)";
  EXPECT_EQ(Query(database.statement(song)).step(), SQLITE_CONSTRAINT);
}

TEST(LibraryDatabase, WritesAllOrNothing) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  EXPECT_FALSE(database.transaction([&] {
    EXPECT_EQ(Query(database.statement("INSERT INTO files VALUES('a', 1, 'mp3')")).step(), SQLITE_DONE);
    return false;
  }));
  EXPECT_EQ(Query(database.statement("SELECT * FROM files")).step(), SQLITE_DONE);
}

}  // namespace
}  // namespace roundelay::library_database_test
