#include "server/program/backup.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/stat.h>

#include <atomic>
#include <map>
#include <set>
#include <span>
#include <thread>

#include "mixer/file_descriptor.h"
#include "server/base/sha256.h"
#include "server/library/covers.h"
#include "server/library/sql.h"
#include "server/program/backup_manifest.h"
#include "server/program/tar_file.h"
#include "server/store/migrations.h"
#include "server/store/store.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::backup_test {
namespace {

namespace fs = std::filesystem;

std::string sha256_of(const std::string& text) {
  Sha256 hash;
  hash.add(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
  return hash.digest();
}

class BackupTest : public testing::Test {
 protected:
  BackupTest() {
    EXPECT_GE(sodium_init(), 0);
    fs::create_directory(data_);
    store_ = std::make_unique<Store>(data_ + "/roundelay.sqlite");
    write("secret.key", "thirty-two bytes of a secret key");
    EXPECT_TRUE(store_->add_room({.id = "room", .name = "Choir", .key_hash = "h", .settings = nlohmann::json::object()}, 1));
  }

  void write(const std::string& path, const std::string& content) const { (void)folder_.write("data/" + path, content); }
  // A blob and its row; its hash.
  std::string add_track(const std::string& id, const std::string& content) {
    const std::string sha256 = sha256_of(content);
    write("tracks/" + sha256, content);
    Track track;
    track.id = track.name = id;
    track.sha256 = sha256;
    EXPECT_TRUE(store_->add_track("room", track, 1));
    return sha256;
  }
  void add_recording(const std::string& id, control::RecordingState state) {
    store_->save_recording({.room = "room", .song = 1, .shown = {.id = id, .title = "Song", .state = state}});
    EXPECT_TRUE(store_->flush());
  }
  [[nodiscard]] BackupDone back_up() const {
    auto done = write_backup(data_, file_);
    EXPECT_TRUE(done) << (done ? "" : done.error());
    return done.value_or(BackupDone{});
  }
  // The sentence with which it is refused; then nothing is left.
  [[nodiscard]] std::string refusal() const {
    const auto restored = restore_backup(file_, restored_);
    EXPECT_FALSE(restored);
    EXPECT_FALSE(fs::exists(restored_));
    EXPECT_FALSE(fs::exists(folder_.path() + "/evil"));
    return restored ? "" : restored.error();
  }
  // Of all files below, without the database and its logs.
  static std::map<std::string, std::string> files_of(const std::string& folder) {
    std::map<std::string, std::string> out;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const std::string path = fs::relative(entry.path(), folder);
      if (!entry.is_regular_file() || path.starts_with("roundelay.sqlite")) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      out[path] = std::string(std::istreambuf_iterator<char>(in), {});
    }
    return out;
  }
  // A backup made by hand, with what it lists.
  void write_tar(const std::vector<std::pair<std::string, std::string>>& files) const {
    const FileDescriptor out(open(file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    TarWriter tar(out.get());
    for (const auto& [path, text] : files) ASSERT_TRUE(tar.add_text(path, text, 1));
    ASSERT_TRUE(tar.finish());
  }

  TemporaryFolder folder_;
  std::string data_ = folder_.path() + "/data";
  std::string file_ = folder_.path() + "/backup.tar";
  std::string restored_ = folder_.path() + "/restored";
  std::unique_ptr<Store> store_;
};

TEST_F(BackupTest, EverythingThatARowNamesComesBackAsItWas) {
  const std::string track = add_track("t1", std::string(300'000, 'a'));
  write("scores/" + sha256_of("score"), "score");
  ASSERT_TRUE(store_->add_score("room", {.id = "s1", .title = "Score", .sha256 = sha256_of("score")}, 1));
  store_->save_sung("room", {1, 1'000, "Dona", {.artist = "Traditional"}});
  add_recording("room-1", control::RecordingState::kReady);
  write("recordings/room-1/tracks.json", "{}");
  write("recordings/room-1/mix.opus", "sound");
  auto expected = files_of(data_);
  write("tracks/" + sha256_of("nobody's"), "nobody's");
  write("recordings/room-1/all.zip", "made anew when it is wanted");
  write("recordings/room-1/mix.flac.tmp", "half");
  write("uploads/half", "half");
  const BackupDone done = back_up();
  EXPECT_EQ(done.missing, std::vector<std::string>());
  EXPECT_EQ(done.counts.tracks, 1u);
  EXPECT_EQ(done.counts.scores, 1u);
  EXPECT_EQ(done.counts.recordings, 1u);

  const auto restored = restore_backup(file_, restored_);
  ASSERT_TRUE(restored) << restored.error();
  EXPECT_EQ(restored->bytes, done.counts.bytes);
  EXPECT_EQ(files_of(restored_), expected);
  Store store(restored_ + "/roundelay.sqlite");
  EXPECT_EQ(store.room("room").value()->name, "Choir");
  EXPECT_EQ(store.tracks("room").value().at(0).sha256, track);
  EXPECT_EQ(store.sung("room", 0, 2'000, 9).value().at(0).credits.artist, "Traditional");
}

TEST_F(BackupTest, TheLibraryAndItsSongsAreInItWhereThereIsOne) {
  write("library/" + sha256_of("song"), "song");
  write("library.key", std::string(32, 'k'));
  write("library/" + sha256_of("no song any more"), "no song any more");
  {
    SQLite::Database library(data_ + "/library.sqlite", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    library.exec("CREATE TABLE files(hash TEXT PRIMARY KEY); PRAGMA user_version = 999");
    library.exec("INSERT INTO files VALUES('" + sha256_of("song") + "')");
  }
  const BackupDone done = back_up();
  EXPECT_EQ(done.counts.songs, 1u);
  EXPECT_EQ(done.missing, std::vector<std::string>());
  ASSERT_TRUE(restore_backup(file_, restored_));
  EXPECT_EQ(files_of(restored_ + "/library"), (std::map<std::string, std::string>{{sha256_of("song"), "song"}}));
  EXPECT_EQ(files_of(restored_).at("library.key"), std::string(32, 'k'));
  SQLite::Database library(restored_ + "/library.sqlite");
  EXPECT_EQ(library.execAndGet("SELECT count(*) FROM files").getInt(), 1);
}

TEST_F(BackupTest, PicturesThatPeopleBroughtForTheLibraryAreInIt) {
  const std::string hash = sha256_of("small and large");
  write("library/" + hash, "small and large");
  write("library.key", std::string(32, 'k'));
  {
    LibraryDatabase library(data_ + "/library.sqlite");
    const MadeCover cover{.hash = hash, .bytes = 15, .sizes = {CoverStretch{0, 5}, CoverStretch{6, 9}}};
    ASSERT_TRUE(run_sql(library, "INSERT INTO albums (title, fold, kept, created, changed) VALUES ('Missa', 'missa', 1, 1, 1)"));
    ASSERT_TRUE(library.transaction([&] { return Covers(library).give_album(1, &cover, 1); }));
  }
  (void)back_up();
  ASSERT_TRUE(restore_backup(file_, restored_));
  LibraryDatabase library(restored_ + "/library.sqlite");
  EXPECT_EQ(Covers(library).drop_rows_without_files(restored_ + "/library"), 0);
  EXPECT_EQ(sql_integer(library, "SELECT COUNT(*) FROM albums WHERE cover IS NOT NULL"), 1);
  EXPECT_EQ(Covers(library).find(hash, kCoverSides.back())->first, 6);
}

TEST_F(BackupTest, NobodyElseMayReadTheBackupOrWhatItIsRestoredTo) {
  (void)add_track("t1", "sound");
  (void)back_up();
  ASSERT_TRUE(restore_backup(file_, restored_));
  const auto mode = [](const std::string& path) {
    struct stat info {};
    EXPECT_EQ(stat(path.c_str(), &info), 0);
    return info.st_mode & 0777U;
  };
  EXPECT_EQ(mode(file_), 0600u);
  EXPECT_EQ(mode(restored_), 0700u);
  EXPECT_EQ(mode(restored_ + "/secret.key"), 0600u);
  EXPECT_EQ(mode(restored_ + "/tracks"), 0700u);
  std::set<std::string> left;
  for (const auto& entry : fs::directory_iterator(restored_)) left.insert(entry.path().filename());
  EXPECT_EQ(left, (std::set<std::string>{"roundelay.sqlite", "secret.key", "tracks"}));
}

TEST_F(BackupTest, ARecordingThatHasNoFilesYetIsKeptAsItsLogs) {
  add_recording("room-1", control::RecordingState::kRecording);
  add_recording("room-2", control::RecordingState::kWaiting);  // not even a folder
  write("recordings/room-1/shard0-7-1.log", "packets");
  write("recordings/room-1/worker.lock", "");
  EXPECT_EQ(back_up().missing, std::vector<std::string>());
  ASSERT_TRUE(restore_backup(file_, restored_));
  EXPECT_EQ(files_of(restored_ + "/recordings"), (std::map<std::string, std::string>{{"room-1/shard0-7-1.log", "packets"}}));
}

TEST_F(BackupTest, WhatComesAndGoesMeanwhileIsNoError) {
  (void)add_track("kept", std::string(100'000, 'k'));
  std::atomic<bool> over{false};
  std::atomic<int> turns{0};
  // As the conductor does it: a blob before its row, a row before its blob.
  std::jthread server([&] {
    for (int i = 0; !over; ++i) {
      const std::string id = "t" + std::to_string(i % 50);
      const std::string sha256 = add_track(id, "sound " + std::to_string(i));
      store_->delete_track("room", id);
      EXPECT_TRUE(store_->flush());
      fs::remove(data_ + "/tracks/" + sha256);
      ++turns;
    }
  });
  for (int i = 0; i < 8; ++i) {
    const int before = turns;
    const BackupDone done = back_up();
    EXPECT_EQ(done.missing, std::vector<std::string>());
    const auto restored = restore_backup(file_, restored_);
    ASSERT_TRUE(restored) << restored.error();
    Store store(restored_ + "/roundelay.sqlite");
    const auto tracks = store.tracks("room").value();
    EXPECT_EQ(tracks.size(), done.counts.tracks);
    for (const Track& track : tracks) EXPECT_TRUE(fs::exists(restored_ + "/tracks/" + track.sha256)) << track.id;
    fs::remove_all(restored_);
    while (turns == before) std::this_thread::yield();
  }
  over = true;
}

TEST_F(BackupTest, WhatARowNamesAndIsNotThereOrIsSpoiltIsTold) {
  const std::string lost = add_track("t1", "lost"), spoilt = add_track("t2", "spoilt");
  (void)add_track("t3", "well");
  fs::remove(data_ + "/tracks/" + lost);
  write("tracks/" + spoilt, "another");
  add_recording("room-1", control::RecordingState::kReady);
  std::vector<std::string> expected{"recordings/room-1/tracks.json", "tracks/" + lost};
  std::sort(expected.begin(), expected.end());
  expected.push_back("tracks/" + spoilt);
  EXPECT_EQ(back_up().missing, expected);
  EXPECT_TRUE(restore_backup(file_, restored_)) << "the rest is there";
}

TEST_F(BackupTest, ABackupThatFailsLeavesTheOneBefore) {
  (void)folder_.write("backup.tar", "yesterday's");
  fs::remove(data_ + "/secret.key");
  const auto done = write_backup(data_, file_);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().find("key"), std::string::npos) << done.error();
  EXPECT_EQ(folder_.read("backup.tar"), "yesterday's");
  EXPECT_FALSE(fs::exists(file_ + ".partial"));
  EXPECT_FALSE(fs::exists(file_ + ".partial.sqlite"));
  const auto nowhere = write_backup(data_, folder_.path() + "/no/such/folder");
  ASSERT_FALSE(nowhere);
  EXPECT_NE(nowhere.error().find("No such file"), std::string::npos) << nowhere.error();
  const auto nothing = write_backup(folder_.path() + "/elsewhere", file_);
  ASSERT_FALSE(nothing);
  EXPECT_NE(nothing.error().find("no data directory"), std::string::npos) << nothing.error();
}

TEST_F(BackupTest, WhatIsNoFileIsNeverReplaced) {
  const std::string pipe = folder_.path() + "/pipe";  // as /dev/null is: no file, and not to become one
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const auto done = write_backup(data_, pipe);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error(), pipe + " is no file that a backup could replace: name another.");
  EXPECT_TRUE(fs::is_fifo(pipe));
  EXPECT_EQ(write_backup(data_, folder_.path()).error(), folder_.path() + " is a folder: name a file in it.");
  EXPECT_EQ(restore_backup(folder_.path(), restored_).error(),
            folder_.path() + " is a folder: name the file that `roundelay backup` wrote.");
}

TEST_F(BackupTest, AFolderInWhichAnythingIsIsLeftAsItIs) {
  (void)back_up();
  (void)folder_.write("restored/here", "first");
  const auto restored = restore_backup(file_, restored_);
  ASSERT_FALSE(restored);
  EXPECT_NE(restored.error().find("not empty"), std::string::npos) << restored.error();
  EXPECT_EQ(files_of(restored_), (std::map<std::string, std::string>{{"here", "first"}}));
}

TEST_F(BackupTest, ATruncatedBackupIsToldAndLeavesNothing) {
  (void)add_track("t1", std::string(50'000, 'a'));
  (void)back_up();
  const std::string whole = folder_.read("backup.tar");
  const size_t manifest = whole.find(kManifestPath);
  for (const size_t bytes : {size_t{0}, size_t{300}, size_t{1'000}, size_t{30'000}, manifest, manifest + 600}) {
    (void)folder_.write("backup.tar", whole.substr(0, bytes));
    EXPECT_NE(refusal().find("truncated"), std::string::npos) << bytes << ": " << refusal();
  }
}

TEST_F(BackupTest, ASpoiltByteIsFound) {
  (void)add_track("t1", "a sound that is told apart");
  (void)back_up();
  std::string spoilt = folder_.read("backup.tar");
  spoilt[spoilt.find("a sound that")] = 'b';
  (void)folder_.write("backup.tar", spoilt);
  EXPECT_NE(refusal().find("is not what it was"), std::string::npos) << refusal();
}

TEST_F(BackupTest, NoPathLeavesTheFolder) {
  for (const std::string path :
       {"../evil", "/tmp/roundelay-evil", "tracks/../../evil", "recordings/../evil", "recordings/a/../../evil",
        "recordings/.hidden/a", "lock", "tracks/evil", "recordings/a/b/c", ""}) {
    write_tar({{path, "evil"}});
    EXPECT_FALSE(refusal().empty()) << path;
    EXPECT_FALSE(is_backup_path(path)) << path;
  }
  EXPECT_FALSE(fs::exists("/tmp/roundelay-evil"));
}

TEST_F(BackupTest, ADatabaseOfANewerVersionIsRefused) {
  const std::string newer = std::to_string(migrations().size() + 1);
  store_.reset();
  SQLite::Database(data_ + "/roundelay.sqlite", SQLite::OPEN_READWRITE).exec("PRAGMA user_version = " + newer);
  const auto done = write_backup(data_, file_);
  ASSERT_FALSE(done);
  EXPECT_NE(done.error().find("newer version of Roundelay (schema " + newer), std::string::npos) << done.error();
  // One that a newer program wrote.
  const std::string database = folder_.read("data/roundelay.sqlite"), key = "key";
  BackupManifest manifest;
  manifest.files[kDatabasePath] = {static_cast<int64_t>(database.size()), sha256_of(database)};
  manifest.files[kKeyPath] = {3, sha256_of(key)};
  write_tar({{kDatabasePath, database}, {kKeyPath, key}, {kManifestPath, manifest.text()}});
  EXPECT_NE(refusal().find("newer version"), std::string::npos) << refusal();
}

TEST_F(BackupTest, ADatabaseOfAnEarlierSchemaIsBackedUpAsItIs) {
  store_.reset();
  fs::remove(data_ + "/roundelay.sqlite");
  {
    SQLite::Database old(data_ + "/roundelay.sqlite", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(old, migrations().first(1));
  }
  EXPECT_EQ(back_up().missing, std::vector<std::string>());
  ASSERT_TRUE(restore_backup(file_, restored_));
  SQLite::Database restored(restored_ + "/roundelay.sqlite");
  EXPECT_EQ(restored.execAndGet("PRAGMA user_version").getInt(), 1);
}

TEST(BackupManifest, ItIsReadAsItWasWritten) {
  BackupManifest manifest{.made = 7,
                          .files = {{kDatabasePath, {1, std::string(64, 'a')}}, {kKeyPath, {2, std::string(64, '0')}}}};
  const auto read = BackupManifest::read(manifest.text());
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->made, 7);
  EXPECT_EQ(read->files, manifest.files);
}

TEST(BackupManifest, WhatMakesNoSenseIsRefused) {
  const std::string good = BackupManifest{.files = {{kDatabasePath, {1, std::string(64, 'a')}}}}.text();
  ASSERT_TRUE(BackupManifest::read(good));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string out = good;
    return out.replace(out.find(from), from.size(), to);
  };
  for (const std::string& bad :
       {std::string(), std::string("[]"), with("roundelay.sqlite", "../x"), with("roundelay.sqlite", "secret.key"),
        with("aaaa", "AAAA"), with("\"bytes\": 1", "\"bytes\": -1"), with("roundelay-backup", "another"),
        with("\"made\": 0", "\"made\": null")})
    EXPECT_FALSE(BackupManifest::read(bad)) << bad;
  EXPECT_NE(BackupManifest::read(with("\"version\": 1", "\"version\": 2")).error().find("newer"), std::string::npos);
}

}  // namespace
}  // namespace roundelay::backup_test
