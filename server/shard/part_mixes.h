// Beside the mix of a bucket: the voice parts that somebody there hears louder, one packet more for each that is wanted, made by
// the shard that makes the mix. Loop thread only; make() and put_into() are the tick.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "codec/opus.h"
#include "mixer/bucket_mixer.h"
#include "mixer/packet_stream.h"
#include "mixer/segment.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

// The lanes of each part; of those that nobody wants they are empty.
using PartLanes = std::array<std::span<const LaneReader>, kMostParts>;

class PartMixes {
 public:
  // `bucket` from 0. Of other streams of a room nothing is asked but reset().
  PartMixes(const Segment& segment, int row, int shard, int bucket, const EncoderSettings& encoder);

  // Somebody here wants this part (from 0; below 0: none); she does no more.
  void want(int part);
  void let_go(int part);
  // These parts have memory now, and no others: makes what they need, and tells the other shards what is wanted here. Allocates.
  void prepare(uint64_t part_lanes);
  void set_complexity(int complexity);

  // Nothing is remembered of what was made.
  void reset();
  // Mixes, encodes and publishes what is wanted on any shard, as loud beside the others as in the mix, before the mix itself.
  // `generation`: of the ownership of the mix.
  void make(Position at, const RoomState& room, const BucketMixer::Lanes& whole, const PartLanes& parts,
            const BucketMixer::Loudness& loudness, uint64_t generation);
  // The packets of this part, as far as there are any, beside those of the mix. Views into this, until the next call.
  void put_into(wire::MixMessage& message, int part);

 private:
  struct Maker {
    explicit Maker(const EncoderSettings& settings) : encoder(settings) {}
    BlockEncoder encoder;
    BucketMixer mixer;
    bool on = false;
  };
  // Only of a part that has its maker.
  [[nodiscard]] std::atomic<uint64_t>& listeners(int part) const { return segment_.part_head(row_, part).listeners[bucket_]; }
  void show_interest(int part) const;

  const Segment& segment_;
  int row_;
  int shard_;
  int bucket_;
  EncoderSettings settings_;
  std::array<std::unique_ptr<Maker>, kMostParts> makers_;
  std::array<int, kMostParts> wanted_here_{};
  std::array<MixPacket, wire::kMaxBlocksPerMessage> packets_;
};

}  // namespace roundelay
