// One room on one shard: its state from shared memory, the feeds of its buckets, the lane that this shard writes, the backing
// track. Loop thread only. produce() and send() are the tick; refresh() is not.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "mixer/segment.h"
#include "server/shard/bucket_feed.h"
#include "server/shard/recorder.h"
#include "server/shard/track_cache.h"

namespace roundelay {

class Stage {
 public:
  // `recorder`: null where nothing is recorded.
  Stage(const Segment& segment, int row, uint32_t generation, int shard, TrackCache& tracks, ClickPackets& clicks,
        const EncoderSettings& encoder, Recorder* recorder = nullptr);
  ~Stage();
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  [[nodiscard]] int row() const { return row_; }
  [[nodiscard]] uint32_t generation() const { return generation_; }
  [[nodiscard]] const RoomState& state() const { return state_; }

  // `bucket` from 1, or kSoloBucket. Makes what it needs: allocates.
  // `part`: what she hears louder, as BucketFeed::join.
  void join(int bucket, Listener* listener, int part = -1);
  void leave(int bucket, Listener* listener);
  void want_part(int bucket, Listener* listener, int part);

  // What that bucket has heard of late; null if nobody here ever did.
  [[nodiscard]] const EnergyRing* heard(int bucket) const {
    const auto& feed = feeds_.at(static_cast<size_t>(bucket - 1));
    return feed ? &feed->heard() : nullptr;
  }

  // A control message to all who are here; nobody else is looked at.
  void tell(const ControlText& text) const;

  // The lanes of this shard that are open; and with those that a voice goes to, which are opened at the first one. What has no
  // memory stays closed.
  LaneWriters& lanes();
  LaneWriters& lanes(LaneKind kind, bool soloed, int part = -1);
  // Voices of this part (from 0) go into its lane too: somebody wants to hear it louder.
  [[nodiscard]] bool part_is_wanted(int part) const { return part >= 0 && (state_.part_lanes >> part & 1) != 0; }

  // The song before this one, whose recording waits for its last voices, or whose end the live link has not heard.
  struct Tail {
    RoomState state;
    uint32_t log = 0;  // 0: it was not recorded
    std::shared_ptr<const MappedTrack> track;
    bool mixed = false;  // the mix behind the last bucket has heard its end
  };
  // Null where there is none.
  [[nodiscard]] const Tail* tail() const { return tail_ ? &*tail_ : nullptr; }

  // The log of the song that is recorded; 0: none is.
  [[nodiscard]] uint32_t log() const { return log_; }
  [[nodiscard]] Recorder* recorder() const { return recorder_; }

  // Somebody here hears the room by its live link, or nobody does any more.
  void keep_live(bool wanted);
  // What is heard there when the clock says `now`: nothing between songs.
  [[nodiscard]] std::optional<Position> live_position(Position now) const;
  // Its packet; false: it is not there yet, or no more.
  [[nodiscard]] bool read_live(Position at, MixPacket& packet) const;

  // Of the encoders, 0 to 10.
  void set_complexity(int complexity);

  // Looks for a change of the room's state and acts on it (new song, other track). Before each tick.
  void refresh();
  // False: nobody is here and nobody elsewhere needs what this shard encodes; the stage may go.
  [[nodiscard]] bool needed() const;
  // The row was given to another room meanwhile, or is free.
  [[nodiscard]] bool stale() const { return state_.generation != generation_; }

  // The tick, at block boundary `now`: first produce() for all rooms, then send() for all. produce() returns the shards to wake.
  uint64_t produce(Position now, int64_t now_ns);
  void send(Position now, std::span<uint8_t> buffer);

 private:
  // True and the position if this stream has a block of the song at `now`.
  [[nodiscard]] bool position_of(int stream, Position now, Position& at) const;
  // What lies beside the mix now.
  [[nodiscard]] BackingSource backing() const { return backing_of(state_, track_.get()); }
  [[nodiscard]] BackingSource backing_of(const RoomState& state, const MappedTrack* track) const;
  // What the buckets hear, and the solo mix.
  BucketFeed::Song collect_lanes();
  [[nodiscard]] BucketFeed::Song song_of(const RoomState& state, const MappedTrack* track) const;
  BucketFeed::Song collect_solo();
  void prepare_parts();
  std::span<const LaneReader> readers_of(LaneKind kind);
  void open_lane(LaneKind kind);
  [[nodiscard]] std::atomic<uint64_t>& lane_mask(LaneKind kind);
  BucketFeed& feed_of(int stream);
  void begin_recording();
  // `over`: the song, as it was; otherwise the recording is cut off here.
  void end_recording(bool over);
  // The next song is on: what is recorded of the last one goes on for as long as voices come.
  void begin_tail(bool same_ring);
  void look_after_tail();
  void end_tail();
  [[nodiscard]] bool mixes_tail() const { return tail_ && !tail_->mixed; }
  // Behind the last bucket the song before may still be heard.
  [[nodiscard]] bool mixes_tail(int stream) const { return mixes_tail() && (stream == kRecordStream || stream == kLiveStream); }
  [[nodiscard]] bool live_is_kept() const { return feeds_[kLiveStream] && feeds_[kLiveStream]->kept(); }
  // Behind the last bucket the song that is on is heard from now on.
  void mix_this_song();

  const Segment& segment_;
  int row_;
  uint32_t generation_;
  int shard_;
  RoomRow& shared_;
  TrackCache& tracks_;
  ClickPackets& clicks_;
  EncoderSettings encoder_;
  Recorder* recorder_;
  uint32_t log_ = 0;
  std::optional<Tail> tail_;
  uint64_t version_ = UINT64_MAX;  // of state_; none yet
  RoomState state_;
  LaneWriters lanes_;
  uint32_t lane_blocks_ = 0;  // ring length that lanes_ were made for
  std::array<std::unique_ptr<BucketFeed>, kRoomStreams> feeds_;
  std::array<std::array<LaneReader, kMaxShards>, kLaneKinds> readers_;
  PartLanes part_lanes_;  // views into readers_
  std::shared_ptr<const MappedTrack> track_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  // lets a late answer of the track cache see that we are gone
};

}  // namespace roundelay
