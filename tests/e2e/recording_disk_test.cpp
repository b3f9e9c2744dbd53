// A recording on a disk that is full: the recording stops with an alarm, the song goes on, and so does the recording when there
// is room again. Needs root: the folder of recordings is a small disk of its own.
#include <sched.h>
#include <sys/mount.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e::recording_disk_test {
namespace {

// A mount namespace of this process, which the servers that it starts inherit.
struct OwnMounts {
  OwnMounts() {
    EXPECT_EQ(unshare(CLONE_NEWNS), 0) << strerror(errno) << " (this test needs root)";
    EXPECT_EQ(mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0) << strerror(errno);
  }
};

class RecordingDisk : private OwnMounts, public Recording {
 protected:
  RecordingDisk() {
    disk = server.data_dir() + "/recordings";
    EXPECT_EQ(mount("roundelay-test", disk.c_str(), "tmpfs", 0, "size=8m"), 0) << strerror(errno);
    logs = RecordLogs(disk, disk + "/kept");
  }
  ~RecordingDisk() override { umount2(disk.c_str(), MNT_DETACH); }

  // All but so many bytes are taken.
  void fill_but(uintmax_t bytes) {
    const uintmax_t left = std::filesystem::space(disk).available;
    ASSERT_GT(left, bytes);
    std::ofstream(disk + "/filler") << std::string(left - bytes, 'x');
  }
  [[nodiscard]] bool trouble() const {
    const auto told = leader->heard("song");
    return !told.empty() && told.back().at("song").value("recording_trouble", false);
  }
  std::string disk;
};

TEST_F(RecordingDisk, IsFullAndTheRecordingStopsWithAnAlarmTheSongGoesOnAndSoDoesTheRecordingWhenThereIsRoom) {
  begin();
  sing(30);
  fill_but(16'384);
  ASSERT_TRUE(wait_until([&] { return trouble(); })) << server.log();
  const auto told = [&](int shard) {
    const std::string line = "roundelay_recording_failing{shard=\"" + std::to_string(shard) + "\"} 1";
    return server.request("GET", "/metrics").body.find(line) != std::string::npos;
  };
  EXPECT_TRUE(wait_until([&] { return told(0) || told(1); }));
  const size_t before = leader->count();
  sing(50);
  EXPECT_EQ(leader->connections(), 1);
  EXPECT_GE(leader->count(), before + 50) << "the song goes on";
  std::filesystem::remove(disk + "/filler");
  ASSERT_TRUE(wait_until([&] { return !trouble(); })) << server.log();
  const int64_t again = leader->sent().rbegin()->first;
  sing(60);
  leader->say({{"type", "stop"}});
  ASSERT_TRUE(wait_until([&] {
    logs.look();
    const auto rows = stored_recordings(server.data_dir());
    return rows.contains(id) && rows.at(id) != "recording";
  })) << server.log();
  // By then each shard has written all that it took: nobody makes files of a log that somebody still writes.
  const RecordLogs::Content content = logs.read(id);
  EXPECT_EQ(content.contradiction, "");
  EXPECT_GT(content.dropped, 50u) << "what is missing is told";
  const auto& kept = content.packets.at(number_of(leader->person()));
  for (const auto& [position, block] : leader->sent()) {
    if (position > again + 25 * kBlockSamples && position < leader->song().end) {
      ASSERT_TRUE(kept.contains(position)) << position - start;
      EXPECT_EQ(kept.at(position), block.packet);
    }
  }
  std::string notices;
  for (const json& message : leader->heard("notice")) notices += message.at("message").get<std::string>();
  EXPECT_NE(notices.find("disk is full"), std::string::npos) << notices;
}

}  // namespace
}  // namespace roundelay::e2e::recording_disk_test
