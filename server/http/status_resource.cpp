#include "server/http/status_resource.h"

#include "server/base/version.h"
#include "server/http/counts_exchange.h"
#include "server/http/metrics.h"

namespace roundelay {
namespace {

nlohmann::json status_of_shards(const Segment& segment) {
  nlohmann::json shards = nlohmann::json::array();
  nlohmann::json totals = nlohmann::json::object();
  for (int i = 0; i < static_cast<int>(segment.size().max_shards); ++i) {
    const ShardRow& row = segment.shard(i);
    nlohmann::json shard{{"index", i}, {"pid", row.pid.load()}, {"starts", row.starts.load()}};
    for (const ShardCounter& each : shard_counters()) {
      const uint64_t value = (row.*each.counter).get();
      shard[each.name] = value;
      totals[each.name] = totals.value(each.name, uint64_t{0}) + value;
    }
    const TimeHistogram::Counts ticks = row.tick_time.read();
    const auto microseconds = [](int64_t ns) {
      const int64_t tenths = ns / 100;
      return static_cast<double>(tenths) / 10;
    };
    shard["tick_us"] = {{"p50", microseconds(ticks.quantile_ns(0.5))},
                        {"p99", microseconds(ticks.quantile_ns(0.99))},
                        {"p99_9", microseconds(ticks.quantile_ns(0.999))},
                        {"worst", microseconds(ticks.worst_ns)}};
    shard["load"] = row.load_permille.load() / 1000.0;
    shard["strain"] = row.strain.load();
    shard["complexity"] = row.complexity.load();
    shard["singers"] = row.singers.load();
    shard["capacity"] = row.capacity.load();
    shards.push_back(std::move(shard));
  }
  const Segment::Memory memory = segment.memory();
  nlohmann::json shared_memory{{"used_bytes", memory.used_bytes},
                               {"left_bytes", nullptr},  // no limit
                               {"songs_refused", segment.conductor().songs_refused.load()}};
  if (memory.left_bytes) shared_memory["left_bytes"] = *memory.left_bytes;
  const int64_t now = monotonic_ns();
  const ConductorRow& conductor = segment.conductor();
  return {{"version", kVersion},
          {"store",
           {{"failing", conductor.store_failing.load() != 0},
            {"waiting", conductor.unstored.load()},
            {"failures", conductor.store_failures.load()}}},
          {"uptime_s", (now - segment.timeline().anchor_ns) / 1'000'000'000},
          {"position", segment.timeline().at(now).samples},
          {"shared_memory", std::move(shared_memory)},
          {"shards", std::move(shards)},
          {"totals", std::move(totals)}};
}

class StatusExchange final : public CountsExchange {
 public:
  using CountsExchange::CountsExchange;

  void on_reply(int /*status*/, nlohmann::json&& body) override {
    nlohmann::json all = status_of_shards(segment_);
    if (body.is_object()) all.update(body);
    answer(request_, 200, all);
  }
  void on_conductor_lost() override { answer(request_, 200, status_of_shards(segment_)); }
};

}  // namespace

void answer_status(HttpRequest& request, Exchanges& exchanges, const Segment& segment) {
  exchanges.make<StatusExchange>(request, segment).begin();
}

}  // namespace roundelay
