// The sum of the voices, block by block, as the lanes hold it while it is sung: the leader apart, repeats of a round at their
// later positions. What is done with is forgotten, so that memory does not grow with the song.
#pragma once

#include <vector>

#include "mixer/bucket_mixer.h"
#include "server/wire/record/record.h"

namespace roundelay::render {

class Choir {
 public:
  using Sum = BucketMixer::Sum;

  // `blocks`: of the song.
  Choir(const wire::SongRecord& song, int64_t blocks);

  // Adds a voice's block, its gain running from `from` to `to`, which counts as `people`. Blocks of all voices in order: what
  // lies before the last take() is gone.
  void add(int64_t block, Block voice, float from, float to, bool leader, int people);
  // The sum of that block, to which nothing is added any more, to be changed and forgotten by the caller.
  [[nodiscard]] Sum& at(int64_t block) { return ring_[static_cast<size_t>(block) % ring_.size()]; }
  // Makes room: `block` is done with.
  void forget(int64_t block);

 private:
  void add_repeats(int64_t block, Block sound, bool leader, int people);
  void add_to(int64_t block, std::span<const float> part, size_t at, bool leader, int people);
  [[nodiscard]] int64_t distance(uint32_t repeat) const;

  wire::SongRecord song_;
  int64_t blocks_;
  std::vector<Sum> ring_;
};

}  // namespace roundelay::render
