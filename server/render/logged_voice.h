// One singer's packets turned into sound and added to the choir, as the shard did it when they came (server/shard/voice_input.h):
// gains ramped, a voice that begins fades in, one that is lost fades out.
#pragma once

#include <array>

#include "codec/opus.h"
#include "server/render/choir.h"

namespace roundelay::render {

class LoggedVoice {
 public:
  // The packet of this block, null if there is none. Blocks in order, each once, from 0 to `blocks` - 1.
  void add(int64_t block, int64_t blocks, const wire::PacketRecord* packet, Choir& choir);

 private:
  using Gains = std::array<float, 2>;  // in the voices' lane, in the leader's
  void fade_out(int64_t block, Choir& choir);
  void fade_in();
  void add_to(int64_t block, const Gains& to, bool ends, Choir& choir);

  BlockDecoder decoder_{1};
  bool sounding_ = false;
  int silent_packets_ = 0;
  Gains gains_{};
  alignas(64) float block_[kBlockSamples] = {};
};

}  // namespace roundelay::render
