#include "server/shard/voice_input.h"

#include <algorithm>
#include <array>
#include <utility>

#include "mixer/repeats.h"

namespace roundelay {
namespace {

// How much of the past the room's ring holds.
Blocks held(const RoomState& room) {
  return {int64_t{room.ring_blocks} - Repeats(room).ahead().count};
}

}  // namespace

VoiceInput::Gains VoiceInput::gains_of(const Place& place) const {
  Gains gains{};
  if (place.muted) return gains;
  const float gain = place.gain * match_.factor();
  gains[static_cast<size_t>(place.lane)] = gain;
  if (place.soloed) gains[static_cast<size_t>(LaneKind::kSolo)] = gain;
  if (place.part >= 0) gains[static_cast<size_t>(lane_of_part(static_cast<size_t>(place.part)))] = gain;
  return gains;
}

void VoiceInput::look_at_block(const RoomState& room, float gain) {
  const float peak = peak_of(block_);
  peak_ = std::max(peak_, peak);
  const bool match = room.level_match != 0;
  if (room.watched == 0 && !match && !match_.active()) return;
  const float mean_square = mean_square_of(block_);
  const float factor = match_.next(mean_square, match);
  if (room.watched != 0) levels_.add(peak, mean_square, gain * factor);
}

VoiceError VoiceInput::receive(const wire::VoiceMessage& message, const Place& place, const Arrival& arrival, LaneWriters& lanes,
                               ShardRow& row) {
  const RoomState& room = *place.room;
  const Position now = arrival.now;
  if (message.song == 0) {
    answer_probe(message, place, arrival);
    return VoiceError::kNone;
  }
  if (message.song != room.song_number || message.bucket != place.bucket || room.ring_blocks == 0)
    return VoiceError::kNone;  // in flight during a change
  for (int i = 0; i < message.count; ++i) {
    if (!message.packets[i].empty() && !is_block_packet(message.packets[i])) return VoiceError::kBadPacket;
  }
  if (message.song != song_) {
    restart();
    song_ = message.song;
    timing_.song_begins(room);
  }
  const Blocks offset = room.offset_of(place.bucket - 1);
  VoiceError error = VoiceError::kNone;
  for (int i = 0; i < message.count; ++i) {
    const Position at = message.position + Blocks{i};
    const Position sent = at + offset;
    if (sent > now) {
      drop(&VoiceDrops::future, row);
      continue;
    }
    if (at <= last_) {
      drop(&VoiceDrops::order, row);
      continue;
    }
    // The loop: from when this block was sent to her until her voice for it came. Late: the next bucket has read it already.
    measure(sent, arrival);
    const Position next_bucket_reads = sent + Blocks{room.interval_blocks};
    const bool late = place.bucket < room.bucket_count && now >= next_bucket_reads;
    count_block(late, sent, arrival, row);
    if (at + held(room) <= now) {
      drop(&VoiceDrops::past, row);
      continue;
    }
    if (now >= next_bucket_reads + kOld && !message.packets[i].empty()) {
      const bool heard = at + room.offset_of(room.bucket_count - 1) > now;
      if (!arrival.old_blocks->take(arrival.now_ns, heard)) {
        drop(&VoiceDrops::backlog, row);
        continue;
      }
    }
    take_block(message.packets[i], at, place, now, lanes, row, error);
    last_ = at;
  }
  return error;
}

void VoiceInput::answer_probe(const wire::VoiceMessage& message, const Place& place, const Arrival& arrival) {
  const Blocks offset = place.room->offset_of(place.bucket - 1);
  const Position read = arrival.now - offset;
  if (offset.count != probe_offset_) {
    probes_from_ = probe_offset_ < 0 ? Position{} : read;
    probe_offset_ = offset.count;
  }
  // In flight during a change of bucket or of the room's offsets: tells nothing.
  if (message.bucket != place.bucket || message.position > read || message.position < probes_from_) return;
  measure(message.position + offset, arrival);
}

void VoiceInput::measure(Position sent, const Arrival& arrival) {
  const double loop_ms = static_cast<double>(arrival.now.samples - sent.samples) * 1000.0 / kSampleRate;
  if (last_loop_ms_ >= 0 && loop_ms - last_loop_ms_ > kStallMs) measured_from_ = arrival.now;
  last_loop_ms_ = loop_ms;
  if (sent > arrival.held_up_until && sent > measured_from_) meter_.add_time(loop_ms);
}

void VoiceInput::count_block(bool late, Position sent, const Arrival& arrival, ShardRow& row) {
  if (late) row.blocks_late.add();
  if (sent > arrival.held_up_until) meter_.add_block(late);
}

void VoiceInput::drop(uint64_t VoiceDrops::*why, ShardRow& row) {
  ++(drops_.*why);
  row.blocks_dropped.add();
}

void VoiceInput::take_block(std::span<const uint8_t> packet, Position at, const Place& place, Position now, LaneWriters& lanes,
                            ShardRow& row, VoiceError& error) {
  const RoomState& room = *place.room;
  const Gains target = gains_of(place);
  const bool silent = target == Gains{};
  repeated_ = room.round_repeats != 0 && (place.lane == LaneKind::kLeader || room.round_leader_only == 0);
  const bool gap = sounding_ && at != last_ + Blocks{1};
  if (gap) fade_out(last_ + Blocks{1}, room, now, lanes, row);
  if (packet.empty() || (silent && !sounding_)) {
    if (sounding_) fade_out(at, room, now, lanes, row);
    row.voices_skipped.add();
    return;
  }
  const bool begins = !sounding_;
  if (begins) {
    decoder_.reset();
    silent_packets_ = 0;
    sounding_ = true;
    gains_ = target;
  }
  silent_packets_ = packet.size() <= kSilentPacketBytes ? silent_packets_ + 1 : 0;
  if (silent_packets_ > kSilentPacketsDecoded) {
    gains_ = target;
    row.voices_skipped.add();
    record(packet, at, place);
    return;
  }
  row.voices_decoded.add();
  if (!decoder_.decode(packet, block_)) {
    error = VoiceError::kBadPacket;
    row.blocks_refused.add();
    sounding_ = false;
    return;
  }
  timing_.add(at, block_);
  if (begins || at.samples == room.song_start) fade_in();
  look_at_block(room, place.muted ? 0 : place.gain);
  add(at, room, gains_of(place), lanes, row);
  record(packet, at, place);
  if (silent) sounding_ = false;
}

void VoiceInput::keep(const wire::VoiceMessage& message, const Place& place) const {
  for (int i = 0; i < message.count; ++i) {
    const auto packet = message.packets[i];
    if (is_block_packet(packet)) record(packet, message.position + Blocks{i}, place);
  }
}

// Who is silent is not kept.
void VoiceInput::record(std::span<const uint8_t> packet, Position at, const Place& place) const {
  if (place.tap == nullptr) return;
  const float gain = gains_of(place)[static_cast<size_t>(place.lane)];
  if (gain > 0) place.tap->take(at, gain, place.lane == LaneKind::kLeader, packet);
}

void VoiceInput::fade_out(Position at, const RoomState& room, Position now, LaneWriters& lanes, ShardRow& row) {
  sounding_ = false;
  if (at + held(room) <= now) return;  // the ring holds something newer there
  if (!decoder_.decode({}, block_)) return;
  add(at, room, {}, lanes, row);
}

void VoiceInput::fade_in() {
  static constexpr auto kRise = [] {
    std::array<float, kFadeInEnd - kFadeInSilent> rise{};
    for (size_t i = 0; i < rise.size(); ++i)
      rise[i] = static_cast<float>(smoothstep((static_cast<double>(i) + 1) / static_cast<double>(rise.size())));
    return rise;
  }();
  std::fill_n(block_, kFadeInSilent, 0.0F);
  for (size_t i = 0; i < kRise.size(); ++i) block_[kFadeInSilent + i] *= kRise[i];
}

// Who begins to lead, or is soloed, fades out of one lane and into the other over a block, in which she is heard once.
void VoiceInput::add(Position at, const RoomState& room, const Gains& to, LaneWriters& lanes, ShardRow& row) {
  const bool ends = at.samples + kBlockSamples == room.song_end;
  // The song was stopped when her last block was in the lane already.
  const bool ended = at.samples == room.song_end && gains_ != Gains{};
  const Gains from = gains_;
  gains_ = ends || ended ? Gains{} : to;
  if (at.samples < room.song_start || (at.samples >= room.song_end && !ended) || room.ring_blocks == 0) return;
  for (size_t kind = 0; kind < kLaneKinds; ++kind) {
    LaneWriter& lane = lanes.all[kind];
    if ((from[kind] == 0 && gains_[kind] == 0) || !lane) continue;
    const uint32_t people = to[kind] > 0 && !ended ? 1 : 0;  // who only dies away is nobody any more
    lane.add(at, block_, from[kind], gains_[kind], people);
    // Whoever hears the solo mix listens to the voice itself.
    const bool again = repeated_ && kind != static_cast<size_t>(LaneKind::kSolo);
    if (again) Repeats(room).add(lane, at, block_, from[kind], gains_[kind], people);
  }
  row.blocks_added.add();
}

void VoiceInput::leave(const RoomState& room, Position now, LaneWriters& lanes, ShardRow& row) {
  if (sounding_ && song_ == room.song_number) fade_out(last_ + Blocks{1}, room, now, lanes, row);
}

void VoiceInput::restart() {
  last_ = {};
  sounding_ = false;
  meter_.forget_late();
}

void VoiceInput::measure_anew(Position sent) {
  meter_.forget_times();
  measured_from_ = std::max(measured_from_, sent);
}

float VoiceInput::take_peak() {
  return std::exchange(peak_, 0.0F);
}

}  // namespace roundelay
