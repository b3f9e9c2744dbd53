#include "server/shard/bucket_feed.h"

#include <algorithm>

#include "server/net/web_server.h"
#include "server/wire/mix_message.h"

namespace roundelay {

BucketFeed::BucketFeed(PacketStream& stream, const Segment& segment, int shard, int bucket, const EncoderSettings& encoder)
    : stream_(stream), segment_(segment), row_(segment.shard(shard)), shard_(shard), bucket_(bucket), encoder_(encoder) {}

void BucketFeed::join(Listener* listener) {
  listeners_.push_back(listener);
  stream_.shard_mask.fetch_or(uint64_t{1} << shard_);
}

void BucketFeed::leave(Listener* listener) {
  std::erase(listeners_, listener);
  if (listeners_.empty()) stream_.shard_mask.fetch_and(~(uint64_t{1} << shard_));
}

bool BucketFeed::needed() const {
  return stream_owner(stream_).shard == shard_ && stream_.shard_mask.load(std::memory_order_relaxed) != 0;
}

void BucketFeed::restart() {
  made_ = {};
  sent_ = {};
  encoder_.reset();
  mixer_.reset();
}

bool BucketFeed::owner_is_missing(StreamOwner owner, Position at, int64_t now_ns) const {
  if (owner.shard < 0) return true;
  if (sent_.samples == 0 || sent_ + Blocks{1} >= at) return false;  // it had no chance to be late yet
  const ShardRow& other = segment_.shard(owner.shard);
  return now_ns - other.heartbeat_ns.load(std::memory_order_relaxed) > kOwnerSilentNs ||
         blocks_between(at, sent_).count > kOwnerLateBlocks;
}

uint64_t BucketFeed::produce(Position at, const Song& song, int64_t now_ns) {
  StreamOwner owner = stream_owner(stream_);
  if (owner.shard != shard_) {
    // A shard without listeners in this bucket does not take it.
    if (listeners_.empty() || !owner_is_missing(owner, at, now_ns)) return 0;
    const auto taken = take_stream(stream_, owner, shard_);
    if (!taken) return 0;
    owner = *taken;
    row_.streams_taken.add();
    encoder_.reset();
    mixer_.reset();
    made_ = sent_.samples != 0 ? sent_ : at - Blocks{1};
  }
  if (made_.samples == 0) made_ = at - Blocks{1};
  made_ = std::max(made_, at - Blocks{kGiveUpBlocks});
  while (made_ < at) {
    made_ = made_ + Blocks{1};
    make(made_, song, owner.generation);
  }
  return stream_.shard_mask.load(std::memory_order_relaxed) & ~(uint64_t{1} << shard_);
}

void BucketFeed::make(Position at, const Song& song, uint64_t generation) {
  alignas(64) float mix[kBlockSamples];
  uint8_t packet[kMaxMixPacketBytes];
  const auto result = mixer_.mix(mix, song.lanes, at, song.room->automatic_gain != 0, song.room->volume);
  const int length = encoder_.encode(mix, packet);
  row_.blocks_mixed.add();
  row_.encodes.add();
  if (result.torn_lanes > 0) row_.torn_reads.add(static_cast<uint64_t>(result.torn_lanes));
  publish_packet(stream_, generation, at, result.people, {packet, static_cast<size_t>(std::max(length, 0))});
}

void BucketFeed::send(Position at, const Song& song, std::span<uint8_t> buffer) {
  if (sent_.samples == 0) sent_ = at - Blocks{1};
  sent_ = std::max(sent_, at - Blocks{kGiveUpBlocks});
  if (listeners_.empty()) {
    sent_ = at;
    return;
  }
  while (sent_ < at) {
    MixPacket packets[wire::kMaxBlocksPerMessage];
    wire::MixMessage message;
    message.bucket = static_cast<uint8_t>(bucket_ + 1);
    message.song = song.room->song_number;
    message.position = sent_ + Blocks{1};
    while (message.count < wire::kMaxBlocksPerMessage && sent_ < at) {
      MixPacket& packet = packets[message.count];
      const Position next = sent_ + Blocks{1};
      if (!read_packet(stream_, next, packet)) break;
      wire::MixBlock& block = message.blocks[message.count++];
      block.people = packet.people;
      block.mix = {packet.bytes, packet.len_bytes};
      if (song.track != nullptr) block.backing = song.track->packet(blocks_between(next, {song.room->song_start}).count);
      sent_ = next;
    }
    if (message.count == 0) return;  // not there yet: a wake-up or the next tick looks again
    const size_t length = wire::build_mix(message, buffer.subspan(kWebsocketHeadroom));
    uint64_t written = 0;
    for (Listener* listener : listeners_) written += listener->hear(buffer.subspan(kWebsocketHeadroom, length)) ? 1 : 0;
    row_.messages_out.add(written);
    row_.bytes_out.add(written * length);
    row_.audio_dropped.add((listeners_.size() - written) * message.count);
  }
}

}  // namespace roundelay
