// The live link of one room, on one shard: turns the packets of the room's stream, or silence between songs, into pages of an
// endless Ogg Opus stream, ten blocks each, and gives these to all players here. A page is made once, and numbered for each of
// them as she came. Loop thread only, behind the tick.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "codec/opus_pages.h"
#include "mixer/packet_stream.h"
#include "server/http/live_source.h"
#include "server/shard/stage.h"

namespace roundelay {

class LiveChannel {
 public:
  // `link`: its number (RoomState::live).
  LiveChannel(uint32_t link, Position now);

  [[nodiscard]] uint32_t link() const { return link_; }
  // Gives her the headers; false if she does not take them.
  bool join(LivePlayer& player);
  void leave(LivePlayer& player);
  [[nodiscard]] size_t players() const { return players_.size(); }

  // What has come until `now`, to those whose turn it is. Returns how many were too slow.
  size_t run(const Stage& stage, Position now);
  // Nothing more comes: everybody is told, and gone.
  void end();

  static constexpr int kPageBlocks = 10;
  // A block that another shard makes is waited for this long; then it is lost.
  static constexpr int kPatienceBlocks = 20;
  // A shard that stood still does not make up for more than this.
  static constexpr int kMostMissedBlocks = 250;

 private:
  struct Player {
    LivePlayer* player;
    uint32_t turn;     // her ticks: those whose block has this remainder
    uint64_t next;     // the page that she gets next, from 0
    uint32_t number;   // of it, in her stream
    int64_t begun_at;  // samples before her first page
  };
  struct Page {
    uint64_t number = 0;  // from 0
    std::vector<uint8_t> bytes;
  };
  // The block of the clock's `now`. False: it is waited for.
  [[nodiscard]] bool take(const Stage& stage, Position now, bool late);
  void add(std::span<const uint8_t> packet);
  bool serve(Player& player);

  uint32_t link_;
  OpusPages pages_;
  Position next_;             // of the clock: the first block that was not taken
  uint64_t made_ = 0;         // pages
  std::array<Page, 8> kept_;  // the last ones, each at its number
  std::vector<uint8_t> copy_;
  std::vector<Player> players_;
  uint32_t joined_ = 0;
  MixPacket packet_;
};

}  // namespace roundelay
