#include "mixer/room_state.h"

#include <cstring>
#include <type_traits>

#include "mixer/seqlock.h"

namespace roundelay {

static_assert(std::is_trivially_copyable_v<RoomState>);
static_assert(sizeof(RoomState) == 120, "no padding: every byte of the words is a value");

void RoomStateCell::store(const RoomState& state) {
  uint64_t words[kWords] = {};
  std::memcpy(words, &state, sizeof state);
  const SeqlockWrite write = seqlock_open(sequence_);
  for (int i = 0; i < kWords; ++i) words_[i].store(words[i], std::memory_order_relaxed);
  seqlock_close(sequence_, write);
}

bool RoomStateCell::load(RoomState& state, uint64_t* version) const {
  uint64_t words[kWords] = {};
  uint64_t seen = 0;
  const SeqlockRead read = seqlock_read(
      sequence_, [] { return true; },
      [&] {
        seen = sequence_.load(std::memory_order_relaxed);
        for (int i = 0; i < kWords; ++i) words[i] = words_[i].load(std::memory_order_relaxed);
      });
  if (read != SeqlockRead::kCopied) return false;
  std::memcpy(&state, words, sizeof state);
  state.id[sizeof state.id - 1] = '\0';  // whatever the memory held, it ends
  if (version != nullptr) *version = seen;
  return true;
}

}  // namespace roundelay
