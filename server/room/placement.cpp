#include "server/room/placement.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace roundelay {

std::vector<int> follower_buckets(int followers, int buckets) {
  std::vector<int> out;
  out.reserve(static_cast<size_t>(followers));
  if (followers <= buckets - 1) {
    for (int i = 0; i < followers; ++i) out.push_back(2 + i);
    return out;
  }
  for (int i = 0; i < followers; ++i) out.push_back(buckets - i % (buckets - 1));
  return out;
}

int last_position(int followers, int buckets) {
  return std::min(std::max(followers + 2, 3), buckets);
}

std::vector<int> deal(std::span<const Follower> followers, int buckets, const RandomBelow& random) {
  std::vector<int> places = follower_buckets(static_cast<int>(followers.size()), buckets);
  std::sort(places.begin(), places.end());
  std::vector<size_t> order(followers.size());
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random(static_cast<uint32_t>(i))]);  // Fisher-Yates
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return followers[a].speed_class < followers[b].speed_class; });
  std::vector<int> out(followers.size());
  // Those of one class have neighbouring places.
  for (size_t from = 0, to = 0; from < order.size(); from = to) {
    while (to < order.size() && followers[order[to]].speed_class == followers[order[from]].speed_class) ++to;
    std::vector<int> free(places.begin() + static_cast<ptrdiff_t>(from), places.begin() + static_cast<ptrdiff_t>(to));
    std::vector<size_t> movers;
    for (size_t i = from; i < to; ++i) {
      const auto own = std::find(free.begin(), free.end(), followers[order[i]].bucket);
      if (own == free.end()) {
        movers.push_back(order[i]);
      } else {
        out[order[i]] = *own;
        free.erase(own);
      }
    }
    for (size_t i = 0; i < movers.size(); ++i) out[movers[i]] = free[i];
  }
  return out;
}

int late_singer_bucket(std::span<const int> singers) {
  int best = 2;
  for (int bucket = 2; bucket <= static_cast<int>(singers.size()); ++bucket) {
    const int here = singers[static_cast<size_t>(bucket - 1)];
    if (here == 0) return bucket;
    if (here <= singers[static_cast<size_t>(best - 1)]) best = bucket;
  }
  return best;
}

}  // namespace roundelay
