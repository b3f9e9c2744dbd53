#include "server/conductor/placement.h"

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

std::vector<int> deal(std::span<const int> classes, int buckets, const RandomBelow& random) {
  std::vector<int> places = follower_buckets(static_cast<int>(classes.size()), buckets);
  std::sort(places.begin(), places.end());
  std::vector<size_t> order(classes.size());
  std::iota(order.begin(), order.end(), size_t{0});
  for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random(static_cast<uint32_t>(i))]);  // Fisher-Yates
  std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) { return classes[a] < classes[b]; });
  std::vector<int> out(classes.size());
  for (size_t i = 0; i < order.size(); ++i) out[order[i]] = places[i];
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
