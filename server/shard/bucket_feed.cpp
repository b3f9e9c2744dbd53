#include "server/shard/bucket_feed.h"

#include <algorithm>
#include <bit>

#include "server/net/web_server.h"

namespace roundelay {

BucketFeed::BucketFeed(const Segment& segment, int row, int shard, int bucket, const EncoderSettings& encoder)
    : room_(segment.room(row)),
      stream_(segment.stream(row, bucket)),
      segment_(segment),
      row_(segment.shard(shard)),
      shard_(shard),
      bucket_(bucket),
      encoder_(encoder),
      parts_(segment, row, shard, bucket, encoder),
      live_(bucket == kLiveStream ? std::make_unique<LiveMix>(encoder) : nullptr) {}

void BucketFeed::join(Listener* listener, int part) {
  listener->next_ = {};
  listener->part_ = part;
  parts_.want(part);
  listeners_.push_back(listener);
  show_interest();
}

void BucketFeed::leave(Listener* listener) {
  if (std::erase(listeners_, listener) > 0) parts_.let_go(listener->part_);
  show_interest();
}

void BucketFeed::want_part(Listener* listener, int part) {
  if (listener->part_ == part) return;
  parts_.let_go(listener->part_);
  parts_.want(part);
  listener->part_ = part;
}

void BucketFeed::record(Recorder* recorder, uint32_t log) {
  recorder_ = recorder;
  log_ = log;
  show_interest();
}

void BucketFeed::keep(bool wanted) {
  kept_ = wanted;
  show_interest();
}

void BucketFeed::show_interest() {
  const uint64_t bit = uint64_t{1} << shard_;
  if (empty()) {
    stream_.shard_mask.fetch_and(~bit);
  } else {
    stream_.shard_mask.fetch_or(bit);
  }
}

uint64_t BucketFeed::shards_here() const {
  return stream_.shard_mask.load(std::memory_order_relaxed) & segment_.all_shards();
}

bool BucketFeed::needed() const {
  return stream_owner(stream_).shard == shard_ && shards_here() != 0;
}

void BucketFeed::restart() {
  made_ = {};
  ready_ = {};
  waiting_ = false;
  for (Listener* listener : listeners_) listener->next_ = {};
  encoder_.reset();
  mixer_.reset();
  parts_.reset();
  if (live_) live_->reset();
}

bool BucketFeed::left_to_another(StreamOwner owner, Position at) const {
  const int64_t mixer = int64_t{room_.mixer.load(std::memory_order_relaxed)} - 1;
  if (owner.shard >= 0 || mixer < 0 || mixer == shard_) return false;
  return ready_.samples == 0 || blocks_between(at, ready_).count <= kCourtesyBlocks;
}

bool BucketFeed::owner_is_missing(StreamOwner owner, Position at, int64_t now_ns) const {
  if (owner.shard < 0 || owner.shard >= static_cast<int>(segment_.size().max_shards)) return true;
  if (ready_.samples == 0 || ready_ + Blocks{1} >= at) return false;  // it had no chance to be late yet
  const ShardRow& other = segment_.shard(owner.shard);
  return other.heartbeat_ns.load(std::memory_order_relaxed) < now_ns - kOwnerSilentNs ||
         blocks_between(at, ready_).count > kOwnerLateBlocks;
}

uint64_t BucketFeed::produce(Position at, const Song& song, int64_t now_ns) {
  StreamOwner owner = stream_owner(stream_);
  if (owner.shard != shard_) {
    // A shard without listeners in this bucket does not take it.
    if (empty()) return 0;
    if (!listeners_.empty()) hear_sum(at, song);
    if (left_to_another(owner, at) || !owner_is_missing(owner, at, now_ns)) return 0;
    const auto taken = take_stream(stream_, owner, shard_);
    if (!taken) return 0;
    owner = *taken;
    room_.mixer.store(static_cast<uint32_t>(shard_ + 1), std::memory_order_relaxed);
    row_.streams_taken.add();
    encoder_.reset();
    mixer_.reset();
    parts_.reset();
    if (live_) live_->reset();
    made_ = ready_.samples != 0 ? ready_ : at - Blocks{1};
    if (log_ != 0) record_held(made_, song);
  }
  if (made_.samples == 0) made_ = at - Blocks{1};
  made_ = std::max(made_, at - Blocks{kGiveUpBlocks});
  while (made_ < at) {
    made_ = made_ + Blocks{1};
    make(made_, song, owner.generation);
  }
  if (bucket_ == kRecordStream || bucket_ == kLiveStream) return 0;  // nobody waits for it
  return shards_here() & ~(uint64_t{1} << shard_);
}

void BucketFeed::make(Position at, const Song& song, uint64_t generation) {
  alignas(64) float mix[kBlockSamples];
  uint8_t packet[kMaxMixPacketBytes];
  const auto result = mixer_.mix(mix, song.lanes, at, song.loudness);
  // Repeats that a stop cut off die away here, as voices do.
  if (song.room->round_repeats != 0 && at.samples >= song.room->song_end) apply_ramp(mix, 1.0F, 0.0F);
  const int length =
      live_ ? live_->encode(mix, song.backing.track(at), song.room->backing_gain, packet) : encoder_.encode(mix, packet);
  row_.blocks_mixed.add();
  row_.encodes.add();
  if (live_) row_.live_encodes.add();
  if (result.torn_lanes > 0) row_.torn_reads.add(static_cast<uint64_t>(result.torn_lanes));
  if (result.people > 0) heard_.add(at, mix);
  const std::span<const uint8_t> made{packet, static_cast<size_t>(std::max(length, 0))};
  if (song.parts != nullptr) parts_.make(at, *song.room, song.lanes, *song.parts, song.loudness, generation);
  publish_packet(stream_, generation, at, result.people, made);
  if (log_ != 0) record(at, song, made);
}

void BucketFeed::record(Position at, const Song& song, std::span<const uint8_t> packet) {
  // With what lets a decoder settle.
  if (at < Position{song.room->song_start} - Blocks{kPrerollBlocks} || at.samples >= song.room->song_end) return;
  recorder_->mix(log_, at, packet);
  recorder_->backing(log_, false, at, song.backing.track(at));
  recorder_->backing(log_, true, at, song.backing.metronome(at, 0));
}

void BucketFeed::record_held(Position until, const Song& song) {
  MixPacket packet;
  for (int back = kStreamSlots - 1; back >= 0; --back) {
    const Position at = until - Blocks{back};
    if (read_packet(stream_, at, packet)) record(at, song, {packet.bytes, packet.len_bytes});
  }
}

void BucketFeed::hear_sum(Position at, const Song& song) {
  alignas(64) float sum[kBlockSamples] = {};
  int people = 0;
  for (const LaneReader& lane : song.lanes.voices) people += lane.add_to(sum, at);
  if (!song.lanes.leader.empty()) {
    alignas(64) float leader[kBlockSamples] = {};
    for (const LaneReader& lane : song.lanes.leader) people += lane.add_to(leader, at);
    add_ramped(sum, leader, song.loudness.leader_boost, song.loudness.leader_boost);
  }
  if (people > 0) heard_.add(at, sum);
}

void BucketFeed::send(Position at, const Song& song, std::span<uint8_t> buffer) {
  if (ready_.samples == 0) ready_ = at - Blocks{1};
  ready_ = std::max(ready_, at - Blocks{kGiveUpBlocks});
  if (empty()) {
    ready_ = at;
    return;
  }
  const Position came = ready_ + Blocks{1};
  while (ready_ < at && read_packet(stream_, ready_ + Blocks{1}, packets_[0])) ready_ = ready_ + Blocks{1};
  if (ready_ >= came && !listeners_.empty()) serve(came, ready_.samples >= song.room->song_end, song, buffer);
}

void BucketFeed::finish(const Song& song, std::span<uint8_t> buffer) {
  if (waiting_) serve(ready_ + Blocks{1}, true, song, buffer);
}

void BucketFeed::serve(Position came, bool all, const Song& song, std::span<uint8_t> buffer) {
  waiting_ = false;
  uint64_t firsts = 0;  // bit i: somebody gets the blocks from ready_ - i on
  uint64_t parts = 0;   // bit 0: somebody gets no part beside them; bit i + 1: part i
  for (size_t i = 0; i < listeners_.size(); ++i) {
    // Thousands of sessions lie anywhere in memory: fetching them ahead is most of what this loop costs.
    if (i + kFetchAhead < listeners_.size()) __builtin_prefetch(listeners_[i + kFetchAhead], 1);
    Listener* listener = listeners_[i];
    Position& next = listener->next_;
    if (next.samples == 0) {
      next = came;
      listener->song_reaches(*song.room, came.samples > song.room->song_start);
    }
    next = std::max(next, ready_ - Blocks{kGiveUpBlocks});
    listener->due_ = next <= ready_ && (all || listener->is_due(came, ready_));
    if (listener->due_) {
      firsts |= uint64_t{1} << blocks_between(ready_, next).count;
      parts |= uint64_t{1} << (listener->part_ + 1);
    } else if (next <= ready_) {
      waiting_ = true;
    }
  }
  for (int back = kGiveUpBlocks; back >= 0; --back) {  // the oldest first
    if ((firsts >> back & 1) == 0) continue;
    const Position first = ready_ - Blocks{back};
    wire::MixMessage message = collect(first, std::min(back + 1, wire::kMaxBlocksPerMessage), song);
    const int taken = std::max<int>(message.count, 1);  // a block that is gone from the stream is lost
    if (back >= taken) firsts |= uint64_t{1} << (back - taken);
    for (uint64_t left = parts; left != 0; left &= left - 1) {
      const int part = std::countr_zero(left) - 1;
      parts_.put_into(message, part);
      send_to(first, taken, part, message, buffer);
    }
  }
}

void BucketFeed::send_to(Position first, int taken, int part, const wire::MixMessage& message, std::span<uint8_t> buffer) {
  const size_t length = message.count > 0 ? wire::build_mix(message, buffer.subspan(kWebsocketHeadroom)) : 0;
  uint64_t written = 0;
  uint64_t meant = 0;
  for (Listener* listener : listeners_) {
    if (!listener->due_ || listener->next_ != first || listener->part_ != part) continue;
    listener->next_ = first + Blocks{taken};
    if (length == 0) continue;
    ++meant;
    written += listener->hear(buffer.subspan(kWebsocketHeadroom, length)) ? 1 : 0;
  }
  row_.messages_out.add(written);
  row_.blocks_out.add(written * message.count);
  row_.bytes_out.add(written * length);
  row_.audio_dropped.add((meant - written) * message.count);
}

wire::MixMessage BucketFeed::collect(Position first, int count, const Song& song) {
  wire::MixMessage message;
  message.bucket = static_cast<uint8_t>(bucket_ + 1);
  message.song = song.room->song_number;
  message.position = first;
  for (int i = 0; i < count; ++i) {
    MixPacket& packet = packets_[static_cast<size_t>(i)];
    const Position at = first + Blocks{i};
    if (!read_packet(stream_, at, packet)) break;
    wire::MixBlock& block = message.blocks[message.count++];
    block.people = packet.people;
    block.mix = {packet.bytes, packet.len_bytes};
    block.backing = song.backing.track(at);
    block.metronome = song.backing.metronome(at, bucket_);
  }
  return message;
}

void BucketFeed::probe(Position at, std::span<uint8_t> buffer) {
  size_t length = 0;
  for (Listener* listener : listeners_) {
    if (!listener->wants_probe(at)) continue;
    if (length == 0) {
      wire::MixMessage message;
      message.bucket = static_cast<uint8_t>(bucket_ + 1);
      message.count = 1;
      message.position = at;
      length = wire::build_mix(message, buffer.subspan(kWebsocketHeadroom));
    }
    if (listener->hear(buffer.subspan(kWebsocketHeadroom, length))) row_.probes.add();
  }
}

}  // namespace roundelay
