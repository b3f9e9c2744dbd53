#include "server/store/migrations.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <thread>
#include <vector>

#include "server/base/start_failure.h"
#include "server/store/store.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/store/logged.h"

namespace roundelay::migrations_test {
namespace {

// Schema 1 as it was released, and a room in it. Never changed.
constexpr const char* kDatabaseOfSchema1 = R"(
CREATE TABLE rooms (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, key_hash BLOB NOT NULL, settings TEXT NOT NULL,
  created INTEGER NOT NULL, last_used INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE people (
  room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE, person INTEGER NOT NULL,
  name TEXT NOT NULL, role TEXT NOT NULL, bucket INTEGER NOT NULL, muted INTEGER NOT NULL, organiser INTEGER NOT NULL,
  robot INTEGER NOT NULL, present INTEGER NOT NULL, last_seen INTEGER NOT NULL,
  PRIMARY KEY (room, person)
) WITHOUT ROWID;
CREATE INDEX people_gone ON people(last_seen) WHERE present = 0;
CREATE TABLE tracks (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, room TEXT NOT NULL REFERENCES rooms(id) ON DELETE CASCADE,
  name TEXT NOT NULL, seconds REAL NOT NULL, channels INTEGER NOT NULL, sha256 TEXT NOT NULL, uploader INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE INDEX tracks_of_room ON tracks(room, number);
CREATE INDEX tracks_of_blob ON tracks(sha256);
PRAGMA user_version = 1;
INSERT INTO rooms VALUES('abc', 'Choir', x'00686173', '{"buckets":4,"track":"t1"}', 100, 200);
INSERT INTO people VALUES('abc', 77, 'Anna', 'listener', 3, 1, 0, 0, 1, 190);
INSERT INTO tracks VALUES(1, 't1', 'abc', 'song.mp3', 12.5, 2, 'aa', 77, 150);
)";

class MigrationsTest : public testing::Test {
 protected:
  SQLite::Database open() const { return {path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10'000}; }
  int version() const { return open().execAndGet("PRAGMA user_version").getInt(); }
  std::string schema() const {
    SQLite::Database database = open();
    std::string out;
    for (SQLite::Statement each(database, "SELECT type, name, sql FROM sqlite_schema ORDER BY name"); each.executeStep();)
      out.append(each.getColumn(0).getString() + " " + each.getColumn(1).getString() + " " + each.getColumn(2).getString() +
                 "\n");
    return out;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/roundelay.sqlite";
};

TEST_F(MigrationsTest, ADatabaseOfTheFirstSchemaKeepsWhatItHolds) {
  open().exec(kDatabaseOfSchema1);
  Store store(path_);
  EXPECT_EQ(version(), static_cast<int>(migrations().size()));
  const auto room = store.room("abc").value();
  ASSERT_TRUE(room);
  EXPECT_EQ(room->name, "Choir");
  EXPECT_EQ(room->key_hash, std::string("\0has", 4));
  EXPECT_EQ(room->settings, (nlohmann::json{{"buckets", 4}, {"track", "t1"}}));
  const auto anna = store.person("abc", 77).value();
  ASSERT_TRUE(anna);
  EXPECT_EQ(anna->person.bucket, 3);
  EXPECT_TRUE(anna->person.muted && anna->present);
  ASSERT_EQ(store.tracks("abc").value().size(), 1u);
  EXPECT_EQ(store.tracks("abc").value()[0].sha256, "aa");
  EXPECT_EQ(store.tracks("abc").value()[0].loudness, std::nullopt);
  EXPECT_TRUE(store.tracks("abc").value()[0].credits.empty());
}

TEST_F(MigrationsTest, TheFirstStepMakesTheFirstSchemaAsItWasReleased) {
  SQLite::Database fresh = open();
  migrate(fresh, migrations().first(1));
  const std::string made = schema();
  path_ += "-released";
  open().exec(kDatabaseOfSchema1);
  EXPECT_EQ(made, schema());
}

TEST_F(MigrationsTest, ADatabaseOfEachEarlierSchemaOpensKeepsItsRoomAndBecomesAsOneMadeToday) {
  { const Store fresh(path_); }
  const std::string today = schema();
  for (size_t steps = 1; steps < migrations().size(); ++steps) {
    path_ = folder_.path() + "/of-schema-" + std::to_string(steps);
    {
      SQLite::Database old = open();
      migrate(old, migrations().first(steps));
      old.exec("INSERT INTO rooms(id, name, key_hash, settings, created, last_used) VALUES('abc', 'Choir', x'68', '{}', 1, 2)");
      old.exec(
          "INSERT INTO people(room, person, name, role, bucket, muted, organiser, robot, present, last_seen) "
          "VALUES('abc', 77, 'Anna', 'singer', 3, 0, 1, 0, 1, 2)");
      ASSERT_EQ(version(), static_cast<int>(steps));
    }
    Store store(path_);
    EXPECT_EQ(store.room("abc").value().value().name, "Choir") << steps;
    const auto anna = store.person("abc", 77).value();
    ASSERT_TRUE(anna) << steps;
    EXPECT_EQ(anna->person.name, "Anna") << steps;
    EXPECT_TRUE(anna->person.organiser) << steps;
    store.save_sung("abc", {1, 5, "Dona", {.artist = "Traditional"}});
    ASSERT_TRUE(store.flush() && store.lost() == 0) << steps;
    EXPECT_EQ(store.sung("abc", 0, 9, 9).value().at(0).credits.artist, "Traditional") << steps;
    EXPECT_EQ(version(), static_cast<int>(migrations().size())) << steps;
    EXPECT_EQ(schema(), today) << steps;
  }
}

TEST_F(MigrationsTest, OnlyTheStepsThatWereNotSeenAreTaken) {
  const std::array<const char*, 3> steps = {"CREATE TABLE first(a)", "CREATE TABLE second(a); INSERT INTO first VALUES(2)",
                                            "INSERT INTO first VALUES(3)"};
  SQLite::Database database = open();
  migrate(database, std::span(steps).first(2));
  EXPECT_EQ(version(), 2);
  migrate(database, steps);
  migrate(database, steps);
  EXPECT_EQ(version(), 3);
  EXPECT_EQ(database.execAndGet("SELECT group_concat(a) FROM first").getString(), "2,3");
}

TEST_F(MigrationsTest, AStepThatFailsHalfWayLeavesTheDatabaseAsItWasBeforeIt) {
  const std::array<const char*, 2> steps = {"CREATE TABLE first(a)", "INSERT INTO first VALUES(2); CREATE TABLE first(a)"};
  SQLite::Database database = open();
  EXPECT_THROW(migrate(database, steps), SQLite::Exception);
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM first").getInt(), 0);
  // The next version of the program, with the step mended.
  const std::array<const char*, 2> mended = {steps[0], "INSERT INTO first VALUES(2)"};
  migrate(database, mended);
  EXPECT_EQ(version(), 2);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM first").getInt(), 1);
}

TEST_F(MigrationsTest, AStepMayMakeATableAnewWithoutLosingWhatRefersToIt) {
  open().exec(kDatabaseOfSchema1);
  const std::array<const char*, 2> steps = {
      migrations()[0],
      "CREATE TABLE new_rooms(id TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID; INSERT INTO new_rooms SELECT id, name FROM "
      "rooms; DROP TABLE rooms; ALTER TABLE new_rooms RENAME TO rooms"};
  SQLite::Database database = open();
  migrate(database, steps);
  database.exec("PRAGMA foreign_keys = ON");
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM people").getInt(), 1);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM tracks").getInt(), 1);
  database.exec("DELETE FROM rooms");
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM people").getInt(), 0) << "they still belong to it";
}

TEST_F(MigrationsTest, AStepThatLeavesRowsWithoutTheirRoomIsNotTaken) {
  open().exec(kDatabaseOfSchema1);
  const std::array<const char*, 2> steps = {migrations()[0], "DELETE FROM rooms"};
  SQLite::Database database = open();
  EXPECT_THROW(migrate(database, steps), SQLite::Exception);
  EXPECT_EQ(version(), 1);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM rooms").getInt(), 1);
}

TEST_F(MigrationsTest, WhatMustReferToARoomDoesOnceTheStepsAreTaken) {
  Store store(path_);
  store.save_person("no such room", {}, true, 1);
  const std::string log = test::logged([&] { EXPECT_TRUE(store.flush()); });
  EXPECT_NE(log.find("FOREIGN KEY"), std::string::npos) << log;
  EXPECT_EQ(store.lost(), 1u);
}

TEST_F(MigrationsTest, SeveralAtOnceTakeEachStepOnce) {
  std::vector<const char*> steps = {"CREATE TABLE counted(a)"};
  for (int i = 0; i < 20; ++i) steps.push_back("INSERT INTO counted VALUES(1)");
  { SQLite::Database made = open(); }
  std::array<std::string, 4> troubles;
  {
    std::vector<std::jthread> all;
    for (std::string& trouble : troubles) {
      all.emplace_back([&] {
        try {
          SQLite::Database database = open();
          migrate(database, steps);
        } catch (const std::exception& error) {
          trouble = error.what();
        }
      });
    }
  }
  for (const std::string& trouble : troubles) EXPECT_EQ(trouble, "");
  EXPECT_EQ(version(), 21);
  EXPECT_EQ(open().execAndGet("SELECT count(*) FROM counted").getInt(), 20);
}

TEST_F(MigrationsTest, ANewerSchemaAndOneOfAnotherProgramAreLeftAsTheyAre) {
  for (const int strange : {99, -3}) {
    open().exec("PRAGMA user_version = " + std::to_string(strange));
    try {
      Store store(path_);
      FAIL() << "opened with " << strange;
    } catch (const StartFailure& error) {
      EXPECT_NE(std::string(error.what()).find(std::to_string(strange)), std::string::npos) << error.what();
      EXPECT_NE(std::string(error.what()).find(path_), std::string::npos) << error.what();
    }
    EXPECT_EQ(version(), strange);
    EXPECT_EQ(schema(), "");
  }
}

}  // namespace
}  // namespace roundelay::migrations_test
