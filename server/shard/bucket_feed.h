// One bucket of one room, or its solo mix, as one shard sees it: makes the bucket's mix when this shard owns the packet stream,
// takes the stream over when its owner is missing, and sends what is published to the sessions here. Loop thread only. produce()
// and send() are the tick: no allocation, lock, log or exception, no system call but the socket writes.
#pragma once

#include <array>
#include <memory>
#include <span>
#include <vector>

#include "codec/opus.h"
#include "mixer/bucket_mixer.h"
#include "mixer/energy_ring.h"
#include "mixer/packet_stream.h"
#include "mixer/segment.h"
#include "mixer/timing_meter.h"
#include "server/net/web_socket.h"
#include "server/shard/backing_source.h"
#include "server/shard/live_mix.h"
#include "server/shard/part_mixes.h"
#include "server/shard/recorder.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

// Somebody who hears a bucket, and how far she was served.
class Listener {
 public:
  virtual ~Listener() = default;
  // A message for this bucket; kWebsocketHeadroom writable bytes lie in front. False: it was dropped (too slow).
  virtual bool hear(std::span<uint8_t> message) = 0;
  // A control message to everybody in the room. Not in the tick.
  virtual void tell(const ControlText& text) = 0;
  // No song reaches her bucket: true if she wants a probe at `at` (PROTOCOL.md 2.3).
  virtual bool wants_probe(Position at) = 0;
  // The first block of a song goes out to her after this: the song has reached her bucket, or she came into its middle.
  virtual void song_reaches(const RoomState& room, bool in_the_middle) = 0;

  // Blocks a message, 1 to wire::kMaxBlocksPerMessage. May change at any time: no block is left out or comes twice.
  void set_batch(int blocks) { batch_ = blocks; }
  [[nodiscard]] int batch() const { return batch_; }

 protected:
  // `phase` (any number) spreads those who are served every few ticks over these ticks.
  explicit Listener(uint32_t phase) : phase_(phase) {}

 private:
  friend class BucketFeed;
  // A message ends with one of the blocks from `came` to `ready`.
  [[nodiscard]] bool is_due(Position came, Position ready) const {
    if (batch_ == 1) return true;
    const int64_t after_end = (ready.block_index() + 1 + phase_) % batch_;  // blocks since a message ended
    return after_end <= blocks_between(ready, came).count;
  }

  uint32_t phase_;
  int batch_ = 1;
  int part_ = -1;     // the voice part that she hears louder, from 0; -1: none
  Position next_;     // the first block that was not sent to her; 0: the next that comes
  bool due_ = false;  // within BucketFeed::serve: she gets what is new to her
};

class BucketFeed {
 public:
  // What is the same for all buckets of a room in one tick, or of the solo mix.
  struct Song {
    const RoomState* room = nullptr;
    BackingSource backing;
    BucketMixer::Lanes lanes;
    BucketMixer::Loudness loudness;
    const PartLanes* parts = nullptr;  // null: nobody wants any
  };

  // `bucket` from 0, kSoloStream, kRecordStream or kLiveStream.
  BucketFeed(const Segment& segment, int row, int shard, int bucket, const EncoderSettings& encoder);

  // `part`: what she hears louder, from 0; -1: none.
  void join(Listener* listener, int part = -1);
  void leave(Listener* listener);
  // Another part, or none, from the next message on. She is here.
  void want_part(Listener* listener, int part);
  // What this shard makes of the stream goes into this log, with what lies beside it; 0: into none any more. While it is recorded
  // the shard makes it, or waits for it, as if somebody here heard it.
  void record(Recorder* recorder, uint32_t log);
  // The shard makes the stream, or waits for it, as if somebody here heard it; whoever wants it reads it.
  void keep(bool wanted);
  [[nodiscard]] bool kept() const { return kept_; }
  [[nodiscard]] bool empty() const { return listeners_.empty() && log_ == 0 && !kept_; }
  // True while this shard must go on encoding for others, although nobody listens here.
  [[nodiscard]] bool needed() const;
  void tell(const ControlText& text) const {
    for (Listener* listener : listeners_) listener->tell(text);
  }
  [[nodiscard]] size_t listeners() const { return listeners_.size(); }
  // The onsets of what is heard here, for whoever sings to it.
  [[nodiscard]] const EnergyRing& heard() const { return heard_; }
  void set_complexity(int complexity) {
    encoder_.set_complexity(complexity);
    parts_.set_complexity(complexity);
    if (live_) live_->set_complexity(complexity);
  }
  // Of a bucket: the parts that are wanted in the room (RoomState::part_lanes). Allocates.
  void prepare_parts(uint64_t part_lanes) { parts_.prepare(part_lanes); }

  // A song begins: nothing is remembered of the last one.
  void restart();

  // Both only while the room's streams and lanes have memory (RoomState::ring_blocks).
  // The stream's position in this tick, `at`, is inside the song. Takes the stream over if its owner is missing; if it is ours,
  // mixes, encodes and publishes up to `at`. Returns the mask of the shards that wait for it (without this one).
  uint64_t produce(Position at, const Song& song, int64_t now_ns);
  // Sends what was published up to `at` to whom it is due; `buffer` holds headroom and the largest message.
  void send(Position at, const Song& song, std::span<uint8_t> buffer);
  // The song has left this bucket: sends what waited for a fuller message.
  void finish(const Song& song, std::span<uint8_t> buffer);
  // Sends a probe of position `at` to whoever wants one.
  void probe(Position at, std::span<uint8_t> buffer);

  // How long an owner may be silent (its heartbeat comes every 20 ms) or its packets missing before it is replaced.
  static constexpr int64_t kOwnerSilentNs = 50'000'000;
  static constexpr int64_t kOwnerLateBlocks = 4;
  // How long a stream that nobody owns yet is left to the shard that mixes the room's others: a shard that waits for packets is
  // then woken once in a tick and not once for each bucket.
  static constexpr int64_t kCourtesyBlocks = 2;
  // Blocks older than this are not made or waited for any more: the listener's time has passed.
  static constexpr int kGiveUpBlocks = 15;
  static constexpr size_t kFetchAhead = 8;

 private:
  // Shards that have somebody in this bucket.
  [[nodiscard]] uint64_t shards_here() const;
  void show_interest();
  [[nodiscard]] bool left_to_another(StreamOwner owner, Position at) const;
  [[nodiscard]] bool owner_is_missing(StreamOwner owner, Position at, int64_t now_ns) const;
  // `generation`: of our ownership, so that a shard that was replaced meanwhile never writes into its successor's bank.
  void make(Position at, const Song& song, uint64_t generation);
  void record(Position at, const Song& song, std::span<const uint8_t> packet);
  // What the stream still holds of a shard that is gone: it may not have come to the disk.
  void record_held(Position until, const Song& song);
  // Keeps what is heard at `at`, where another shard mixes it.
  void hear_sum(Position at, const Song& song);
  // Serves those to whom it is due, or all, up to ready_; `came` is the first block that is new in this tick.
  void serve(Position came, bool all, const Song& song, std::span<uint8_t> buffer);
  // To whom it is due from `first` on and who hears this part louder; `taken` blocks are behind her then.
  void send_to(Position first, int taken, int part, const wire::MixMessage& message, std::span<uint8_t> buffer);
  // The message of the `count` blocks from `first` on, or of as many as the stream still holds; views into packets_.
  [[nodiscard]] wire::MixMessage collect(Position first, int count, const Song& song);

  RoomRow& room_;
  PacketStream stream_;
  const Segment& segment_;
  ShardRow& row_;
  int shard_;
  int bucket_;  // from 0, or one of the streams behind those of the buckets
  BlockEncoder encoder_;
  BucketMixer mixer_;
  PartMixes parts_;
  std::unique_ptr<LiveMix> live_;  // of kLiveStream alone
  EnergyRing heard_{TimingMeter::kRingBlocks};
  std::vector<Listener*> listeners_;
  Position made_;         // the last block we made; 0: none
  Position ready_;        // the last block that was published, or given up; 0: none
  bool waiting_ = false;  // somebody has not been sent everything up to ready_
  Recorder* recorder_ = nullptr;
  uint32_t log_ = 0;  // of the recorder; 0: not recorded
  bool kept_ = false;
  std::array<MixPacket, wire::kMaxBlocksPerMessage> packets_;
};

}  // namespace roundelay
