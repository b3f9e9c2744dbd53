#include "server/library/library_database.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "server/library/library_migrations.h"
#include "server/library/song_filter.h"
#include "server/library/song_import.h"
#include "server/library/sql.h"
#include "server/library/viewer.h"
#include "server/store/database.h"
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
    SongFilter tempo, years, length, genre;
    tempo.tempo_from_bpm = 100;
    years.year_to = 1990;
    length.length_to_ms = 200'000;
    genre.genre = "jazz";
    for (const SongFilter& filter : {SongFilter{}, tempo, years, length, genre}) {
      const SqlCondition where = condition_of(filter, viewer);
      const std::string plan = plan_of(database, "SELECT COUNT(*) FROM songs WHERE " + where.sql, where.values);
      EXPECT_NE(plan.find("COVERING INDEX"), std::string::npos) << where.sql << ": " << plan;
    }
    // These alone, not all songs.
    for (const auto& [filter, index] :
         {std::pair{tempo, "INDEX songs_by_tempo (tempo_bpm>"}, {years, "INDEX songs_by_year (year<"}}) {
      const SqlCondition where = condition_of(filter, viewer);
      const std::string plan = plan_of(database, "SELECT COUNT(*) FROM songs WHERE " + where.sql, where.values);
      EXPECT_NE(plan.find(index), std::string::npos) << where.sql << ": " << plan;
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

TEST(LibraryDatabase, CountsSkipsAndOrdersAlbumsAndArtistsByTheirOwnRows) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  for (const Viewer& viewer : {Viewer{}, Viewer{2, LibraryRole::kMember}, Viewer{1, LibraryRole::kAdmin}}) {
    for (const auto& [rows, where] : {std::pair{std::string("albums"), sees_album(viewer)}, {"artists", sees_artist(viewer)}}) {
      std::string plan = plan_of(database, "SELECT COUNT(*) FROM " + rows + " WHERE " + where.sql, where.values);
      EXPECT_NE(plan.find("COVERING INDEX"), std::string::npos) << plan;
      // For hers that are private it is looked at the album's songs, not at all of hers.
      EXPECT_EQ(plan.find("songs_of_uploader"), std::string::npos) << plan;
      plan = plan_of(
          database,
          "SELECT id FROM " + rows + " WHERE " + where.sql + " ORDER BY " + rows + ".fold, " + rows + ".id LIMIT 50 OFFSET 4000",
          where.values);
      EXPECT_NE(plan.find("COVERING INDEX"), std::string::npos) << plan;
      EXPECT_EQ(plan.find("TEMP B-TREE"), std::string::npos) << plan;
    }
  }
}

TEST(LibraryDatabase, CountsPublicSongsOfAnEarlierSchema) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/library.sqlite";
  constexpr size_t kBefore = 12;
  {
    Database old(path, library_migrations().first(kBefore));
    SQLite::Database(path, SQLite::OPEN_READWRITE)
        .exec(
            "INSERT INTO artists (id, name, fold, kept, created, changed) VALUES (1, 'A', 'a', 0, 1, 1), (2, 'B', 'b', 0, 1, 1);"
            "INSERT INTO albums (id, title, fold, artist, kept, created, changed) VALUES (1, 'C', 'c', 1, 0, 1, 1), "
            "(2, 'D', 'd', 2, 0, 1, 1), (3, 'E', 'e', 2, 1, 1, 1);"
            "INSERT INTO songs (title, private, status, created, artist, album) VALUES ('F', 0, 'UPLOADED', 1, 1, 1), "
            "('G', 0, 'UPLOADED', 1, 2, 1), ('H', 1, 'UPLOADED', 1, 2, 2)");
  }
  LibraryDatabase database(path);
  std::string found;
  ASSERT_TRUE(each_row(database, "SELECT group_concat(public_songs, ' ') FROM albums", {},
                       [&](const SqlRow& row) { found += row.text(0) + "; "; }));
  ASSERT_TRUE(each_row(database, "SELECT group_concat(public_songs || ' ' || public_albums, ', ') FROM artists", {},
                       [&](const SqlRow& row) { found += row.text(0); }));
  EXPECT_EQ(found, "2 0 0; 1 1, 1 1");
}

// An import of 100,000 rows asks for each of them, and all songs may be of one account.
TEST(LibraryDatabase, FindsASongOfATableWithoutReadingAllOfItsAccount) {
  const TemporaryFolder folder;
  LibraryDatabase database(folder.path() + "/library.sqlite");
  for (const auto& [sql, index] : {std::pair{kSongsOfTitle, "INDEX songs_of_uploader (uploader=? AND fold=?)"},
                                   std::pair{kSongsOfTitleOfOthers, "INDEX songs_by_title (fold=?)"},
                                   std::pair{kSongOfFile, "INDEX songs_of_file (hash=? AND uploader=?)"}}) {
    const std::string plan = plan_of(database, std::string(sql), {"a", 1});
    EXPECT_NE(plan.find(index), std::string::npos) << sql << ": " << plan;
  }
}

}  // namespace
}  // namespace roundelay::library_database_test
