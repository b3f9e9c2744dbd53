#include "server/conductor/placement.h"

#include <algorithm>
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

std::vector<int> deal(int followers, int buckets, const RandomBelow& random) {
  std::vector<int> out = follower_buckets(followers, buckets);
  for (size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[random(static_cast<uint32_t>(i))]);  // Fisher-Yates
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
