// A song of two singers on two shards that is recorded, through real processes, and what must be kept of it.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>

#include "mixer/position.h"
#include "server/base/config.h"
#include "tests/e2e/packet_singer.h"
#include "tests/e2e/record_logs.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e {

using nlohmann::json;

inline const json kQuickRecorded{{"default_interval_ms", 200}, {"lead_in_ms", 300}, {"default_buckets", 3}};
// What a killed process may take with it: what was on its way to it, and what it had not written yet.
inline constexpr std::chrono::milliseconds kLostBefore{500};
// What is sent to a killed process counts as sent until the system has taken its memory and closed its sockets.
inline constexpr std::chrono::milliseconds kLostAfter{500};

inline uint64_t number_of(const std::string& person) {
  return std::stoull(person);
}

class Recording : public ::testing::Test {
 protected:
  Recording() : server(2, kQuickRecorded), logs(server.data_dir() + "/recordings", server.folder() / "kept") {
    const json made = server.make_room();
    room = made.at("room");
    key = made.at("key");
  }

  [[nodiscard]] size_t sessions(int shard) const {
    return server.status().at("shards").at(static_cast<size_t>(shard)).at("sessions");
  }
  // Which shard has exactly so many sessions.
  [[nodiscard]] int shard_with(size_t count) const { return sessions(0) == count ? 0 : sessions(1) == count ? 1 : -1; }

  // A leader on one shard and a singer on the other, in a song that is recorded. `delay_blocks`: as PacketSinger's, the singer's.
  void begin(size_t delay_blocks = 0) {
    leader = std::make_unique<PacketSinger>(
        server.port(), room, "Anna", PacketSinger::Options{.bucket = 1, .hz = 310, .hello = {{"key", key}}, .held_blocks = 15});
    ASSERT_TRUE(wait_until([&] { return leader->connections() == 1 && sessions(0) + sessions(1) == 1; }));
    shard_of_leader = shard_with(1);
    // The kernel deals connections out: until they stand apart.
    ASSERT_TRUE(wait_until([&] {
      singer = std::make_unique<PacketSinger>(server.port(), room, "Berta",
                                              PacketSinger::Options{.bucket = 2, .hz = 370, .delay_blocks = delay_blocks});
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
      const bool excused = killed && std::any_of(kills.begin(), kills.end(), [&, &packet = packet](const auto& at) {
                             return packet.when > at - kLostBefore && packet.when < at + kLostAfter;
                           });
      if (!excused) ++lost;
    }
    EXPECT_GT(whole, 0u);
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

}  // namespace roundelay::e2e
