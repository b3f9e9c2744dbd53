// The recorder over a real loop and real files: what it takes is in the log, whatever the disk does.
#include "server/shard/recorder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <map>
#include <set>
#include <variant>

#include "server/base/config.h"
#include "server/shard/voice_tap.h"
#include "server/wire/record/record_reader.h"
#include "tests/mixer/allocation_count.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::recorder_test {
namespace {

namespace fs = std::filesystem;
constexpr Position kStart{96'000'000};
constexpr uint64_t kAnna = 7;

// What a log holds, in words.
struct Log {
  std::vector<std::string> entries;
  std::map<int64_t, std::vector<uint8_t>> packets;  // of whoever
  uint32_t dropped = 0;
  bool whole = true;  // to its last byte
};

Log read_log(const std::string& bytes) {
  Log log;
  std::span<const uint8_t> rest(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  EXPECT_TRUE(wire::is_record_magic(rest));
  rest = rest.subspan(wire::kRecordMagic.size());
  while (!rest.empty()) {
    const auto read = wire::read_record(rest);
    if (!read) {
      log.whole = false;
      break;
    }
    rest = rest.subspan(read->bytes);
    const wire::Record& record = read->record;
    if (const auto* song = std::get_if<wire::SongRecord>(&record)) {
      log.entries.push_back("song " + std::to_string(song->song) + " of " + std::string(song->room));
    } else if (const auto* person = std::get_if<wire::PersonRecord>(&record)) {
      log.entries.push_back("person " + std::to_string(person->person) + " " + std::string(person->name) + " " +
                            std::string(person->part) + (person->left_out ? " left out" : ""));
    } else if (const auto* packet = std::get_if<wire::PacketRecord>(&record)) {
      log.entries.emplace_back("packet");
      log.packets[packet->position.samples] = {packet->opus.begin(), packet->opus.end()};
    } else if (std::get_if<wire::MixRecord>(&record) != nullptr) {
      log.entries.emplace_back("mix");
    } else if (std::get_if<wire::BackingRecord>(&record) != nullptr) {
      log.entries.emplace_back("backing");
    } else if (const auto* dropped = std::get_if<wire::DroppedRecord>(&record)) {
      log.entries.push_back("dropped " + std::to_string(dropped->blocks));
      log.dropped += dropped->blocks;
    } else if (const auto* end = std::get_if<wire::EndRecord>(&record)) {
      log.entries.push_back("end " + std::to_string(blocks_between(end->position, kStart).count));
    }
  }
  return log;
}

class RecorderTest : public ::testing::Test {
 protected:
  RecorderTest() { uv_loop_init(&loop_); }
  ~RecorderTest() override {
    recorder_.reset();
    uv_run(&loop_, UV_RUN_DEFAULT);
    EXPECT_EQ(uv_loop_close(&loop_), 0);
  }
  void make(size_t ring_bytes = 1 << 16) {
    recorder_.emplace(&loop_, Recorder::Settings{.recordings_dir = dir_, .shard = 3, .ring_bytes = ring_bytes}, row_);
    log_ = recorder_->begin("abcdefghij", {.number = 4, .start = kStart, .music = kStart});
    ASSERT_NE(log_, 0u);
  }
  // A second's worth of the loop: written, and synced.
  void write() {
    now_ns_ += 2'000'000'000;
    for (int i = 0; i < 2; ++i) {
      recorder_->write(now_ns_);
      uv_run(&loop_, UV_RUN_DEFAULT);
    }
  }
  VoiceTap& aimed(bool left_out = false) {
    tap_.aim(&*recorder_, log_, {.person = kAnna, .left_out = left_out, .name = "Anna", .part = "Alto"}, kStart, {kNoEnd});
    return tap_;
  }
  static std::vector<uint8_t> packet(int number) { return {uint8_t(number), uint8_t(number >> 8), 1, 2, 3}; }
  void sing(int from, int count) {
    for (int i = from; i < from + count; ++i) aimed().take(kStart + Blocks{i}, 1.5F, false, packet(i));
  }
  std::string file() const {
    for (const auto& entry : fs::directory_iterator(dir_ + "/" + recording_id("abcdefghij", 4))) return entry.path();
    return "";
  }
  Log log() const {
    std::ifstream in(file(), std::ios::binary);
    return read_log({std::istreambuf_iterator<char>(in), {}});
  }
  bool locked() const {
    const int fd = open(file().c_str(), O_RDONLY);
    const bool held = flock(fd, LOCK_SH | LOCK_NB) != 0;
    close(fd);
    return held;
  }

  TemporaryFolder folder_;
  std::string dir_ = folder_.path();
  uv_loop_t loop_{};
  ShardRow row_{};
  std::optional<Recorder> recorder_;
  VoiceTap tap_;
  uint32_t log_ = 0;
  int64_t now_ns_ = 1'000'000'000;
};

TEST_F(RecorderTest, WhatIsTakenStandsInTheLogInItsOrderAndTheFileIsLockedUntilItIsSynced) {
  make();
  write();
  EXPECT_TRUE(fs::is_empty(dir_)) << "nothing to write, no file";
  const auto first = packet(0), second = packet(1), other = packet(9);
  const int64_t allocations = test_parts::allocation_count();
  aimed().take(kStart, 1.5F, false, first);
  aimed().take(kStart + Blocks{1}, 1.5F, false, second);
  recorder_->mix(log_, kStart, other);
  recorder_->backing(log_, false, kStart, other);
  recorder_->backing(log_, true, kStart, {});
  EXPECT_EQ(test_parts::allocation_count(), allocations) << "the tick allocates nothing";
  aimed().take(kStart - Blocks{1}, 1, false, packet(8));  // before the song
  write();
  EXPECT_TRUE(locked());
  EXPECT_EQ(fs::path(file()).filename().string(), "3-" + std::to_string(getpid()) + "-1.log");
  sing(2, 1);
  recorder_->end(log_, kStart + Blocks{3});
  write();
  EXPECT_FALSE(locked());
  const Log log = this->log();
  EXPECT_TRUE(log.whole);
  EXPECT_EQ(log.entries, (std::vector<std::string>{"song 4 of abcdefghij", "person 7 Anna Alto", "packet", "packet", "mix",
                                                   "backing", "packet", "end 3"}));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(log.packets.at((kStart + Blocks{i}).samples), packet(i));
  EXPECT_EQ(row_.record_bytes.get(), fs::file_size(file()));
  EXPECT_EQ(row_.record_dropped.get(), 0u);
}

TEST_F(RecorderTest, WhoLeavesHerselfOutIsNotKeptAndTheLogIsToldWhenSheChangesHerMind) {
  make();
  sing(0, 1);
  aimed(true).introduce();
  aimed(true).take(kStart + Blocks{1}, 1, false, packet(1));
  write();
  EXPECT_EQ(log().entries, (std::vector<std::string>{"song 4 of abcdefghij", "person 7 Anna Alto left out", "packet"}));
  sing(2, 1);
  write();
  EXPECT_EQ(log().entries.back(), "packet");
  EXPECT_EQ(log().entries[3], "person 7 Anna Alto") << "the last word counts";
}

TEST_F(RecorderTest, AFullRingDropsBlocksCountsThemAndTheLogTellsHowMany) {
  make(4'096);
  sing(0, 100);
  const uint64_t dropped = row_.record_dropped.get();
  EXPECT_GT(dropped, 10u);
  write();
  sing(100, 1);
  write();
  const Log log = this->log();
  EXPECT_EQ(log.dropped, dropped);
  EXPECT_EQ(log.packets.size() + dropped, 101u);
  EXPECT_EQ(log.packets.rbegin()->second, packet(100));
}

TEST_F(RecorderTest, AFullDiskStopsTheRecordingWithAnAlarmAndItGoesOnWithWholeEntriesWhenSpaceIsFree) {
  make();
  sing(0, 20);
  write();
  const auto before = fs::file_size(file());
  EXPECT_EQ(row_.record_failing.load(), 0u);
  // As a disk that takes half of the next entries.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit old{};
  getrlimit(RLIMIT_FSIZE, &old);
  const rlimit full{before + 20, old.rlim_max};
  setrlimit(RLIMIT_FSIZE, &full);
  sing(20, 20);
  write();
  setrlimit(RLIMIT_FSIZE, &old);
  EXPECT_EQ(row_.record_failing.load(), 1u);
  EXPECT_EQ(row_.record_dropped.get(), 20u);
  EXPECT_EQ(fs::file_size(file()), before) << "no half of an entry";
  for (int i = 40; i < 60; ++i) {
    sing(i, 1);
    write();
  }
  EXPECT_EQ(row_.record_failing.load(), 0u);
  const Log log = this->log();
  EXPECT_TRUE(log.whole);
  EXPECT_EQ(log.dropped, 20u);
  EXPECT_EQ(log.packets.size(), 40u);
}

TEST_F(RecorderTest, AFolderThatCannotBeMadeIsTriedAgainAndTheLogThenBeginsWithWhoIsWho) {
  dir_ = folder_.path() + "/later";
  make();
  sing(0, 5);
  write();
  EXPECT_EQ(row_.record_failing.load(), 1u);
  fs::create_directory(dir_);
  sing(5, 1);
  write();
  EXPECT_EQ(log().entries, (std::vector<std::string>{"song 4 of abcdefghij", "person 7 Anna Alto", "dropped 5", "packet"}));
}

TEST_F(RecorderTest, ALogOfAnotherProcessThatHadThisNumberIsLeftAlone) {
  const std::string folder = dir_ + "/" + recording_id("abcdefghij", 4);
  const std::string name = "/3-" + std::to_string(getpid()) + "-1";
  fs::create_directories(folder);
  std::ofstream(folder + name + ".log") << "older";
  make();
  sing(0, 2);
  write();
  std::ifstream older(folder + name + ".log");
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(older), {}), "older");
  std::ifstream in(folder + name + "-2.log", std::ios::binary);
  EXPECT_EQ(read_log({std::istreambuf_iterator<char>(in), {}}).packets.size(), 2u);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 2) << "nothing else is left";
  EXPECT_EQ(row_.record_failing.load(), 0u);
}

TEST_F(RecorderTest, WhatTheRingHoldsIsWrittenBeforeTheProcessEnds) {
  make();
  sing(0, 3);
  recorder_->end(log_, std::nullopt);
  recorder_.reset();
  EXPECT_EQ(log().packets.size(), 3u);
  EXPECT_NE(log().entries.back(), "end 3") << "cut off here";
}

}  // namespace
}  // namespace roundelay::recorder_test
