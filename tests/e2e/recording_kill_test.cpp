// A random process is killed at a random moment of a recorded song: ROUNDELAY_KILLS times (2 when it is not set), beginning with
// the chance of ROUNDELAY_SEED.
#include <cstdlib>
#include <random>

#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e::recording_kill_test {
namespace {

unsigned number_from(const char* name, unsigned otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

class RecordingKills : public Recording, public ::testing::WithParamInterface<unsigned> {};

TEST_P(RecordingKills, ARecordingHoldsAllButWhatTheKilledProcessHadNotWritten) {
  const unsigned seed = number_from("ROUNDELAY_SEED", 1) * 1'000 + GetParam();
  std::mt19937 chance(seed);
  begin();
  sing(20 + chance() % 100);
  enum { kShardOfLeader, kShardOfSinger, kConductor, kAll };
  const unsigned victim = chance() % 4;
  SCOPED_TRACE("seed " + std::to_string(seed) + ", victim " + std::to_string(victim));
  if (victim == kAll) {
    kill_process(server.process().pid());
    server.signal_group(SIGKILL);
    (void)server.process().wait();
    logs.look();
    server.start();
  } else if (victim == kConductor) {
    kill_process(server.pids("conductor").at(0));
  } else {
    const int shard = victim == kShardOfLeader ? shard_of_leader : 1 - shard_of_leader;
    kill_process(server.status().at("shards").at(static_cast<size_t>(shard)).at("pid").get<pid_t>());
  }
  int64_t end = INT64_MAX;
  if (victim != kAll) {
    ASSERT_TRUE(wait_until([&] {
      return (victim != kShardOfLeader || leader->connections() == 2) && (victim != kShardOfSinger || singer->connections() == 2);
    })) << server.log();
    sing(50);
    leader->say({{"type", "stop"}, {"now", true}});
    ASSERT_TRUE(wait_until([&] {
      logs.look();
      return leader->song().end > 0 && !leader->song().playing;
    })) << server.log();
    end = leader->song().end;
  }
  ASSERT_TRUE(wait_until(
      [&] {
        logs.look();
        const auto rows = stored_recordings(server.data_dir());
        return rows.contains(id) && rows.at(id).starts_with("ready");
      },
      30s))
      << stored_recordings(server.data_dir())[id] << server.log();
  const RecordLogs::Content content = logs.read(id);
  EXPECT_EQ(content.contradiction, "");
  if (victim == kAll) {
    // What came after the kill was never heard by anybody.
    end = start;
    for (const auto& [position, packet] : leader->sent()) {
      if (packet.when < kills[0] - kLostBefore) end = position;
    }
  }
  expect_kept(content, *leader, end, victim == kShardOfLeader || victim == kAll);
  expect_kept(content, *singer, std::min(end, singer->sent().rbegin()->first), victim == kShardOfSinger || victim == kAll);
}

INSTANTIATE_TEST_SUITE_P(Rounds, RecordingKills, ::testing::Range(0U, number_from("ROUNDELAY_KILLS", 2)));

}  // namespace
}  // namespace roundelay::e2e::recording_kill_test
