#include "server/load/load_report.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "mixer/position.h"

namespace roundelay {
namespace {

using nlohmann::json;

struct Range {
  int64_t first = INT64_MAX;
  int64_t last = INT64_MIN;
  [[nodiscard]] int64_t blocks() const { return (last - first) / kBlockSamples + 1; }
};
using Place = std::tuple<int, uint32_t, int>;  // room, song, bucket

int64_t gaps(const LoadCounts& counts) {
  int64_t missing = 0;
  for (const HeardRun& run : counts.runs) missing += (run.last - run.first) / kBlockSamples + 1 - run.blocks;
  return missing;
}

}  // namespace

Delivery count_delivery(std::span<const ClientReport> clients) {
  std::map<Place, Range> places;
  for (const ClientReport& client : clients) {
    if (client.disturbed || client.came_back || client.late) continue;
    for (const HeardRun& run : client.counts.runs) {
      Range& range = places[{client.room, run.song, run.bucket}];
      range.first = std::min(range.first, run.first);
      range.last = std::max(range.last, run.last);
    }
  }
  std::map<std::pair<int, uint32_t>, int64_t> songs;  // the longest stream of each
  for (const auto& [place, range] : places) {
    int64_t& longest = songs[{std::get<0>(place), std::get<1>(place)}];
    longest = std::max(longest, range.blocks());
  }
  Delivery delivery;
  for (const auto& [place, range] : places) delivery.stream_blocks += range.blocks();
  for (const ClientReport& client : clients) {
    if (client.disturbed || client.came_back) continue;
    std::set<Place> here;
    for (const HeardRun& run : client.counts.runs) {
      const Place place{client.room, run.song, run.bucket};
      delivery.blocks += run.blocks;
      const auto range = places.find(place);
      if (!here.insert(place).second || range == places.end()) continue;
      delivery.expected +=
          client.late ? (std::max(range->second.last, run.last) - run.first) / kBlockSamples + 1 : range->second.blocks();
    }
    if (client.late) continue;
    // Whoever heard nothing of a song should have heard as much as anybody.
    for (const auto& [song, longest] : songs) {
      const bool heard = std::any_of(client.counts.runs.begin(), client.counts.runs.end(),
                                     [&, number = song.second](const HeardRun& run) { return run.song == number; });
      if (song.first == client.room && !heard) delivery.expected += longest;
    }
  }
  return delivery;
}

json percentile(std::vector<double> values, double share) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto index = static_cast<size_t>(share * static_cast<double>(values.size()));
  return values[std::min(index, values.size() - 1)];
}

json summarize(std::span<const ClientReport> clients) {
  LoadCounts sum;
  int64_t gaps_calm = 0;
  int64_t gaps_disturbed = 0;
  int64_t came_back = 0;
  std::vector<double> loops;
  std::vector<double> late;
  std::vector<double> welcomes;
  std::vector<double> first_blocks;
  int64_t disturbed = 0;
  for (const ClientReport& client : clients) {
    const LoadCounts& n = client.counts;
    (client.disturbed ? gaps_disturbed : gaps_calm) += gaps(n);
    disturbed += client.disturbed ? 1 : 0;
    came_back += client.came_back ? 1 : 0;
    sum.messages += n.messages;
    sum.backing_blocks += n.backing_blocks;
    sum.silent_blocks += n.silent_blocks;
    sum.most_blocks = std::max(sum.most_blocks, n.most_blocks);
    sum.probes += n.probes;
    sum.sent += n.sent;
    sum.unsent_messages += n.unsent_messages;
    sum.errors += n.errors;
    sum.bad_messages += n.bad_messages;
    sum.reconnects += n.reconnects;
    if (n.loop_ms >= 0) loops.push_back(n.loop_ms);
    if (n.late_percent >= 0) late.push_back(n.late_percent);
    if (n.welcome_ms >= 0) welcomes.push_back(n.welcome_ms);
    if (n.first_block_ms >= 0) first_blocks.push_back(n.first_block_ms);
  }
  const Delivery delivery = count_delivery(clients);
  return {{"blocks", delivery.blocks},
          {"expected", delivery.expected},
          {"delivered", delivery.share()},
          {"stream_blocks", delivery.stream_blocks},
          {"gap_blocks", gaps_calm},
          {"disturbed", disturbed},
          {"gap_blocks_disturbed", gaps_disturbed},
          {"came_back", came_back},
          {"messages", sum.messages},
          {"most_blocks_per_message", sum.most_blocks},
          {"backing_blocks", sum.backing_blocks},
          {"silent_blocks", sum.silent_blocks},
          {"probes", sum.probes},
          {"sent", sum.sent},
          {"unsent_messages", sum.unsent_messages},
          {"errors", sum.errors},
          {"bad_messages", sum.bad_messages},
          {"reconnects", sum.reconnects},
          {"loop_ms_p50", percentile(loops, 0.5)},
          {"loop_ms_p99", percentile(loops, 0.99)},
          {"loop_ms_most", percentile(loops, 1)},
          {"late_percent_most", percentile(late, 1)},
          {"welcome_ms_p50", percentile(welcomes, 0.5)},
          {"welcome_ms_p99", percentile(welcomes, 0.99)},
          {"join_ms_p50", percentile(first_blocks, 0.5)},
          {"join_ms_p99", percentile(first_blocks, 0.99)},
          {"joined_late", first_blocks.size()}};
}

}  // namespace roundelay
