// Songs are recorded through real processes: what was sent is what was kept, whatever dies meanwhile.
#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e::recording_test {
namespace {

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
  EXPECT_EQ(content.contradiction, "");
  EXPECT_EQ(content.dropped, 0u);
  EXPECT_GE(content.files, 2) << "one of each shard";
  EXPECT_GE(content.ends, 1);
  EXPECT_EQ(content.names.at(number_of(leader->person())), "Anna");
  expect_kept(content, *leader, end, false);
  expect_kept(content, *singer, end, true);
  size_t gaps = 0;
  for (int64_t at = start; at < end; at += kBlockSamples) gaps += content.mix.contains(at) ? 0 : 1;
  EXPECT_LE(gaps, 10u) << "of the mix, when the shard that made it is killed";
  std::string told;
  for (const json& message : leader->heard("recordings"))
    told = message.at("recordings").empty() ? "" : message.at("recordings")[0].at("id");
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
    if (position >= start && packet.when < kills[0] - kLostBefore && !content.packets.at(number_of(person)).contains(position))
      ++lost;
  }
  EXPECT_EQ(lost, 0u);
}

TEST_F(Recording, ASongThatBeginsAtOnceCutsNothingOffTheLastOnesRecording) {
  constexpr size_t kLateBlocks = 30;
  begin(kLateBlocks);
  sing(60);
  leader->say({{"type", "stop"}});
  ASSERT_TRUE(wait_until([&] { return leader->song().end > 0; })) << server.log();
  const int64_t end = leader->song().end;
  leader->say({{"type", "start"}});  // begins when everybody has heard the last one
  leader->say({{"type", "record"}, {"on", true}});
  ASSERT_TRUE(wait_until([&] { return leader->song().number == song + 1; })) << server.log();
  const std::string second = recording_id(room, song + 1);
  leader->say({{"type", "record"}, {"on", true}});
  sing(60);
  leader->say({{"type", "stop"}, {"now", true}});
  ASSERT_TRUE(wait_until(
      [&] {
        logs.look();
        auto rows = stored_recordings(server.data_dir());
        return rows[id] != "recording" && rows.contains(second) && rows[second] != "recording";
      },
      30s))
      << stored_recordings(server.data_dir())[id] << " " << stored_recordings(server.data_dir())[second] << server.log();
  const RecordLogs::Content content = logs.read(id);
  EXPECT_EQ(content.contradiction, "");
  EXPECT_EQ(content.ends, content.files);
  expect_kept(content, *leader, end, false);
  expect_kept(content, *singer, end, false);
  size_t gaps = 0;
  for (int64_t at = start; at < end; at += kBlockSamples) gaps += content.mix.contains(at) ? 0 : 1;
  EXPECT_EQ(gaps, 0u) << "of the mix";
  const RecordLogs::Content next = logs.read(second);
  EXPECT_GT(next.mix.size(), 20u);
  EXPECT_GT(next.mix.begin()->first, end);
  for (const auto& [person, packets] : next.packets) EXPECT_GT(packets.begin()->first, end) << person;
}

TEST_F(Recording, WhoLeavesHerselfOutIsHeardAndNotKept) {
  begin();
  sing(30);
  singer->say({{"type", "leave_out"}, {"out", true}});
  ASSERT_TRUE(wait_until(
      [&] { return !singer->heard("person").empty() && singer->heard("person").back().at("person").value("left_out", false); }));
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
}  // namespace roundelay::e2e::recording_test
