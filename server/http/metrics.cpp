#include "server/http/metrics.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <functional>
#include <string_view>
#include <vector>

#include "server/base/version.h"

namespace roundelay {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

constexpr int64_t kAliveNs = 1'000'000'000;  // a shard that has not ticked for so long is not up
constexpr int kBinsPerBucket = 4;            // an octave: the histogram in memory is finer than a scraper needs

constexpr ShardCounter kCounters[] = {
    {"ticks", "roundelay_ticks_total", "Ticks of 20 ms.", &ShardRow::ticks},
    {"late_ticks", "roundelay_late_ticks_total", "Ticks that began more than 5 ms late.", &ShardRow::late_ticks},
    {"voices_decoded", "roundelay_voice_blocks_decoded_total", "Voice blocks (20 ms) decoded.", &ShardRow::voices_decoded},
    {"voices_skipped", "roundelay_voice_blocks_skipped_total", "Voice blocks that needed no decoding: muted or silent.",
     &ShardRow::voices_skipped},
    {"blocks_added", "roundelay_voice_blocks_added_total", "Voice blocks added to a lane.", &ShardRow::blocks_added},
    {"blocks_late", "roundelay_voice_blocks_late_total", "Voice blocks that came too late for the next bucket.",
     &ShardRow::blocks_late},
    {"blocks_dropped", "roundelay_voice_blocks_dropped_total",
     "Voice blocks that were not used: too old, too early, twice, more old ones than the shard takes, or of who does not sing.",
     &ShardRow::blocks_dropped},
    {"blocks_refused", "roundelay_voice_blocks_refused_total", "Voice blocks that broke a rule of the protocol.",
     &ShardRow::blocks_refused},
    {"blocks_mixed", "roundelay_mix_blocks_total", "Blocks mixed, one per occupied bucket and 20 ms of song.",
     &ShardRow::blocks_mixed},
    {"part_encodes", "roundelay_part_encodes_total", "Of the mix blocks encoded, those of parts that somebody hears louder.",
     &ShardRow::part_encodes},
    {"live_encodes", "roundelay_live_encodes_total", "Of the mix blocks encoded, those for live links.", &ShardRow::live_encodes},
    {"live_players", "roundelay_live_players", "Players that hear a room by its live link now.", &ShardRow::live_players},
    {"live_cut", "roundelay_live_players_cut_total", "Players of live links that were too slow and were cut off.",
     &ShardRow::live_cut},
    {"encodes", "roundelay_mix_encodes_total", "Mix blocks encoded.", &ShardRow::encodes},
    {"streams_taken", "roundelay_streams_taken_total", "Buckets whose encoding was taken over from another shard.",
     &ShardRow::streams_taken},
    {"torn_reads", "roundelay_torn_reads_total", "Lane blocks read as silence because they were being written.",
     &ShardRow::torn_reads},
    {"messages_in", "roundelay_messages_received_total", "WebSocket messages received.", &ShardRow::messages_in},
    {"messages_out", "roundelay_messages_sent_total", "Sound messages sent.", &ShardRow::messages_out},
    {"blocks_out", "roundelay_mix_blocks_sent_total", "Mix blocks sent, in messages of one to five.", &ShardRow::blocks_out},
    {"probes", "roundelay_probes_total", "Probes of the loop time sent between songs.", &ShardRow::probes},
    {"audio_dropped", "roundelay_messages_dropped_total", "Sound messages dropped because a socket was still busy.",
     &ShardRow::audio_dropped},
    {"connections", "roundelay_connections_total", "WebSockets opened.", &ShardRow::connections},
    {"sessions", "roundelay_sessions", "WebSockets open now.", &ShardRow::sessions},
    {"bytes_in", "roundelay_received_bytes_total", "Payload bytes received in sound messages.", &ShardRow::bytes_in},
    {"bytes_out", "roundelay_sent_bytes_total", "Payload bytes sent in sound messages.", &ShardRow::bytes_out},
    {"measures_dropped", "roundelay_measures_dropped_total",
     "Measurements that the conductor did not take before newer ones came.", &ShardRow::measures_dropped},
    {"singers_refused", "roundelay_singers_refused_total", "Singers refused because the shard was full.",
     &ShardRow::singers_refused},
    {"record_bytes", "roundelay_recording_bytes_total", "Bytes written to logs of recordings.", &ShardRow::record_bytes},
    {"record_dropped", "roundelay_recording_dropped_blocks_total",
     "Blocks that recordings miss: more than the shard could keep for the disk, or than the disk took.",
     &ShardRow::record_dropped},
};

MetricFamily family(const char* name, const char* help, MetricType type) {
  return {name, help, type, {}};
}

void add_value(MetricFamily& to, double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (to.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
  to.metric.push_back(std::move(metric));
}

MetricFamily one_value(const char* name, const char* help, double value) {
  const bool grows = std::string_view(name).ends_with("_total");
  MetricFamily out = family(name, help, grows ? MetricType::Counter : MetricType::Gauge);
  add_value(out, value);
  return out;
}

// What the conductor counts, and how it is called outside.
struct HostCount {
  const char* metric;
  const char* help;
  int64_t link::Counts::*count;
};
constexpr HostCount kHostCounts[] = {
    {"roundelay_rooms", "Rooms in use.", &link::Counts::rooms},
    {"roundelay_people", "People connected.", &link::Counts::people},
    {"roundelay_singers", "People connected who may sing.", &link::Counts::singers},
    {"roundelay_songs", "Songs that are sung now.", &link::Counts::songs},
    {"roundelay_songs_recorded", "Songs that are recorded now.", &link::Counts::songs_recorded},
    {"roundelay_recordings_waiting", "Recordings whose files are not made yet.", &link::Counts::recordings_waiting},
    {"roundelay_uploads_running", "Uploads that workers read now.", &link::Counts::uploads_running},
    {"roundelay_uploads_waiting", "Uploads that wait for a worker.", &link::Counts::uploads_waiting},
    {"roundelay_passwords_waiting", "People at doors whose passwords are not looked at yet.", &link::Counts::passwords_waiting},
};

void add_host_counts(const link::Counts& counts, std::vector<MetricFamily>& out) {
  for (const HostCount& each : kHostCounts)
    out.push_back(one_value(each.metric, each.help, static_cast<double>(counts.*each.count)));
  MetricFamily loops = family("roundelay_loop_time_seconds",
                              "Loop times of the singers who were measured (the 99th percentile of each): the median, what a "
                              "tenth has more than, the longest.",
                              MetricType::Gauge);
  if (counts.loops_measured > 0) {
    add_value(loops, static_cast<double>(counts.loop_median_ms) / 1'000, {{"of_singers", "0.5"}});
    add_value(loops, static_cast<double>(counts.loop_worst_tenth_ms) / 1'000, {{"of_singers", "0.9"}});
    add_value(loops, static_cast<double>(counts.loop_worst_ms) / 1'000, {{"of_singers", "1"}});
  }
  out.push_back(std::move(loops));
  out.push_back(one_value("roundelay_loop_times_measured", "Singers whose loop time was measured.",
                          static_cast<double>(counts.loops_measured)));
  if (counts.disk_bytes > 0) {
    out.push_back(
        one_value("roundelay_disk_bytes", "Size of the data directory's disk.", static_cast<double>(counts.disk_bytes)));
    out.push_back(one_value("roundelay_disk_left_bytes", "What is left of it.", static_cast<double>(counts.disk_left_bytes)));
  }
  MetricFamily errors =
      family("roundelay_errors_total", "What clients were refused, by the code they were told.", MetricType::Counter);
  for (const auto& [code, count] : counts.errors) add_value(errors, static_cast<double>(count), {{"code", code}});
  out.push_back(std::move(errors));
}

class PerShard {
 public:
  PerShard(const Segment& segment, std::vector<MetricFamily>& out) : segment_(segment), out_(out) {}
  void add(const char* name, const char* help, const std::function<double(const ShardRow&)>& value) {
    const bool grows = std::string_view(name).ends_with("_total");
    MetricFamily each = family(name, help, grows ? MetricType::Counter : MetricType::Gauge);
    for_each_shard([&](const ShardRow& row, ClientMetric::Label label) { add_value(each, value(row), {std::move(label)}); });
    out_.push_back(std::move(each));
  }
  void add_tick_times() {
    MetricFamily each = family("roundelay_tick_seconds", "How long the whole tick took, from its first line to its last write.",
                               MetricType::Histogram);
    for_each_shard([&](const ShardRow& row, ClientMetric::Label label) {
      const TimeHistogram::Counts counts = row.tick_time.read();
      ClientMetric metric;
      metric.label.push_back(std::move(label));
      metric.histogram.sample_count = counts.count;
      metric.histogram.sample_sum = static_cast<double>(counts.sum_ns) * 1e-9;
      uint64_t below = 0;
      for (int bin = 0; bin < TimeHistogram::kBins - 1; ++bin) {
        below += counts.bins[static_cast<size_t>(bin)];
        if (bin % kBinsPerBucket == kBinsPerBucket - 1)
          metric.histogram.bucket.push_back({below, static_cast<double>(TimeHistogram::upper_ns(bin)) * 1e-9});
      }
      each.metric.push_back(std::move(metric));
    });
    out_.push_back(std::move(each));
  }

 private:
  template <typename Visitor>
  void for_each_shard(Visitor&& visit) const {
    for (int i = 0; i < static_cast<int>(segment_.size().max_shards); ++i)
      visit(segment_.shard(i), ClientMetric::Label{"shard", std::to_string(i)});
  }
  const Segment& segment_;
  std::vector<MetricFamily>& out_;
};

}  // namespace

std::span<const ShardCounter> shard_counters() {
  return kCounters;
}

std::string metrics_text(const Segment& segment, const std::optional<link::Counts>& host, int64_t now_ns, double now_unix_s) {
  std::vector<MetricFamily> families;
  MetricFamily build = family("roundelay_build_info", "The program's version.", MetricType::Gauge);
  add_value(build, 1, {{"version", kVersion}});
  families.push_back(std::move(build));
  families.push_back(one_value("roundelay_start_time_seconds", "When the server started, in Unix time.",
                               now_unix_s - static_cast<double>(now_ns - segment.timeline().anchor_ns) * 1e-9));
  families.push_back(
      one_value("roundelay_conductor_up", "1 while the shard that answers is linked to the conductor.", host ? 1 : 0));
  if (host) {
    add_host_counts(*host, families);
  }
  const Segment::Memory memory = segment.memory();
  families.push_back(one_value("roundelay_shared_memory_used_bytes", "Shared memory (/dev/shm) that this server holds.",
                               static_cast<double>(memory.used_bytes)));
  if (memory.left_bytes) {
    families.push_back(one_value("roundelay_shared_memory_left_bytes",
                                 "Shared memory (/dev/shm) that is left, for whoever takes it.",
                                 static_cast<double>(*memory.left_bytes)));
  }
  families.push_back(one_value("roundelay_songs_refused_total", "Songs that did not start because no shared memory was left.",
                               static_cast<double>(segment.conductor().songs_refused.load())));
  const ConductorRow& conductor = segment.conductor();
  families.push_back(one_value("roundelay_store_failing", "1 while the database takes no changes: locked, full or failing.",
                               conductor.store_failing.load()));
  families.push_back(one_value("roundelay_store_waiting_changes", "Changes that wait in memory for the database.",
                               static_cast<double>(conductor.unstored.load())));
  MetricFamily failures =
      family("roundelay_store_failures_total", "How often the database refused what it was asked.", MetricType::Counter);
  add_value(failures, static_cast<double>(conductor.store_failures.load()));
  families.push_back(std::move(failures));
  PerShard shards(segment, families);
  shards.add("roundelay_shard_up", "1 while the shard's process ticks.",
             [&](const ShardRow& row) { return row.pid.load() != 0 && row.heartbeat_ns.load() > now_ns - kAliveNs ? 1.0 : 0.0; });
  shards.add("roundelay_shard_starts_total", "How often the shard's process was started.",
             [](const ShardRow& row) { return static_cast<double>(row.starts.load()); });
  for (const ShardCounter& each : kCounters) {
    shards.add(each.metric, each.help, [&](const ShardRow& row) { return static_cast<double>((row.*each.counter).get()); });
  }
  shards.add("roundelay_load_ratio", "CPU time the shard used in its last second, 1 is one core.",
             [](const ShardRow& row) { return row.load_permille.load() / 1000.0; });
  shards.add("roundelay_strain", "What the shard sheds: 0 nothing, 1 encode quality, 2 meters too, 3 listeners' batching too.",
             [](const ShardRow& row) { return row.strain.load(); });
  shards.add("roundelay_encoder_complexity", "Complexity of the mix encoders, 0 to 10.",
             [](const ShardRow& row) { return row.complexity.load(); });
  shards.add("roundelay_shard_singers", "Sessions of the shard that may sing.",
             [](const ShardRow& row) { return row.singers.load(); });
  shards.add("roundelay_shard_singer_capacity", "Singers that the shard could serve.",
             [](const ShardRow& row) { return row.capacity.load(); });
  shards.add("roundelay_recording_failing", "1 while the disk takes no recording: full or failing.",
             [](const ShardRow& row) { return row.record_failing.load(); });
  shards.add_tick_times();
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace roundelay
