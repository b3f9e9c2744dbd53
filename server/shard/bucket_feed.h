// One bucket of one room, as one shard sees it: makes the bucket's mix when this shard owns the packet stream, takes
// the stream over when its owner is missing, and sends what is published to the sessions here.
// Loop thread only. produce() and send() are the tick: no allocation, lock, log or exception, no system call but the
// socket writes.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "codec/opus.h"
#include "codec/track.h"
#include "mixer/bucket_mixer.h"
#include "mixer/packet_stream.h"
#include "mixer/segment.h"

namespace roundelay {

// Somebody who hears a bucket.
class Listener {
 public:
  virtual ~Listener() = default;
  // A message for this bucket; kWebsocketHeadroom writable bytes lie in front. False: it was dropped (too slow).
  virtual bool hear(std::span<uint8_t> message) = 0;
};

class BucketFeed {
 public:
  // What is the same for all buckets of a room in one tick.
  struct Song {
    const RoomState* room = nullptr;
    const TrackView* track = nullptr;  // null: none, or not mapped yet
    std::span<const LaneReader> lanes;
  };

  BucketFeed(PacketStream& stream, const Segment& segment, int shard, int bucket, const EncoderSettings& encoder);

  void join(Listener* listener);
  void leave(Listener* listener);
  [[nodiscard]] bool empty() const { return listeners_.empty(); }
  // True while this shard must go on encoding for others, although nobody listens here.
  [[nodiscard]] bool needed() const;
  [[nodiscard]] size_t listeners() const { return listeners_.size(); }

  // A song begins, or this shard's part in it does: nothing is remembered.
  void restart();

  // The stream's position in this tick, `at`, is inside the song. Takes the stream over if its owner is missing; if it is ours,
  // mixes, encodes and publishes up to `at`. Returns the mask of the shards that wait for it (without this one).
  uint64_t produce(Position at, const Song& song, int64_t now_ns);
  // Sends every published block up to `at` that was not sent yet; `buffer` holds headroom and the largest message.
  void send(Position at, const Song& song, std::span<uint8_t> buffer);

  // How long an owner may be silent (its heartbeat comes every 20 ms) or its packets missing before it is replaced.
  static constexpr int64_t kOwnerSilentNs = 30'000'000;
  static constexpr int64_t kOwnerLateBlocks = 4;
  // Blocks older than this are not made or waited for any more: the listener's time has passed.
  static constexpr int64_t kGiveUpBlocks = 15;

 private:
  [[nodiscard]] bool owner_is_missing(StreamOwner owner, Position at, int64_t now_ns) const;
  // `generation`: of our ownership, so that a shard that was replaced meanwhile never writes into its successor's bank.
  void make(Position at, const Song& song, uint64_t generation);

  PacketStream& stream_;
  const Segment& segment_;
  ShardRow& row_;
  int shard_;
  int bucket_;  // from 0
  BlockEncoder encoder_;
  BucketMixer mixer_;
  std::vector<Listener*> listeners_;
  Position made_;  // the last block we made; 0: none
  Position sent_;  // the last block sent or given up; 0: none
};

}  // namespace roundelay
