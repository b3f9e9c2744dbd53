// Positions on the server's timeline and the constants of the block grid.
// Plain values: any thread or process, safe in the tick.
#pragma once

#include <compare>
#include <cstdint>

namespace roundelay {

inline constexpr int kSampleRate = 48'000;  // Hz
inline constexpr int kBlockSamples = 960;   // 20 ms: quantum of the ring, the wire and the codec
inline constexpr int64_t kBlockNanos = 20'000'000;

// A whole number of blocks: an offset, an interval, a length.
struct Blocks {
  int64_t count = 0;
  auto operator<=>(const Blocks&) const = default;
};

// A sample count on the server's timeline. Blocks start at multiples of kBlockSamples. Position 0 is the
// Unix epoch, so that positions do not go back over a restart; 2^53 samples last 5,900 years, so a
// position is exact in a JSON number too.
struct Position {
  int64_t samples = 0;
  auto operator<=>(const Position&) const = default;

  [[nodiscard]] constexpr bool on_grid() const { return samples % kBlockSamples == 0; }
  // Index of the block that holds this position; positions are never negative on a running server.
  [[nodiscard]] constexpr int64_t block_index() const { return samples / kBlockSamples; }
};

constexpr Position operator+(Position p, Blocks b) {
  return {p.samples + b.count * kBlockSamples};
}
constexpr Position operator-(Position p, Blocks b) {
  return {p.samples - b.count * kBlockSamples};
}
constexpr Blocks operator+(Blocks a, Blocks b) {
  return {a.count + b.count};
}
constexpr Blocks operator*(Blocks a, int64_t n) {
  return {a.count * n};
}
// Whole blocks from b to a, rounded down; both may lie anywhere.
constexpr Blocks blocks_between(Position a, Position b) {
  const int64_t d = a.samples - b.samples;
  return {d >= 0 ? d / kBlockSamples : -((-d + kBlockSamples - 1) / kBlockSamples)};
}
// The start of the block that holds p (p >= 0).
constexpr Position grid_floor(Position p) {
  return {p.samples - p.samples % kBlockSamples};
}

}  // namespace roundelay
