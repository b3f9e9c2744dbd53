#include "server/shard/part_mixes.h"

#include <algorithm>
#include <bit>

namespace roundelay {

PartMixes::PartMixes(const Segment& segment, int row, int shard, int bucket, const EncoderSettings& encoder)
    : segment_(segment), row_(row), shard_(shard), bucket_(bucket), settings_(encoder) {}

void PartMixes::show_interest(int part) const {
  const uint64_t bit = uint64_t{1} << shard_;
  if (wanted_here_[static_cast<size_t>(part)] > 0) {
    listeners(part).fetch_or(bit);
  } else {
    listeners(part).fetch_and(~bit);
  }
}

void PartMixes::want(int part) {
  if (part < 0) return;
  ++wanted_here_.at(static_cast<size_t>(part));
  if (makers_[static_cast<size_t>(part)]) show_interest(part);
}

void PartMixes::let_go(int part) {
  if (part < 0) return;
  --wanted_here_.at(static_cast<size_t>(part));
  if (makers_[static_cast<size_t>(part)]) show_interest(part);
}

void PartMixes::prepare(uint64_t part_lanes) {
  for (int part = 0; part < static_cast<int>(kMostParts); ++part) {
    auto& maker = makers_[static_cast<size_t>(part)];
    const bool wanted = (part_lanes >> part & 1) != 0;
    if (wanted && !maker) {
      maker = std::make_unique<Maker>(settings_);
      show_interest(part);
    } else if (!wanted && maker) {
      // Its memory goes only when each shard has ticked once more.
      listeners(part).fetch_and(~(uint64_t{1} << shard_));
      maker.reset();
    }
  }
}

void PartMixes::set_complexity(int complexity) {
  settings_.complexity = complexity;
  for (auto& maker : makers_) {
    if (maker) maker->encoder.set_complexity(complexity);
  }
}

void PartMixes::reset() {
  for (auto& maker : makers_) {
    if (maker) maker->on = false;
  }
}

void PartMixes::make(Position at, const RoomState& room, const BucketMixer::Lanes& whole, const PartLanes& parts,
                     const BucketMixer::Loudness& loudness, uint64_t generation) {
  ShardRow& row = segment_.shard(shard_);
  for (uint64_t left = room.part_lanes; left != 0; left &= left - 1) {
    const int part = std::countr_zero(left);
    Maker* const maker = makers_[static_cast<size_t>(part)].get();
    if (maker == nullptr) continue;
    if ((listeners(part).load(std::memory_order_relaxed) & segment_.all_shards()) == 0) {
      maker->on = false;
      continue;
    }
    if (!maker->on) {
      maker->encoder.reset();
      maker->mixer.reset();
      maker->on = true;
    }
    alignas(64) float mix[kBlockSamples];
    uint8_t packet[kMaxMixPacketBytes];
    const auto result =
        maker->mixer.mix(mix, {.voices = parts[static_cast<size_t>(part)], .leader = {}, .whole = &whole}, at, loudness);
    if (room.round_repeats != 0 && at.samples >= room.song_end) apply_ramp(mix, 1.0F, 0.0F);
    const int length = maker->encoder.encode(mix, packet);
    row.encodes.add();
    row.part_encodes.add();
    if (result.torn_lanes > 0) row.torn_reads.add(static_cast<uint64_t>(result.torn_lanes));
    publish_packet(segment_.part_stream(row_, bucket_, part), generation, at, 0,
                   {packet, static_cast<size_t>(std::max(length, 0))});
  }
}

void PartMixes::put_into(wire::MixMessage& message, int part) {
  for (int i = 0; i < message.count; ++i) {
    wire::MixBlock& block = message.blocks[static_cast<size_t>(i)];
    block.part = {};
    if (part < 0 || makers_[static_cast<size_t>(part)] == nullptr) continue;
    MixPacket& packet = packets_[static_cast<size_t>(i)];
    if (read_packet(segment_.part_stream(row_, bucket_, part), message.position + Blocks{i}, packet))
      block.part = {packet.bytes, packet.len_bytes};
  }
}

}  // namespace roundelay
