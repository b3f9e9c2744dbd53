#include "server/shard/stage.h"

#include <bit>
#include <cassert>
#include <utility>

#include "codec/opus.h"
#include "server/base/tokens.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

static_assert(wire::kMixDelaySamples == kLowDelaySamples, "what clients are told is what the encoder does");

Stage::Stage(const Segment& segment, int row, uint32_t generation, int shard, TrackCache& tracks, ClickPackets& clicks,
             const EncoderSettings& encoder, Recorder* recorder)
    : segment_(segment),
      row_(row),
      generation_(generation),
      shard_(shard),
      shared_(segment.room(row)),
      tracks_(tracks),
      clicks_(clicks),
      encoder_(encoder),
      recorder_(recorder) {
  refresh();
}

Stage::~Stage() {
  if (tail_) end_tail();
  if (log_ != 0) end_recording(false);
}

BucketFeed& Stage::feed_of(int stream) {
  auto& feed = feeds_.at(static_cast<size_t>(stream));
  if (!feed) {
    feed = std::make_unique<BucketFeed>(segment_, row_, shard_, stream, encoder_);
    if (stream < kMaxBuckets) feed->prepare_parts(state_.part_lanes);
  }
  return *feed;
}

void Stage::join(int bucket, Listener* listener, int part) {
  feed_of(bucket - 1).join(listener, part);
}

void Stage::want_part(int bucket, Listener* listener, int part) {
  feed_of(bucket - 1).want_part(listener, part);
}

void Stage::leave(int bucket, Listener* listener) {
  auto& feed = feeds_.at(static_cast<size_t>(bucket - 1));
  if (feed) feed->leave(listener);
}

void Stage::tell(const ControlText& text) const {
  for (const auto& feed : feeds_) {
    if (feed) feed->tell(text);
  }
}

void Stage::set_complexity(int complexity) {
  encoder_.complexity = complexity;
  for (auto& feed : feeds_) {
    if (feed) feed->set_complexity(complexity);
  }
}

LaneWriters& Stage::lanes() {
  if (lane_blocks_ != state_.ring_blocks) {
    lane_blocks_ = state_.ring_blocks;
    lanes_ = {};
  }
  return lanes_;
}

LaneWriters& Stage::lanes(LaneKind kind, bool soloed, int part) {
  if (lanes(); lane_blocks_ == 0) return lanes_;
  if (!lanes_.of(kind)) open_lane(kind);
  if (soloed && state_.has_solo != 0 && !lanes_.of(LaneKind::kSolo)) open_lane(LaneKind::kSolo);
  if (part_is_wanted(part)) {
    const LaneKind its = lane_of_part(static_cast<size_t>(part));
    if (!lanes_.of(its)) open_lane(its);
  }
  return lanes_;
}

std::atomic<uint64_t>& Stage::lane_mask(LaneKind kind) {
  if (kind < LaneKind::kFirstPart) return shared_.lane_mask(kind);
  return segment_.part_head(row_, static_cast<int>(kind) - static_cast<int>(LaneKind::kFirstPart)).lane_mask;
}

void Stage::open_lane(LaneKind kind) {
  lanes_.of(kind) = LaneWriter(segment_.lane(row_, shard_, kind), lane_blocks_);
  lane_mask(kind).fetch_or(uint64_t{1} << shard_);
}

bool Stage::needed() const {
  for (const auto& feed : feeds_) {
    if (feed && (!feed->empty() || feed->needed())) return true;
  }
  return false;
}

void Stage::begin_recording() {
  if (!is_id(state_.id) || state_.song_start <= 0) return;  // it becomes the name of a folder
  log_ = recorder_->begin(state_.id, {.number = state_.song_number,
                                      .start = {state_.song_start},
                                      .music = {state_.music},
                                      .automatic_gain = state_.automatic_gain != 0,
                                      .volume = state_.volume,
                                      .leader_boost = state_.leader_boost,
                                      .bpm_tenths = state_.bpm_tenths,
                                      .round_beats = state_.round_beats,
                                      .round_repeats = state_.round_repeats,
                                      .round_leader_only = state_.round_leader_only != 0});
  if (log_ != 0 && !mixes_tail()) feed_of(kRecordStream).record(recorder_, log_);
}

void Stage::end_recording(bool over) {
  std::optional<Position> end;
  if (over) end = Position{state_.song_end};
  // It is recorded no more, but goes on.
  if (over && state_.song_end == kNoEnd) end = grid_floor(segment_.timeline().at(monotonic_ns()));
  recorder_->end(log_, end);
  log_ = 0;
  if (!mixes_tail()) feed_of(kRecordStream).record(nullptr, 0);
}

void Stage::begin_tail(bool same_ring) {
  if (tail_) end_tail();
  // In a ring of another length the old blocks are not found any more: then only the voices are waited for.
  // Where nothing is recorded, nothing but the live link hears it.
  tail_ = Tail{.state = state_, .log = std::exchange(log_, 0), .track = track_, .mixed = !same_ring};
  if (!same_ring && tail_->log != 0) feed_of(kRecordStream).record(nullptr, 0);
}

void Stage::look_after_tail() {
  const RoomState& state = tail_->state;
  const Position heard = grid_floor(segment_.timeline().at(monotonic_ns())) - state.record_offset();
  if (!tail_->mixed && heard.samples > state.song_end) {
    tail_->mixed = true;
    mix_this_song();
  }
  if (heard > Position{state.song_end} + Blocks{kLateInRecordingBlocks}) end_tail();
}

void Stage::end_tail() {
  if (tail_->log != 0) recorder_->end(tail_->log, Position{tail_->state.song_end});
  if (!tail_->mixed) mix_this_song();
  tail_.reset();
}

void Stage::mix_this_song() {
  if (feeds_[kRecordStream] || log_ != 0) {
    BucketFeed& feed = feed_of(kRecordStream);
    feed.record(log_ != 0 ? recorder_ : nullptr, log_);
    feed.restart();
  }
  if (feeds_[kLiveStream]) feeds_[kLiveStream]->restart();
}

void Stage::keep_live(bool wanted) {
  if (wanted || feeds_[kLiveStream]) feed_of(kLiveStream).keep(wanted);
}

std::optional<Position> Stage::live_position(Position now) const {
  Position at;
  return position_of(kLiveStream, now, at) ? std::optional(at) : std::nullopt;
}

bool Stage::read_live(Position at, MixPacket& packet) const {
  return read_packet(segment_.stream(row_, kLiveStream), at, packet);
}

void Stage::refresh() {
  if (tail_) look_after_tail();
  if (recorder_ != nullptr && log_ == 0 && state_.recording != 0 && !stale()) begin_recording();
  if (shared_.state.version() == version_) return;
  RoomState state;
  uint64_t version = 0;
  if (!shared_.state.load(state, &version)) return;
  if (!state.is_usable(segment_.size().lane_blocks)) {
    version_ = version;  // spoilt by somebody: what we had is good until the conductor publishes again
    return;
  }
  const bool new_song = state.song_number != state_.song_number;
  const bool new_track = state.has_track != state_.has_track || state.track != state_.track;
  const bool other_parts = state.part_lanes != state_.part_lanes;
  const auto& solo = feeds_[kSoloStream];
  if (solo && (state.solo_bucket != state_.solo_bucket || state.solo_offset() != state_.solo_offset())) solo->restart();
  version_ = version;
  const bool same_ring = state.ring_blocks == state_.ring_blocks;
  // The song before is over, or this one, or it is not recorded any more.
  if (log_ != 0 && (new_song || state.recording == 0 || state.generation != generation_)) {
    const bool same_room = state.generation == generation_;
    if (!new_song && same_room) state_ = state;
    if (new_song && same_room && state_.song_end != kNoEnd) {
      begin_tail(same_ring);
    } else {
      end_recording(true);
    }
  } else if (log_ == 0 && new_song && same_ring && live_is_kept() && state_.song_start != state_.song_end &&
             state_.song_end != kNoEnd && state.generation == generation_) {
    begin_tail(true);
  }
  state_ = state;
  if (other_parts) prepare_parts();
  if (new_song) {
    for (size_t i = 0; i < feeds_.size(); ++i) {
      if (feeds_[i] && !mixes_tail(static_cast<int>(i))) feeds_[i]->restart();
    }
  }
  if (!new_track) return;
  track_.reset();
  if (state_.has_track == 0) return;
  tracks_.get(state_.track,
              [this, alive = std::weak_ptr(alive_), digest = state_.track](std::shared_ptr<const MappedTrack> track) {
                if (!alive.expired() && state_.has_track != 0 && state_.track == digest) track_ = std::move(track);
              });
}

void Stage::prepare_parts() {
  for (size_t i = 0; i < kMaxBuckets; ++i) {
    if (feeds_[i]) feeds_[i]->prepare_parts(state_.part_lanes);
  }
}

bool Stage::position_of(int stream, Position now, Position& at) const {
  const RoomState& state = mixes_tail(stream) ? tail_->state : state_;
  if (state_.ring_blocks == 0 || state.song_start == state.song_end) return false;
  if (stream == kSoloStream) {
    if (state_.has_solo == 0 || state_.solo_bucket == 0) return false;
    at = now - state_.solo_offset();
  } else if (stream == kRecordStream || stream == kLiveStream) {
    at = now - state.record_offset();
  } else {
    if (stream >= state_.bucket_count) return false;
    at = now - state_.offset_of(stream);
  }
  return at >= Position{state.song_start} - Blocks{kPrerollBlocks} && at.samples <= state.song_end;
}

BackingSource Stage::backing_of(const RoomState& state, const MappedTrack* track) const {
  return {state, track != nullptr ? &track->view() : nullptr, &clicks_};
}

BucketFeed::Song Stage::song_of(const RoomState& state, const MappedTrack* track) const {
  return {.room = &state,
          .backing = backing_of(state, track),
          .lanes = {},
          .loudness = {.automatic = state.automatic_gain != 0, .volume = state.volume, .leader_boost = state.leader_boost}};
}

std::span<const LaneReader> Stage::readers_of(LaneKind kind) {
  auto& readers = readers_[static_cast<size_t>(kind)];
  size_t count = 0;
  uint64_t mask = lane_mask(kind).load(std::memory_order_acquire) & segment_.all_shards();
  for (; mask != 0; mask &= mask - 1)
    readers[count++] = LaneReader(segment_.lane(row_, std::countr_zero(mask), kind), state_.ring_blocks);
  return {readers.data(), count};
}

BucketFeed::Song Stage::collect_lanes() {
  for (size_t part = 0; state_.part_lanes != 0 && part < kMostParts; ++part)
    part_lanes_[part] = part_is_wanted(static_cast<int>(part)) ? readers_of(lane_of_part(part)) : std::span<const LaneReader>();
  BucketFeed::Song song = song_of(state_, track_.get());
  song.lanes = {readers_of(LaneKind::kVoices), readers_of(LaneKind::kLeader)};
  song.parts = state_.part_lanes != 0 ? &part_lanes_ : nullptr;
  return song;
}

BucketFeed::Song Stage::collect_solo() {
  return {.room = &state_,
          .backing = {},
          .lanes = {readers_of(LaneKind::kSolo), {}},
          .loudness = {.automatic = false, .volume = 1, .leader_boost = 1},
          .parts = nullptr};
}

uint64_t Stage::produce(Position now, int64_t now_ns) {
  uint64_t wake = 0;
  const BucketFeed::Song song = collect_lanes();
  for (int i = 0; i < kRoomStreams; ++i) {
    Position at;
    auto& feed = feeds_[static_cast<size_t>(i)];
    if (!feed || (feed->empty() && !feed->needed()) || !position_of(i, now, at)) continue;
    if (mixes_tail(i)) {
      BucketFeed::Song before = song_of(tail_->state, tail_->track.get());
      before.lanes = song.lanes;
      wake |= feed->produce(at, before, now_ns);
    } else {
      wake |= feed->produce(at, i == kSoloStream ? collect_solo() : song, now_ns);
    }
  }
  return wake;
}

void Stage::send(Position now, std::span<uint8_t> buffer) {
  BucketFeed::Song song{.room = &state_, .backing = backing(), .lanes = {}, .loudness = {}, .parts = nullptr};
  for (int i = 0; i < kRoomStreams; ++i) {
    Position at;
    auto& feed = feeds_[static_cast<size_t>(i)];
    if (!feed) continue;
    if (i == kSoloStream) song.backing = {};
    if (position_of(i, now, at)) {
      feed->send(at, song, buffer);
    } else {
      if (state_.ring_blocks != 0) feed->finish(song, buffer);
      if (i < kMaxBuckets) feed->probe(now - state_.offset_of(i), buffer);  // nobody sings there
    }
  }
}

}  // namespace roundelay
