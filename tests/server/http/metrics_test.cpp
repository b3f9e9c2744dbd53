#include "server/http/metrics.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace roundelay::metrics_test {
namespace {

// A reader of Prometheus' text format as strict as promtool where it matters: names, help and type before samples, each sample
// once.
struct Metrics {
  explicit Metrics(const std::string& text) {
    static const std::regex kComment(R"(# (HELP|TYPE) (roundelay_[a-z_]+) (.+))");
    static const std::regex kSample(R"((roundelay_[a-z_]+)(\{([a-z_]+="[^"\\]*",?)*\})? (-?[0-9.e+-]+|NaN|[+-]Inf))");
    EXPECT_TRUE(text.ends_with("\n"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (std::regex_match(line, match, kComment)) {
        (match[1] == "HELP" ? help : type)[match[2]] = match[3];
      } else if (std::regex_match(line, match, kSample)) {
        const std::string name = std::regex_replace(match[1].str(), std::regex("_(bucket|sum|count)$"), "");
        EXPECT_TRUE(type.contains(name) || type.contains(match[1])) << line;
        EXPECT_TRUE(help.contains(name) || help.contains(match[1])) << line;
        EXPECT_TRUE(samples.emplace(match[1].str() + match[2].str(), std::stod(match[4])).second) << line;
      } else {
        ADD_FAILURE() << "not in the format: " << line;
      }
    }
  }
  double operator[](const std::string& sample) const {
    const auto found = samples.find(sample);
    return found == samples.end() ? std::nan("") : found->second;
  }
  std::map<std::string, std::string> help;
  std::map<std::string, std::string> type;
  std::map<std::string, double> samples;
};

class MetricsTest : public ::testing::Test {
 protected:
  MetricsTest() {
    Segment::remove(name);
    segment.emplace(std::move(*Segment::create(name, SegmentSize{2, 1, 16}, Timeline{1'000'000'000, {0}})));
  }
  ~MetricsTest() override { Segment::remove(name); }
  std::string name = "/roundelay-metrics-test-" + std::to_string(getpid());
  std::optional<Segment> segment;
  static constexpr int64_t kNowNs = 61'000'000'000;
  static constexpr double kUnix = 1'700'000'000;
};

TEST_F(MetricsTest, EveryCounterOfEveryShardIsThere) {
  uint64_t value = 100;
  for (int shard = 0; shard < 2; ++shard) {
    for (const ShardCounter& each : shard_counters()) (segment->shard(shard).*each.counter).add(value++);
  }
  const Metrics metrics(metrics_text(*segment, link::Counts{.rooms = 3, .people = 20, .singers = 15}, kNowNs, kUnix));
  value = 100;
  for (int shard = 0; shard < 2; ++shard) {
    const std::string label = "{shard=\"" + std::to_string(shard) + "\"}";
    for (const ShardCounter& each : shard_counters()) EXPECT_EQ(metrics[each.metric + label], value++) << each.metric;
  }
  EXPECT_EQ(metrics["roundelay_rooms"], 3);
  EXPECT_EQ(metrics["roundelay_people"], 20);
  EXPECT_EQ(metrics["roundelay_singers"], 15);
  EXPECT_EQ(metrics["roundelay_conductor_up"], 1);
  EXPECT_EQ(metrics["roundelay_start_time_seconds"], kUnix - 60);
  for (const auto& [metric, type] : metrics.type) EXPECT_EQ(metric.ends_with("_total"), type == "counter") << metric;
}

TEST_F(MetricsTest, WhatTheConductorCountsIsThereInItsUnits) {
  const link::Counts counts{.songs = 2,
                            .songs_recorded = 1,
                            .recordings_waiting = 3,
                            .uploads_running = 2,
                            .uploads_waiting = 9,
                            .passwords_waiting = 4,
                            .loops_measured = 12,
                            .loop_median_ms = 180,
                            .loop_worst_tenth_ms = 420,
                            .loop_worst_ms = 900,
                            .disk_bytes = 5'000'000'000,
                            .disk_left_bytes = 7'000'000,
                            .errors = {{"not_allowed", 6}, {"song_lasts", 1}}};
  const Metrics metrics(metrics_text(*segment, link::Counts::read(counts.to_json()), kNowNs, kUnix));
  EXPECT_EQ(metrics["roundelay_songs"], 2);
  EXPECT_EQ(metrics["roundelay_songs_recorded"], 1);
  EXPECT_EQ(metrics["roundelay_recordings_waiting"], 3);
  EXPECT_EQ(metrics["roundelay_uploads_running"], 2);
  EXPECT_EQ(metrics["roundelay_uploads_waiting"], 9);
  EXPECT_EQ(metrics["roundelay_passwords_waiting"], 4);
  EXPECT_EQ(metrics["roundelay_loop_times_measured"], 12);
  EXPECT_EQ(metrics["roundelay_loop_time_seconds{of_singers=\"0.5\"}"], 0.18);
  EXPECT_EQ(metrics["roundelay_loop_time_seconds{of_singers=\"0.9\"}"], 0.42);
  EXPECT_EQ(metrics["roundelay_loop_time_seconds{of_singers=\"1\"}"], 0.9);
  EXPECT_EQ(metrics["roundelay_disk_bytes"], 5'000'000'000);
  EXPECT_EQ(metrics["roundelay_disk_left_bytes"], 7'000'000);
  EXPECT_EQ(metrics["roundelay_errors_total{code=\"not_allowed\"}"], 6);
  EXPECT_EQ(metrics["roundelay_errors_total{code=\"song_lasts\"}"], 1);
}

// The list of counters holds each counter of the row: they stand there one behind the other.
TEST_F(MetricsTest, NoCounterIsForgottenOrTakenTwice) {
  const ShardRow& row = segment->shard(0);
  std::set<const Counter*> listed;
  for (const ShardCounter& each : shard_counters()) EXPECT_TRUE(listed.insert(&(row.*each.counter)).second) << each.name;
  EXPECT_EQ(*listed.begin(), &row.ticks);
  EXPECT_EQ(*listed.rbegin() - *listed.begin() + 1, static_cast<ptrdiff_t>(listed.size()));
  EXPECT_EQ(reinterpret_cast<const std::byte*>(*listed.rbegin() + 1), reinterpret_cast<const std::byte*>(&row.load_permille));
}

TEST_F(MetricsTest, RefusedSingersAreCountedForTheShardThatWasFull) {
  segment->shard(1).singers_refused.add(3);
  const Metrics metrics(metrics_text(*segment, std::nullopt, kNowNs, kUnix));
  EXPECT_EQ(metrics["roundelay_singers_refused_total{shard=\"0\"}"], 0);
  EXPECT_EQ(metrics["roundelay_singers_refused_total{shard=\"1\"}"], 3);
}

TEST_F(MetricsTest, AShardIsUpWhileItTicks) {
  segment->shard(0).pid.store(1);
  segment->shard(0).heartbeat_ns.store(kNowNs - 20'000'000);
  segment->shard(0).starts.store(4);
  segment->shard(1).pid.store(1);
  segment->shard(1).heartbeat_ns.store(kNowNs - 2'000'000'000);
  segment->shard(0).load_permille.store(425);
  segment->shard(0).strain.store(2);
  const Metrics metrics(metrics_text(*segment, std::nullopt, kNowNs, kUnix));
  EXPECT_EQ(metrics["roundelay_shard_up{shard=\"0\"}"], 1);
  EXPECT_EQ(metrics["roundelay_shard_up{shard=\"1\"}"], 0);
  EXPECT_EQ(metrics["roundelay_shard_starts_total{shard=\"0\"}"], 4);
  EXPECT_EQ(metrics["roundelay_load_ratio{shard=\"0\"}"], 0.425);
  EXPECT_EQ(metrics["roundelay_strain{shard=\"0\"}"], 2);
  EXPECT_EQ(metrics["roundelay_conductor_up"], 0);
  EXPECT_EQ(metrics["roundelay_store_failing"], 0);
  EXPECT_FALSE(metrics.samples.contains("roundelay_people")) << "unknown is not none";
}

TEST_F(MetricsTest, TickTimesAreACumulativeHistogramInSeconds) {
  for (const int64_t ns : std::initializer_list<int64_t>{2'000, 300'000, 300'000, 5'000'000, 3'000'000'000})
    segment->shard(0).tick_time.add(ns);
  const Metrics metrics(metrics_text(*segment, std::nullopt, kNowNs, kUnix));
  EXPECT_EQ(metrics["roundelay_tick_seconds_count{shard=\"0\"}"], 5);
  EXPECT_NEAR(metrics["roundelay_tick_seconds_sum{shard=\"0\"}"], 3.005602, 1e-6);
  std::map<double, double> below;
  static const std::regex kBucket(R"re(roundelay_tick_seconds_bucket\{shard="0",le="(.*)"\})re");
  for (const auto& [sample, count] : metrics.samples) {
    std::smatch match;
    if (std::regex_match(sample, match, kBucket)) below[match[1] == "+Inf" ? INFINITY : std::stod(match[1])] = count;
  }
  EXPECT_GE(below.size(), 20U);
  const auto at_most = [&](double seconds) { return below.lower_bound(seconds)->second; };
  EXPECT_EQ(at_most(0.000004), 1);
  EXPECT_EQ(at_most(0.0006), 3);
  EXPECT_EQ(at_most(0.01), 4);
  EXPECT_EQ(below.at(INFINITY), 5);
  double before = 0;
  for (const auto& [edge, count] : below) {
    EXPECT_GE(count, before) << edge;
    before = count;
  }
}

}  // namespace
}  // namespace roundelay::metrics_test
