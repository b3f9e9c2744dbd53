#include "server/store/store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>

#include "server/base/start_failure.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/store/logged.h"

namespace roundelay::store_test {
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
    out.volume = 1.25;
    return out;
  }
  static Track track(const std::string& id, const std::string& sha256 = "aa") {
    return {
        id, id + ".mp3", 12.25, 2, -16.25, sha256, 0x1FFFFFFFFFFFFF, {.artist = "Anna", .licence = "CC0-1.0", .tempo_bpm = 72.5},
        7};
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.path() + "/roundelay.sqlite";
};

TEST_F(StoreTest, EverythingIsThereAfterReopening) {
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 100));
    store.save_room({.id = "one", .name = "Choir \xC3\xA9", .key_hash = {}, .settings = {{"buckets", 5}, {"track", "t1"}}}, 101);
    store.save_person("one", person(7), true, 102);
    ASSERT_TRUE(store.add_track("one", track("t1"), 103));
    ASSERT_TRUE(store.add_track("one", track("t0"), 104));
    ASSERT_TRUE(store.flush());
  }
  Store store(path_);
  const auto stored = store.room("one").value();
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->name, "Choir \xC3\xA9");
  EXPECT_EQ(stored->key_hash, std::string("\0hash", 5));
  EXPECT_EQ(stored->settings, (nlohmann::json{{"buckets", 5}, {"track", "t1"}}));
  const auto anna = store.person("one", 7).value();
  ASSERT_TRUE(anna);
  EXPECT_EQ(anna->person.name, "Anna");
  EXPECT_EQ(anna->person.role, Role::kListener);
  EXPECT_EQ(anna->person.bucket, 4);
  EXPECT_TRUE(anna->person.muted && anna->person.organiser && anna->present);
  EXPECT_FALSE(anna->person.robot || anna->person.connected());
  EXPECT_EQ(anna->last_seen, 102);
  EXPECT_EQ(anna->person.volume, 1.25);
  const auto tracks = store.tracks("one").value();
  ASSERT_EQ(tracks.size(), 2u);
  EXPECT_EQ(tracks[0].id, "t1") << "in the order of their coming";
  EXPECT_EQ(tracks[0].seconds, 12.25);
  EXPECT_EQ(tracks[0].uploader, 0x1FFFFFFFFFFFFFu);
  EXPECT_EQ(tracks[0].credits, track("t1").credits);
  EXPECT_EQ(tracks[0].library_song, 7);
}

TEST_F(StoreTest, MarksOfASongAreThereInTheirOrderUntilTheyAreForgotten) {
  const auto payloads = [](Store& store) {
    std::string out;
    const auto marks = store.marks("one").value();
    for (const StoredMark& each : marks) out += each.mark.payload;
    return out;
  };
  const auto mark = [](size_t place, const std::string& id, const std::string& payload) {
    return StoredMark{7, place, {id, 960, "light", payload}};
  };
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 100));
    store.save_mark("one", mark(0, "z", "a"));
    store.save_mark("one", mark(1, "y", "b"));
    EXPECT_EQ(payloads(store), "ab") << "what waits is in force";
    ASSERT_TRUE(store.flush());
    store.save_mark("one", mark(0, "z", "c"));
    EXPECT_EQ(payloads(store), "cb");
    ASSERT_TRUE(store.flush());
  }
  Store store(path_);
  EXPECT_EQ(payloads(store), "cb");
  EXPECT_EQ(store.marks("one").value()[0].song, 7U);
  store.forget_marks("one");
  store.save_mark("one", mark(0, "x", "d"));
  EXPECT_EQ(payloads(store), "d");
  ASSERT_TRUE(store.flush());
  EXPECT_EQ(payloads(store), "d");
}

TEST_F(StoreTest, WhatWasSungIsThereByItsTimeUntilItIsForgottenOrItsRoomDeleted) {
  const auto songs = [](Store& store, const std::string& room, int64_t since_ms = 0, int64_t until_ms = 1'000'000, int most = 9) {
    std::vector<uint32_t> out;
    const auto sung = store.sung(room, since_ms, until_ms, most).value();
    for (const SungSong& each : sung) out.push_back(each.song);
    return out;
  };
  const control::Credits credits{
      .artist = "Zo\xC3\xAB", .licence = "CC-BY-4.0", .attribution = "\"a\nb\"", .link = "https://a.example"};
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 100) && store.add_room(room("two"), 100));
    store.save_sung("one", {1, 1'000, "Dona", credits, 7});
    store.save_sung("one", {2, 2'000, "Own", {}});
    store.save_sung("two", {7, 1'500, "Elsewhere", {}});
    EXPECT_EQ(songs(store, "one"), (std::vector<uint32_t>{1, 2})) << "before it is stored";
    ASSERT_TRUE(store.flush());
    store.save_sung("one", {3, 3'000, "Dona", credits});
    EXPECT_EQ(songs(store, "one"), (std::vector<uint32_t>{1, 2, 3}));
    EXPECT_EQ(songs(store, "one", 2'000, 3'000), (std::vector<uint32_t>{2}));
    EXPECT_EQ(songs(store, "one", 0, 9'000, 2), (std::vector<uint32_t>{2, 3})) << "the latest";
    store.save_sung("one", {4, 4'000, "Stopped", {}});
    store.drop_sung("one", 4);
    store.drop_sung("one", 2);
    EXPECT_EQ(songs(store, "one"), (std::vector<uint32_t>{1, 3}));
    ASSERT_TRUE(store.flush());
  }
  Store store(path_);
  const auto sung = store.sung("one", 0, 9'000, 9).value();
  ASSERT_EQ(sung.size(), 2u);
  EXPECT_EQ(sung[0].at_ms, 1'000);
  EXPECT_EQ(sung[0].title, "Dona");
  EXPECT_EQ(sung[0].credits, credits);
  EXPECT_EQ(sung[0].library_song, 7);
  EXPECT_EQ(sung[1].library_song, 0);
  store.forget_sung(1'500);
  ASSERT_TRUE(store.flush());
  EXPECT_EQ(songs(store, "one"), (std::vector<uint32_t>{3}));
  EXPECT_EQ(songs(store, "two"), (std::vector<uint32_t>{7}));
  store.save_sung("one", {5'003, 5'000, "Much later", {}});
  ASSERT_TRUE(store.flush());
  EXPECT_EQ(songs(store, "one"), (std::vector<uint32_t>{5'003})) << "a room keeps those of its last 5,000 songs";
  store.delete_room("one");
  EXPECT_TRUE(store.flush());
  EXPECT_TRUE(songs(store, "one").empty());
  EXPECT_EQ(store.lost(), 0u);
}

TEST_F(StoreTest, WhatWasSaidIsThereAfterReopeningUntilItIsTakenAwayOrNobodyHasBeenThereForLong) {
  const auto ids = [](Store& store, const std::string& room) {
    std::vector<uint64_t> out;
    const auto lines = store.chat(room).value();
    for (const ChatLine& line : lines) out.push_back(line.id);
    return out;
  };
  const auto line = [](uint64_t id) { return ChatLine{id, 7, "Zo\xC3\xAB", "a\nb", 1'764'153'300'000, id == 2}; };
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 100) && store.add_room(room("two"), 500));
    for (uint64_t id = 1; id <= 3; ++id) store.save_line("one", line(id));
    store.save_line("two", line(9));
    EXPECT_EQ(ids(store, "one"), (std::vector<uint64_t>{1, 2, 3})) << "before it is stored";
    store.drop_line("one", 3);
    ASSERT_TRUE(store.flush());
    store.drop_line("one", 1);
    store.save_line("one", line(4));
    EXPECT_EQ(ids(store, "one"), (std::vector<uint64_t>{2, 4}));
    ASSERT_TRUE(store.flush());
  }
  Store store(path_);
  const auto kept = store.chat("one").value();
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(kept[0].name, "Zo\xC3\xAB");
  EXPECT_EQ(kept[0].text, "a\nb");
  EXPECT_EQ(kept[0].at_ms, 1'764'153'300'000);
  EXPECT_TRUE(kept[0].announcement && !kept[1].announcement);
  store.forget_chats(300);
  ASSERT_TRUE(store.flush());
  EXPECT_TRUE(ids(store, "one").empty());
  EXPECT_EQ(ids(store, "two"), (std::vector<uint64_t>{9}));
  store.delete_room("two");
  ASSERT_TRUE(store.flush());
  EXPECT_TRUE(ids(store, "two").empty());
}

TEST_F(StoreTest, WhatIsNotThereIsNotFound) {
  Store store(path_);
  EXPECT_FALSE(store.room("none").value());
  EXPECT_FALSE(store.person("none", 1).value());
  EXPECT_TRUE(store.tracks("none").value().empty());
  EXPECT_TRUE(store.present_people("none").value().empty());
}

TEST_F(StoreTest, WhatBreaksARuleIsRefusedOrLostAndHoldsUpNothingElse) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  EXPECT_FALSE(store.add_room(room("one"), 1)) << "twice the same";
  EXPECT_FALSE(store.error().empty());
  store.save_person("unknown", person(1), true, 1);  // no such room
  store.save_person("one", person(2), true, 1);
  const std::string log = test::logged([&] { EXPECT_TRUE(store.flush()); });
  EXPECT_NE(log.find("a change does not fit the database and is lost: FOREIGN KEY"), std::string::npos) << log;
  EXPECT_EQ(store.lost(), 1u);
  EXPECT_TRUE(store.person("one", 2).value());
  EXPECT_TRUE(store.room("one").value());
}

TEST_F(StoreTest, PresentPeopleAreThoseWithAPlace) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  store.save_person("one", person(1), true, 10);
  store.save_person("one", person(2), true, 10);
  ASSERT_TRUE(store.flush());
  store.save_person("one", person(2), false, 11);
  store.touch_person("one", 1, 50);
  for (const bool stored : {false, true}) {
    if (stored) {
      ASSERT_TRUE(store.flush());
    }
    const auto present = store.present_people("one").value();
    ASSERT_EQ(present.size(), 1u);
    EXPECT_EQ(present[0].person.id, 1u);
    EXPECT_EQ(present[0].last_seen, 50);
  }
  store.drop_people(11);
  ASSERT_TRUE(store.flush());
  EXPECT_TRUE(store.person("one", 2).value());
  store.drop_people(100);
  ASSERT_TRUE(store.flush());
  EXPECT_FALSE(store.person("one", 2).value());
  EXPECT_TRUE(store.person("one", 1).value()) << "has a place";
}

TEST_F(StoreTest, BlobIsUsedWhileAnyRoomHasATrackOfIt) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1) && store.add_room(room("two"), 1));
  ASSERT_TRUE(store.add_track("one", track("t1", "aa"), 1) && store.add_track("two", track("t2", "aa"), 1));
  store.delete_track("one", "t2");  // another room's: nothing happens
  store.delete_track("one", "t1");
  ASSERT_TRUE(store.flush());
  EXPECT_TRUE(store.blob_is_used("aa"));
  store.delete_track("two", "t2");
  EXPECT_TRUE(store.tracks("two").value().empty());
  EXPECT_TRUE(store.blob_is_used("aa")) << "a crash now would bring it back";
  ASSERT_TRUE(store.flush());
  EXPECT_FALSE(store.blob_is_used("aa"));
}

TEST_F(StoreTest, WhatIsAddedIsThereAfterACrashWhatWasNotFlushedIsNot) {
  const pid_t child = fork();
  if (child == 0) {
    Store store(path_);
    static_cast<void>(store.add_room(room("kept"), 1));
    store.save_room({.id = "kept", .name = "Choir \xC3\xA9", .key_hash = {}, .settings = {{"buckets", 8}}}, 2);
    kill(getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  Store store(path_);
  const auto kept = store.room("kept").value();
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->settings, room("kept").settings);
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
        const bool good = store.room(id).value() || store.add_room(room(id), number);
        for (PersonId i = 1; i <= 20; ++i) store.save_person(id, person(i), true, number);
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
      ASSERT_TRUE(store.room(id).value()) << id;
      ASSERT_EQ(store.present_people(id).value().size(), 20u) << id;
    }
    // What was under way is there as a whole or not at all.
    const std::string last = "room" + std::to_string(known);
    const size_t people = store.present_people(last).value().size();
    EXPECT_TRUE(people == 0 || people == 20) << people;
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

TEST_F(StoreTest, StartFailsForGoodWhereAnotherTryWouldNotHelp) {
  EXPECT_THROW(Store(folder_.path() + "/no/db"), StartFailure);
  folder_.write("text.sqlite", std::string(5000, 'x'));
  EXPECT_THROW(Store(folder_.path() + "/text.sqlite"), StartFailure);
  EXPECT_THROW(Store(folder_.path()), StartFailure) << "a folder";
}

TEST_F(StoreTest, ADatabaseThatCannotBeWrittenIsNoStart) {
  { Store store(path_); }
  ASSERT_EQ(chmod(path_.c_str(), 0444), 0);
  ASSERT_EQ(chmod(folder_.path().c_str(), 0755), 0);
  const uid_t self = geteuid();
  if (self == 0) {
    ASSERT_EQ(seteuid(65'534), 0);  // root may write everywhere
  }
  EXPECT_THROW(Store{path_}, StartFailure);
  if (self == 0) {
    ASSERT_EQ(seteuid(0), 0);
  }
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
  } catch (const StartFailure& error) {
    EXPECT_NE(std::string(error.what()).find("newer version"), std::string::npos);
  }
}

// Another process's connection that holds the database locked for as long as it lives.
class Locked {
 public:
  explicit Locked(const std::string& path) {
    EXPECT_EQ(sqlite3_open(path.c_str(), &db_), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db_, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr), SQLITE_OK);
  }
  ~Locked() { sqlite3_close(db_); }
  Locked(const Locked&) = delete;
  Locked& operator=(const Locked&) = delete;

 private:
  sqlite3* db_ = nullptr;
};

TEST_F(StoreTest, WhileItIsLockedChangesHoldAndNobodyWaits) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1) && store.add_track("one", track("t1"), 1));
  const int64_t now_ns = monotonic_ns();
  {
    const Locked locked(path_);
    const auto begun = std::chrono::steady_clock::now();
    for (int turn = 0; turn < 100; ++turn) {
      store.save_person("one", person(7), true, 100 + turn);
      store.save_room({.id = "one", .name = "Choir \xC3\xA9", .key_hash = {}, .settings = {{"buckets", 5}}}, 100 + turn);
      store.delete_track("one", "t1");
      ASSERT_FALSE(store.flush(now_ns));
    }
    EXPECT_FALSE(store.add_room(room("two"), 2));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
    EXPECT_EQ(store.room("one").value()->settings, (nlohmann::json{{"buckets", 5}}));
    EXPECT_EQ(store.present_people("one").value().size(), 1u);
    EXPECT_EQ(store.person("one", 7).value()->last_seen, 199);
    EXPECT_TRUE(store.tracks("one").value().empty());
    EXPECT_EQ(store.pending().size(), 3u) << "the last word on each thing";
    EXPECT_EQ(store.pending().changed_rooms(), std::set<std::string>{"one"});
    EXPECT_NE(store.error().find("locked"), std::string::npos) << store.error();
  }
  EXPECT_FALSE(store.flush(now_ns)) << "not tried again before its time";
  EXPECT_TRUE(store.flush(monotonic_ns() + 1'000'000'000));
  EXPECT_EQ(store.pending().size(), 0u);
  EXPECT_FALSE(store.room("two").value()) << "it was refused";
  const Store other(path_);
  EXPECT_EQ(store.present_people("one").value().size(), 1u);
  EXPECT_EQ(store.lost(), 0u);
}

TEST_F(StoreTest, AFullDiskIsNoLossEither) {
  std::signal(SIGXFSZ, SIG_IGN);
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  struct rlimit before {};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const struct rlimit full = {1'000, before.rlim_max};  // no file may grow any more
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &full), 0);
  store.save_person("one", person(7), true, 100);
  EXPECT_FALSE(store.flush());
  EXPECT_FALSE(store.add_room(room("two"), 1));
  EXPECT_TRUE(store.person("one", 7).value());
  EXPECT_TRUE(store.room("one").value());
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &before), 0);
  EXPECT_TRUE(store.flush(monotonic_ns() + 1'000'000'000));
  EXPECT_TRUE(store.person("one", 7).value());
  EXPECT_TRUE(store.add_room(room("two"), 1));
}

TEST_F(StoreTest, WhatCannotBeReadIsNotTakenForWhatIsNotThere) {
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 1));
  }
  Store store(path_);
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);  // behind the schema's page
  file << std::string(60'000, 'x');
  file.close();
  EXPECT_FALSE(store.room("one"));
  EXPECT_FALSE(store.tracks("one"));
  EXPECT_FALSE(store.person("one", 1));
  EXPECT_FALSE(store.present_people("one"));
  EXPECT_TRUE(store.blob_is_used("aa")) << "nothing is removed then";
  EXPECT_FALSE(store.error().empty());
}

TEST_F(StoreTest, ALockedDatabaseOfThisVersionCanBeOpened) {
  {
    Store store(path_);
    ASSERT_TRUE(store.add_room(room("one"), 1));
  }
  const Store keeps_the_log(path_);
  const Locked locked(path_);
  Store store(path_);
  EXPECT_TRUE(store.room("one").value());
}

TEST_F(StoreTest, RecordingsAreFoundByWhatIsToBeDoneForThemStoredOrWaiting) {
  using State = control::RecordingState;
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  const auto save = [&](uint32_t song, State state) {
    StoredRecording row{.room = "one", .song = song};
    row.shown = {.id = "one-" + std::to_string(song), .state = state};
    store.save_recording(row);
  };
  const auto found = [](const FromStore<std::vector<StoredRecording>>& rows) {
    std::vector<uint32_t> songs;
    for (const StoredRecording& row : rows.value()) songs.push_back(row.song);
    return songs;
  };
  save(1, State::kReady);
  save(2, State::kFailed);
  save(3, State::kWaiting);
  ASSERT_TRUE(store.flush());
  save(3, State::kFailed);
  save(2, State::kRendering);
  EXPECT_EQ(found(store.failed_recordings()), std::vector<uint32_t>{3});
  EXPECT_EQ(found(store.unfinished_recordings()), std::vector<uint32_t>{2});
  ASSERT_TRUE(store.flush());
  EXPECT_EQ(found(store.failed_recordings()), std::vector<uint32_t>{3});
}

TEST_F(StoreTest, TooManyWaitingPeopleAreLostAndCounted) {
  Store store(path_);
  ASSERT_TRUE(store.add_room(room("one"), 1));
  for (PersonId id = 1; id <= PendingChanges::kMostPeople + 5; ++id) store.save_person("one", person(id), true, 1);
  store.save_person("one", person(1), false, 2);  // who waits already may change
  EXPECT_EQ(store.lost(), 5u);
  EXPECT_TRUE(store.flush());
  EXPECT_FALSE(store.person("one", 1).value()->present);
}

}  // namespace
}  // namespace roundelay::store_test
