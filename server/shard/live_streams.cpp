#include "server/shard/live_streams.h"

namespace roundelay {

LiveStreams::LiveStreams(const Segment& segment, int shard, Stages& stages, Limits limits)
    : segment_(segment), shard_(shard), row_(segment.shard(shard)), stages_(stages), limits_(limits) {
  row_.live_players.value.store(0, std::memory_order_relaxed);
}

LiveSource::Room LiveStreams::room_for(const std::string& address) const {
  if (players_.size() >= static_cast<size_t>(limits_.players)) return Room::kShardIsFull;
  const auto others = of_address_.find(address);
  const bool full = others != of_address_.end() && others->second >= limits_.of_an_address;
  return full ? Room::kAddressIsFull : Room::kYes;
}

bool LiveStreams::join(const link::LivePlace& place, const std::string& address, LivePlayer& player) {
  if (place.row < 0 || place.row >= static_cast<int>(segment_.size().max_rooms)) return false;
  const Key room{place.row, place.generation};
  Stage& stage = stages_.at(place.row, place.generation);
  stage.refresh();
  if (stage.stale() || stage.state().live != place.link) return false;
  auto& channel = channels_[room];
  if (channel && channel->link() != place.link) return false;  // the link before ends in the next tick
  if (!channel) {
    channel = std::make_unique<LiveChannel>(place.link, grid_floor(segment_.timeline().at(monotonic_ns())));
    stage.keep_live(true);
  }
  players_[&player] = {room, address};
  ++of_address_[address];
  (void)channel->join(player);
  count(room);
  return true;
}

void LiveStreams::leave(LivePlayer& player) {
  const auto found = players_.find(&player);
  if (found == players_.end()) return;
  const Place place = std::move(found->second);
  players_.erase(found);
  if (const auto address = of_address_.find(place.address); --address->second == 0) of_address_.erase(address);
  if (const auto channel = channels_.find(place.room); channel != channels_.end()) {
    channel->second->leave(player);
    if (channel->second->players() == 0) end(place.room);
  }
  count(place.room);
}

// Where nobody is left nothing is made.
void LiveStreams::end(const Key& room) {
  const auto found = channels_.find(room);
  if (found == channels_.end()) return;
  const std::unique_ptr<LiveChannel> channel = std::move(found->second);
  channels_.erase(found);
  if (Stage* stage = stages_.find(room.first, room.second)) stage->keep_live(false);
  channel->end();  // its players leave
  count(room);
}

void LiveStreams::count(const Key& room) {
  row_.live_players.value.store(players_.size(), std::memory_order_relaxed);
  // The row may be another room's meanwhile.
  const Stage* stage = stages_.find(room.first, room.second);
  if (stage == nullptr || stage->stale()) return;
  const auto channel = channels_.find(room);
  const size_t players = channel == channels_.end() ? 0 : channel->second->players();
  segment_.room(room.first).live_players[shard_].store(static_cast<uint32_t>(players), std::memory_order_relaxed);
}

void LiveStreams::run(Position now) {
  over_.clear();
  for (const auto& [room, channel] : channels_) {
    const Stage* stage = stages_.find(room.first, room.second);
    if (stage == nullptr || stage->stale() || stage->state().live != channel->link()) {
      over_.push_back(room);
    } else {
      row_.live_cut.add(channel->run(*stage, now));
    }
  }
  for (const Key& room : over_) end(room);
}

}  // namespace roundelay
