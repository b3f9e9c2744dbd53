// Songs are recorded through real processes: what was sent is what was kept, whatever dies meanwhile.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "mixer/position.h"
#include "server/base/config.h"
#include "tests/e2e/packet_singer.h"
#include "tests/e2e/record_logs.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e {
namespace {

using nlohmann::json;

const json kQuick{{"default_interval_ms", 200}, {"lead_in_ms", 300}, {"default_buckets", 3}};
// What a killed process may take with it: what was on its way to it, and what it had not written yet.
constexpr std::chrono::milliseconds kLostBefore{500};
constexpr std::chrono::milliseconds kLostAfter{150};

uint64_t number_of(const std::string& person) {
  return std::stoull(person);
}

class Recording : public ::testing::Test {
 protected:
  Recording() : server(2, kQuick), logs(server.data_dir() + "/recordings", server.folder() / "kept") {
    const json made = server.make_room();
    room = made.at("room");
    key = made.at("key");
  }

  [[nodiscard]] size_t sessions(int shard) const {
    return server.status().at("shards").at(static_cast<size_t>(shard)).at("sessions");
  }
  // Which shard has exactly so many sessions.
  [[nodiscard]] int shard_with(size_t count) const { return sessions(0) == count ? 0 : sessions(1) == count ? 1 : -1; }

  // A leader on one shard and a singer on the other, in a song that is recorded.
  void begin() {
    leader = std::make_unique<PacketSinger>(
        server.port(), room, "Anna", PacketSinger::Options{.bucket = 1, .hz = 310, .hello = {{"key", key}}, .held_blocks = 15});
    ASSERT_TRUE(wait_until([&] { return leader->connections() == 1 && sessions(0) + sessions(1) == 1; }));
    shard_of_leader = shard_with(1);
    // The kernel deals connections out: until they stand apart.
    ASSERT_TRUE(wait_until([&] {
      singer = std::make_unique<PacketSinger>(server.port(), room, "Berta", PacketSinger::Options{.bucket = 2, .hz = 370});
      if (!wait_until([&] { return singer->connections() == 1 && sessions(0) + sessions(1) == 2; })) return false;
      if (sessions(0) == 1 && sessions(1) == 1) return true;
      singer.reset();
      (void)wait_until([&] { return sessions(0) + sessions(1) == 1; });
      return false;
    }));
    leader->say({{"type", "lead"}});
    leader->say({{"type", "record"}, {"on", true}});
    leader->say({{"type", "start"}});
    ASSERT_TRUE(wait_until([&] { return leader->song().recording; })) << server.log();
    song = leader->song().number;
    id = recording_id(room, song);
    start = leader->song().start;
  }
  // Both have sung so many blocks more.
  void sing(size_t blocks) {
    const size_t of_leader = leader->count() + blocks, of_singer = singer->count() + blocks;
    ASSERT_TRUE(wait_until([&] {
      logs.look();
      return leader->count() >= of_leader && singer->count() >= of_singer;
    })) << server.log();
  }
  void kill_process(pid_t pid) {
    kills.push_back(PacketSinger::Clock::now());
    kill(pid, SIGKILL);
  }
  // Every packet that is kept is the one that was sent, and all are kept but those that a killed process took with it.
  void expect_kept(const RecordLogs::Content& content, const PacketSinger& who, int64_t end, bool killed) {
    const auto sent = who.sent();
    const auto kept = content.packets.find(number_of(who.person()));
    ASSERT_NE(kept, content.packets.end());
    for (const auto& [position, packet] : kept->second) {
      const auto original = sent.find(position);
      ASSERT_NE(original, sent.end()) << position;
      EXPECT_EQ(packet, original->second.packet) << position;
    }
    size_t lost = 0, whole = 0;
    for (const auto& [position, packet] : sent) {
      if (position < start || position >= end) continue;
      ++whole;
      if (kept->second.contains(position)) continue;
      const bool excused = killed && std::any_of(kills.begin(), kills.end(), [&](const auto& at) {
        return packet.when > at - kLostBefore && packet.when < at + kLostAfter;
      });
      if (!excused) ++lost;
    }
    EXPECT_GT(whole, 100u);
    EXPECT_EQ(lost, 0u) << who.person();
  }

  Server server;
  RecordLogs logs;
  std::string room, key, id;
  std::unique_ptr<PacketSinger> leader, singer;
  int shard_of_leader = 0;
  uint32_t song = 0;
  int64_t start = 0;
  std::vector<PacketSinger::Clock::time_point> kills;
};

TEST_F(Recording, EveryPacketOfTwoSingersIsKeptToTheBlockThoughTheirShardAndTheConductorAreKilled) {
  begin();
  sing(60);
  const auto victim = server.status().at("shards").at(static_cast<size_t>(1 - shard_of_leader)).at("pid").get<pid_t>();
  kill_process(victim);
  ASSERT_TRUE(wait_until([&] { return singer->connections() == 2; })) << server.log();
  sing(60);
  kill(server.pids("conductor").at(0), SIGKILL);
  sing(60);
  leader->say({{"type", "stop"}});
  ASSERT_TRUE(wait_until([&] { return leader->song().end > 0; })) << server.log();
  const int64_t end = leader->song().end;
  ASSERT_TRUE(wait_until([&] {
    logs.look();
    return !leader->song().playing;
  })) << server.log();
  const auto over = PacketSinger::Clock::now();
  ASSERT_TRUE(wait_until([&] {
    logs.look();
    const auto rows = stored_recordings(server.data_dir());
    const auto row = rows.find(id);
    return row != rows.end() && row->second != "recording";
  })) << server.log();
  EXPECT_LT(PacketSinger::Clock::now() - over, 5s) << "the worker begins soon enough for a first mix within 5 s";

  const RecordLogs::Content content = logs.read(id);
  EXPECT_FALSE(content.contradicts);
  EXPECT_EQ(content.dropped, 0u);
  EXPECT_GE(content.files, 3) << "one of each shard's processes";
  EXPECT_GE(content.ends, 1);
  EXPECT_EQ(content.names.at(number_of(leader->person())), "Anna");
  expect_kept(content, *leader, end, false);
  expect_kept(content, *singer, end, true);
  size_t gaps = 0;
  for (int64_t at = start; at < end; at += kBlockSamples) gaps += content.mix.contains(at) ? 0 : 1;
  EXPECT_LE(gaps, 10u) << "of the mix, when the shard that made it is killed";
  std::string told;
  for (const json& message : leader->heard("recordings")) told = message.at("recordings").empty() ? "" : message.at("recordings")[0].at("id");
  EXPECT_EQ(told, id);
}

TEST_F(Recording, WhenTheWholeServerIsKilledTheRecordingIsClosedAndListedAfterTheNextStartAndSaysThatItWasCut) {
  begin();
  sing(100);
  kill_process(server.process().pid());
  server.signal_group(SIGKILL);
  (void)server.process().wait();
  leader.reset();
  const auto sent = singer->sent();
  const std::string person = singer->person();
  singer.reset();
  logs.look();
  server.start();
  ASSERT_TRUE(wait_until([&] {
    const auto rows = stored_recordings(server.data_dir());
    return rows.contains(id) && rows.at(id) != "recording";
  })) << server.log();
  const RecordLogs::Content content = logs.read(id);
  EXPECT_EQ(content.ends, 0);
  size_t lost = 0;
  for (const auto& [position, packet] : sent) {
    if (position >= start && packet.when < kills[0] - kLostBefore && !content.packets.at(number_of(person)).contains(position)) ++lost;
  }
  EXPECT_EQ(lost, 0u);
}

TEST_F(Recording, WhoLeavesHerselfOutIsHeardAndNotKept) {
  begin();
  sing(30);
  singer->say({{"type", "leave_out"}, {"out", true}});
  ASSERT_TRUE(wait_until([&] { return !singer->heard("person").empty() && singer->heard("person").back().at("person").value("left_out", false); }));
  sing(50);
  const auto at = std::prev(singer->sent().end())->first;
  leader->say({{"type", "stop"}});
  ASSERT_TRUE(wait_until([&] {
    logs.look();
    return stored_recordings(server.data_dir())[id] != "recording" && !leader->song().playing;
  })) << server.log();
  const RecordLogs::Content content = logs.read(id);
  EXPECT_TRUE(content.left_out.contains(number_of(singer->person())));
  const auto kept = content.packets.find(number_of(singer->person()));
  if (kept != content.packets.end()) {
    EXPECT_LT(kept->second.rbegin()->first, at - 40 * kBlockSamples);
  }
  expect_kept(content, *leader, leader->song().end, false);
}

}  // namespace
}  // namespace roundelay::e2e
