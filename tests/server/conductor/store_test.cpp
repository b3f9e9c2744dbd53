#include "server/conductor/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay {
namespace {

class StoreTest : public testing::Test {
 protected:
  static StoredRoom room(const std::string& id) { return {id, "Choir \xC3\xA9", std::string("\0hash", 5), {{"buckets", 3}}}; }
  static Person person(PersonId id) {
    Person out;
    out.id = id;
    out.name = "Anna";
    out.role = Role::kListener;
    out.bucket = 4;
    out.muted = true;
    out.organiser = true;
    return out;
  }
  static Track track(const std::string& id, const std::string& sha256 = "aa") {
    return {id, id + ".mp3", 12.25, 2, sha256, 0x1FFFFFFFFFFFFF};
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/roundelay.sqlite";
};

TEST_F(StoreTest, EverythingIsThereAfterReopening) {
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 100));
    ASSERT_TRUE(store.save_room("one", {{"buckets", 5}, {"track", "t1"}}, 101));
    ASSERT_TRUE(store.save_person("one", person(7), true, 102));
    ASSERT_TRUE(store.add_track("one", track("t1"), 103));
    ASSERT_TRUE(store.add_track("one", track("t0"), 104));
  }
  Store store(path_);
  const auto stored = store.room("one");
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->name, "Choir \xC3\xA9");
  EXPECT_EQ(stored->key_hash, std::string("\0hash", 5));
  EXPECT_EQ(stored->settings, (nlohmann::json{{"buckets", 5}, {"track", "t1"}}));
  const auto anna = store.person("one", 7);
  ASSERT_TRUE(anna);
  EXPECT_EQ(anna->person.name, "Anna");
  EXPECT_EQ(anna->person.role, Role::kListener);
  EXPECT_EQ(anna->person.bucket, 4);
  EXPECT_TRUE(anna->person.muted && anna->person.organiser && anna->present);
  EXPECT_FALSE(anna->person.robot || anna->person.connected());
  EXPECT_EQ(anna->last_seen, 102);
  const auto tracks = store.tracks("one");
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[0].id, "t1") << "in the order of their coming";
  EXPECT_EQ(tracks[0].seconds, 12.25);
  EXPECT_EQ(tracks[0].uploader, 0x1FFFFFFFFFFFFFu);
}

TEST_F(StoreTest, WhatIsNotThereIsNotFound) {
  Store store(path_);
  EXPECT_FALSE(store.room("none"));
  EXPECT_FALSE(store.person("none", 1));
  EXPECT_TRUE(store.tracks("none").empty());
  EXPECT_TRUE(store.present_people("none").empty());
}

TEST_F(StoreTest, FailedWritesAreReported) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  EXPECT_FALSE(store.add_room(room("one"), 1)) << "twice the same";
  EXPECT_FALSE(store.save_person("unknown", person(1), true, 1)) << "no such room";
  EXPECT_FALSE(store.error().empty());
  EXPECT_TRUE(store.flush());
  EXPECT_TRUE(store.room("one"));
}

TEST_F(StoreTest, PresentPeopleAreThoseWithAPlace) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  ASSERT_TRUE(store.save_person("one", person(1), true, 10));
  ASSERT_TRUE(store.save_person("one", person(2), true, 10));
  ASSERT_TRUE(store.save_person("one", person(2), false, 11));
  ASSERT_TRUE(store.touch_person("one", 1, 50));
  const auto present = store.present_people("one");
  ASSERT_EQ(present.size(), 1u);
  EXPECT_EQ(present[0].person.id, 1u);
  EXPECT_EQ(present[0].last_seen, 50);
  ASSERT_TRUE(store.drop_people(11));
  EXPECT_TRUE(store.person("one", 2));
  ASSERT_TRUE(store.drop_people(100));
  EXPECT_FALSE(store.person("one", 2));
  EXPECT_TRUE(store.person("one", 1)) << "has a place";
}

TEST_F(StoreTest, BlobIsUsedWhileAnyRoomHasATrackOfIt) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1) && store.add_room(room("two"), 1));
  ASSERT_TRUE(store.add_track("one", track("t1", "aa"), 1) && store.add_track("two", track("t2", "aa"), 1));
  ASSERT_TRUE(store.delete_track("one", "t2")) << "another room's: nothing happens";
  ASSERT_TRUE(store.delete_track("one", "t1"));
  EXPECT_TRUE(store.blob_is_used("aa"));
  ASSERT_TRUE(store.delete_track("two", "t2"));
  EXPECT_FALSE(store.blob_is_used("aa"));
}

TEST_F(StoreTest, UnflushedWritesAreGoneAfterACrash) {
  const pid_t child = fork();
  if (child == 0) {
    Store store(path_);
    static_cast<void>(store.add_room(room("kept"), 1) && store.flush());
    static_cast<void>(store.add_room(room("lost"), 1));
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  Store store(path_);
  EXPECT_TRUE(store.room("kept"));
  EXPECT_FALSE(store.room("lost"));
}

TEST_F(StoreTest, EverythingThatWasFlushedSurvivesKillAtAnyMoment) {
  int known = 0;  // rooms that must be there
  for (int round = 0; round < 5; ++round) {
    int report[2];
    ASSERT_EQ(pipe(report), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(report[0]);
      Store store(path_);
      for (int number = known;; ++number) {
        const std::string id = "room" + std::to_string(number);
        bool good = store.room(id).has_value() || store.add_room(room(id), number);
        for (PersonId i = 1; i <= 20; ++i) good = good && store.save_person(id, person(i), true, number);
        if (!good || !store.flush() || write(report[1], &number, sizeof number) != sizeof number) _exit(1);
      }
    }
    close(report[1]);
    int number = 0;
    for (int seen = 0; seen < 10 + 7 * round; ++seen) {
      ASSERT_EQ(read(report[0], &number, sizeof number), ssize_t{sizeof number});
      known = number + 1;
    }
    kill(child, SIGKILL);
    while (read(report[0], &number, sizeof number) == ssize_t{sizeof number}) known = number + 1;
    close(report[0]);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));

    Store store(path_);
    for (int i = 0; i < known; ++i) {
      const std::string id = "room" + std::to_string(i);
      ASSERT_TRUE(store.room(id)) << id;
      ASSERT_EQ(store.present_people(id).size(), 20u) << id;
    }
    // What was under way is there as a whole or not at all.
    const std::string last = "room" + std::to_string(known);
    EXPECT_EQ(store.present_people(last).size(), store.room(last) ? 20u : 0u);
  }
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
  std::string verdict;
  sqlite3_exec(
      db, "PRAGMA integrity_check",
      [](void* out, int, char** values, char**) {
        *static_cast<std::string*>(out) = values[0];
        return 0;
      },
      &verdict, nullptr);
  sqlite3_close(db);
  EXPECT_EQ(verdict, "ok");
}

TEST_F(StoreTest, StartFailsWithASentence) {
  EXPECT_THROW(Store(folder_.path() + "/no/db"), std::runtime_error);
  folder_.write("text.sqlite", std::string(5000, 'x'));
  EXPECT_THROW(Store(folder_.path() + "/text.sqlite"), std::runtime_error);
}

TEST_F(StoreTest, DatabaseOfANewerVersionIsLeftAlone) {
  { Store store(path_); }
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(path_.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  try {
    Store store(path_);
    FAIL() << "opened";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find("newer version"), std::string::npos);
  }
}

}  // namespace
}  // namespace roundelay
