#include "server/library/library_database.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include "server/library/song_filter.h"
#include "server/library/song_import.h"
#include "server/library/sql.h"
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

std::string plan_of(LibraryDatabase& database, const std::string& sql, const SqlValues& values) {
  std::string out;
  EXPECT_TRUE(
      each_row_once(database, "EXPLAIN QUERY PLAN " + sql, values, [&](const SqlRow& row) { out += row.text(3) + "; "; }));
  return out;
}

TEST(LibraryDatabase, CountsSkipsAndOrdersSongsByIndexesAlone) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  for (const Viewer& viewer : {Viewer{}, Viewer{2, LibraryRole::kMember}, Viewer{1, LibraryRole::kAdmin}}) {
    SongFilter tempo, length, genre;
    tempo.tempo_from_bpm = 100;
    length.length_to_ms = 200'000;
    genre.genre = "jazz";
    for (const SongFilter& filter : {SongFilter{}, tempo, length, genre}) {
      const SqlCondition where = condition_of(filter, viewer);
      const std::string plan = plan_of(database, "SELECT COUNT(*) FROM songs WHERE " + where.sql, where.values);
      EXPECT_NE(plan.find("COVERING INDEX"), std::string::npos) << where.sql << ": " << plan;
    }
    for (const SongOrder order : {SongOrder::kTitle, SongOrder::kRating, SongOrder::kPlays, SongOrder::kLength}) {
      const SqlCondition where = condition_of({}, viewer);
      std::string sql = "SELECT songs.id FROM songs WHERE " + where.sql;
      sql += order_of(order);
      const std::string plan = plan_of(database, sql + " LIMIT 50 OFFSET 4000", where.values);
      EXPECT_NE(plan.find("COVERING INDEX"), std::string::npos) << sql << ": " << plan;
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << sql << ": " << plan;
    }
  }
}

// An import of 100,000 rows asks for each of them, and all songs may be of one account.
TEST(LibraryDatabase, FindsASongOfATableWithoutReadingAllOfItsAccount) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  for (const auto& [sql, index] :
       {std::pair{kSongsOfTitle, "INDEX songs_by_title (fold=?"}, std::pair{kSongOfFile, "INDEX songs_of_file (hash=?"}}) {
    const std::string plan = plan_of(database, std::string(sql), {"a", 1});
    EXPECT_NE(plan.find(index), std::string::npos) << sql << ": " << plan;
  }
}

}  // namespace
}  // namespace roundelay::library_database_test
