// What lies beside a bucket's mix, as packets by block: the uploaded track and the metronome, each a stream of its own, because
// everybody hears each at her own volume. A view of a room's song; loop thread only, safe in the tick.
#pragma once

#include <cstdint>
#include <span>

#include "codec/track.h"
#include "mixer/room_state.h"
#include "server/shard/click_packets.h"

namespace roundelay {

class BackingSource {
 public:
  BackingSource() = default;  // silence
  // `track`: null if there is none, or it is not mapped yet. All must outlive this.
  BackingSource(const RoomState& room, const TrackView* track, ClickPackets* clicks)
      : room_(&room), track_(track), clicks_(clicks) {}

  // Empty where nothing is to be heard.
  [[nodiscard]] std::span<const uint8_t> track(Position at) const {
    if (track_ == nullptr) return {};
    return track_->packet(blocks_between(at, {room_->music}).count);
  }
  // `bucket` from 0: in a round by parts each part is counted in.
  [[nodiscard]] std::span<const uint8_t> metronome(Position at, int bucket) const {
    if (clicks_ == nullptr) return {};
    const bool clicks = room_->bpm_tenths != 0 && (room_->click != 0 || room_->count_in_beats != 0 || room_->round_parts != 0);
    return clicks ? click(at, bucket) : std::span<const uint8_t>();
  }

 private:
  [[nodiscard]] std::span<const uint8_t> click(Position at, int bucket) const;
  [[nodiscard]] bool clicks_on(int64_t beat, int bucket) const;

  const RoomState* room_ = nullptr;
  const TrackView* track_ = nullptr;
  ClickPackets* clicks_ = nullptr;
};

}  // namespace roundelay
