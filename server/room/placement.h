// Who is dealt into which bucket. Pure. Buckets count from 1; the leader's is 1.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace roundelay {

// A random number from 0 to below - 1 (below >= 1). Injected, so that tests are certain.
using RandomBelow = std::function<uint32_t(uint32_t below)>;

// The buckets of n followers in a room of `buckets` (>= 2), in ascending order of the first use: 2 to n + 1 while they suffice,
// otherwise cyclic from the last one down to 2.
[[nodiscard]] std::vector<int> follower_buckets(int followers, int buckets);

// The bucket where listeners go: the first from which all followers are heard, never before the third.
[[nodiscard]] int last_position(int followers, int buckets);

struct Follower {
  int speed_class = 0;  // how slow she is (interval.h)
  int bucket = 0;       // where she stands
};
// A follower's bucket each: result[i] is the i-th follower's. The slowest go last. Of those who are equally slow, whoever stands
// in one of their buckets stays in it, as far as there is room; the others are dealt at random.
[[nodiscard]] std::vector<int> deal(std::span<const Follower> followers, int buckets, const RandomBelow& random);

// Where one who comes later goes, while nobody else is moved: the first empty bucket behind the leader's, otherwise the one with
// the fewest singers, the later one of equals. `singers[b - 1]` is how many singers bucket b has, the leader left out.
[[nodiscard]] int late_singer_bucket(std::span<const int> singers);

}  // namespace roundelay
