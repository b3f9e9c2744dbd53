// Rule 2: one decode per voice and one encode per occupied bucket, per block, on the whole host, whatever the shards and
// listeners.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::counters_test {
namespace {

class Counters : public ::testing::TestWithParam<int> {};

TEST_P(Counters, ThirtySingersInSixBuckets) {
  const Server server(GetParam(), {{"default_interval_ms", 200}, {"lead_in_ms", 600}});
  const std::string room = server.make_room().at("room");
  // Hears the last bucket to its end, and learns where the song began and ended.
  RawClient watcher(server.port());
  ASSERT_EQ(watcher.enter(room, "Watcher", {{"role", "listener"}, {"bucket", 6}}).value("type", ""), "welcome");
  Process load({ROUNDELAY_PROGRAM, "load", "--url", server.url(), "--room", room, "--singers", "30", "--listeners", "6",
                "--buckets", "6", "--seconds", "3", "--loop-seconds", "2", "--json"},
               server.folder() / "load.log");
  nlohmann::json song;
  do {
    const auto message = watcher.receive_type("song", 30s);
    ASSERT_TRUE(message) << server.log();
    song = message->at("song");
  } while (song.at("state") != "none");
  ASSERT_EQ(load.wait(60s), 0) << load.output() << server.log();
  const auto summary = nlohmann::json::parse(load.output());
  EXPECT_DOUBLE_EQ(summary.at("delivered").get<double>(), 1.0) << summary;

  const auto status = server.status();
  const auto total = [&](const char* name) { return status.at("totals").at(name).get<uint64_t>(); };
  // Each bucket's stream has the song's blocks, four before it and the one at its end.
  const uint64_t stream_blocks = (song.at("end").get<uint64_t>() - song.at("start").get<uint64_t>()) / 960 + 5;
  EXPECT_EQ(total("encodes"), 6 * stream_blocks);
  EXPECT_EQ(total("blocks_mixed"), total("encodes"));
  EXPECT_EQ(total("part_encodes"), 0U) << "nobody asked to hear a part louder";
  // What was sung: each voice block is decoded once.
  EXPECT_EQ(total("voices_decoded") + total("voices_skipped"), summary.at("sent").get<uint64_t>());
  EXPECT_GT(total("voices_decoded"), 30U * 50 * 2);
  EXPECT_EQ(total("blocks_refused"), 0U);
  EXPECT_EQ(total("audio_dropped"), 0U);
  // All shards had a part in it.
  for (const auto& shard : status.at("shards")) EXPECT_GT(shard.at("voices_decoded").get<int>(), 0);
}

TEST_P(Counters, MetricsTellTheSameAsTheStatus) {
  const Server server(GetParam());
  const std::string room = server.make_room().at("room");
  RawClient ann(server.port());
  ASSERT_EQ(ann.enter(room, "Ann").value("type", ""), "welcome");
  const HttpAnswer metrics = server.request("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(metrics.headers.find("content-type: text/plain; version=0.0.4"), std::string::npos) << metrics.headers;
  EXPECT_NE(metrics.body.find("\nroundelay_people 1\n"), std::string::npos) << metrics.body;
  const auto status = server.status();
  for (const auto& shard : status.at("shards")) {
    const auto line = [&](const std::string& metric, const char* counter) {
      return "\n" + metric + "{shard=\"" + shard.at("index").dump() + "\"} " + shard.at(counter).dump() + "\n";
    };
    for (const auto& [metric, counter] :
         {std::pair{"roundelay_sessions", "sessions"}, {"roundelay_connections_total", "connections"}})
      EXPECT_NE(metrics.body.find(line(metric, counter)), std::string::npos) << line(metric, counter) << metrics.body;
  }
}

TEST(Metrics, AreEachInTheReferenceAndItHasNoOthers) {
  std::ifstream in(std::filesystem::path(ROUNDELAY_PROTOCOL).replace_filename("METRICS.md"));
  std::set<std::string> rows;
  for (std::string line; std::getline(in, line);) {
    // Without the column of labels.
    if (line.starts_with("| `roundelay_")) rows.insert(line.substr(0, line.find(" | ")) + line.substr(line.rfind(" | ")));
  }
  const Server server(1);
  std::istringstream told(server.request("GET", "/metrics").body);
  std::set<std::string> wanted;
  for (std::string line; std::getline(told, line);) {
    if (!line.starts_with("# HELP ")) continue;
    line.erase(0, std::string_view("# HELP ").size());
    const size_t space = line.find(' ');
    wanted.insert("| `" + line.substr(0, space) + "` | " + line.substr(space + 1) + " |");
  }
  EXPECT_EQ(rows, wanted);
}

INSTANTIATE_TEST_SUITE_P(Shards, Counters, ::testing::Values(1, 3),
                         [](const auto& shards) { return std::to_string(shards.param); });

}  // namespace
}  // namespace roundelay::e2e::counters_test
