// Clicks of the metronome as Opus packets. Those of a click depend on nothing but where in its block it begins, and whether it is
// accented: every shard makes the same ones, and each is encoded once in a shard's life, for all rooms.
// Loop thread only. packet() is safe in the tick: it allocates nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "codec/opus.h"
#include "mixer/position.h"

namespace roundelay {

class ClickPackets {
 public:
  // A click's packets begin a block before it, so that a fresh decoder has settled; it lies in the next two.
  static constexpr int kBlocks = 3;
  static constexpr int kMostBytes = 400;  // of a packet

  ClickPackets();

  // Of a click that begins `offset` samples into its block (0 to 959), packet 0 to kBlocks - 1: decoded in sequence from a fresh
  // decoder, packet 1 gives the samples of the click's block exactly. The first call for a click encodes its packets, which takes
  // less than a millisecond.
  [[nodiscard]] std::span<const uint8_t> packet(int offset, bool accent, int index);

 private:
  struct Packets {
    uint16_t len_bytes[kBlocks];
    uint8_t bytes[kBlocks][kMostBytes];
  };
  void make(int offset, bool accent, Packets& into);

  static constexpr size_t kClicks = 2 * size_t{kBlockSamples};
  BlockEncoder encoder_;
  std::array<bool, kClicks> made_{};
  std::unique_ptr<Packets[]> packets_;  // not touched before they are made: takes no memory until then
};

}  // namespace roundelay
