// The energies of a voice or a mix over the last seconds, by position. One writer and reader: the loop thread. add() does not
// allocate: safe in the tick.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <vector>

#include "mixer/hop_energies.h"

namespace roundelay {

class EnergyRing {
 public:
  // `blocks`: a power of two.
  explicit EnergyRing(size_t blocks) : entries_(blocks), mask_(blocks - 1) { assert((blocks & mask_) == 0); }

  void add(Position at, const BlockEnergies& energies) {
    entries_[static_cast<size_t>(at.block_index()) & mask_] = {at.block_index(), energies};
  }
  void add(Position at, Block block) { add(at, hop_energies(block)); }

  // The hops from `from` (on the grid) on; those of blocks that are not there are silent.
  void copy(Position from, std::span<HopEnergy> out) const {
    for (size_t hop = 0; hop < out.size(); ++hop) {
      const int64_t index = from.block_index() + static_cast<int64_t>(hop / kHopsPerBlock);
      const Entry& entry = entries_[static_cast<size_t>(index) & mask_];
      out[hop] = entry.block_index == index ? entry.energies[hop % kHopsPerBlock] : HopEnergy{};
    }
  }

 private:
  struct Entry {
    int64_t block_index = -1;
    BlockEnergies energies;
  };
  std::vector<Entry> entries_;
  size_t mask_;
};

}  // namespace roundelay
