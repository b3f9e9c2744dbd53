// What a room makes of its singers' loop times: the interval, and what leader and organisers are told.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "server/base/text.h"
#include "server/room/interval.h"
#include "server/room/milliseconds.h"
#include "server/room/room.h"
#include "server/wire/control/loops.h"

namespace roundelay {

using nlohmann::json;

namespace {

constexpr int64_t kLoopsEveryNs = 2'000'000'000;
constexpr size_t kMostToldLoops = 5;
constexpr double kToldLatePercent = 1;

}  // namespace

bool Room::is_heard(const Person& person) const {
  if (person.role != Role::kSinger || !person.connected()) return false;
  return is_leader(person) || person.bucket < people_.last_heard_bucket();
}

int Room::automatic_interval_blocks() const {
  double slowest_ms = 0;
  for (const PersonId id : people_.singers()) {
    if (!is_heard(*find(id))) continue;
    const auto loop = loops_.find(id);
    const auto loop_ms = loop == loops_.end() ? std::nullopt : loop->second.loop_ms();
    slowest_ms = std::max(slowest_ms, loop_ms.value_or(kUnmeasuredLoopMs));
  }
  return std::min(interval_blocks_for(slowest_ms, limits_.least_interval_ms),
                  most_interval_blocks(settings_, limits_.line_blocks()));
}

// During a song: who comes too late for the next bucket. Otherwise: whose loop time the interval comes from.
void Room::tell_loops(Moment now, Effects& out) {
  if (loops_.empty() || now.ns - told_loops_ns_ < kLoopsEveryNs) return;
  told_loops_ns_ = now.ns;
  struct Slow {
    PersonId id;
    double loop_ms;
    double late_percent;
  };
  const bool on = song_is_on(now);
  std::vector<Slow> slow;
  for (const auto& [id, loop] : loops_) {
    const auto loop_ms = loop.loop_ms();
    if (!loop_ms || !is_heard(*find(id))) continue;
    const bool told = on ? loop.late_percent() >= kToldLatePercent
                         : interval_blocks_for(*loop_ms, limits_.least_interval_ms) * kBlockMs > limits_.least_interval_ms;
    if (told) slow.push_back({id, *loop_ms, on ? loop.late_percent() : 0});
  }
  const size_t told = std::min(kMostToldLoops, slow.size());
  std::partial_sort(slow.begin(), slow.begin() + static_cast<ptrdiff_t>(told), slow.end(), [](const Slow& a, const Slow& b) {
    return std::tuple(-a.late_percent, -a.loop_ms, a.id) < std::tuple(-b.late_percent, -b.loop_ms, b.id);
  });
  control::Loops loops{automatic_interval_blocks() * kBlockMs, {}};
  for (size_t i = 0; i < told; ++i) {
    // Coarse, so that what does not matter is not told again and again.
    loops.slow.push_back(
        {id_text(slow[i].id), std::round(slow[i].loop_ms / kBlockMs) * kBlockMs, std::round(slow[i].late_percent)});
  }
  const json message = loops.to_json();
  if (message == told_loops_) return;
  told_loops_ = message;
  std::set<PersonId> to = people_.organisers();
  if (leader_) to.insert(*leader_);
  tell(to, message, out);
}

}  // namespace roundelay
