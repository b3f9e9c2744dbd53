#include "server/shard/live_channel.h"

#include <algorithm>

#include "codec/opus.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

LiveChannel::LiveChannel(uint32_t link, Position now)
    : link_(link),
      pages_({.channels = 2, .pre_skip = wire::kMixDelaySamples, .serial = link, .page_packets = kPageBlocks, .tags = {}}),
      next_(now + Blocks{1}) {}

bool LiveChannel::join(LivePlayer& player) {
  players_.push_back({.player = &player,
                      .turn = joined_++ % kPageBlocks,
                      .next = made_,
                      .number = OpusPages::kFirstNumber,
                      .begun_at = pages_.paged_samples()});
  return player.take(pages_.headers());
}

void LiveChannel::leave(LivePlayer& player) {
  std::erase_if(players_, [&](const Player& each) { return each.player == &player; });
}

bool LiveChannel::take(const Stage& stage, Position now, bool late) {
  const auto at = stage.live_position(now);
  if (!at) {
    add(silent_packet(2));
  } else if (stage.read_live(*at, packet_)) {
    if (packet_.len_bytes > 0) add({packet_.bytes, packet_.len_bytes});
    if (packet_.len_bytes == 0) add(silent_packet(2));
  } else if (late) {
    add({});
  } else {
    return false;
  }
  return true;
}

void LiveChannel::add(std::span<const uint8_t> packet) {
  const auto bytes = pages_.add(packet);
  if (bytes.empty()) return;
  Page& page = kept_[made_ % kept_.size()];
  page.number = made_++;
  page.bytes.assign(bytes.begin(), bytes.end());
}

bool LiveChannel::serve(Player& player) {
  // What she could not be given in time is missing to her.
  if (made_ > kept_.size()) player.next = std::max(player.next, made_ - kept_.size());
  for (; player.next < made_; ++player.next) {
    copy_ = kept_[player.next % kept_.size()].bytes;
    number_page(copy_, player.number++, player.begun_at);
    if (!player.player->take(copy_)) return false;
  }
  return true;
}

size_t LiveChannel::run(const Stage& stage, Position now) {
  next_ = std::max(next_, now - Blocks{kMostMissedBlocks});
  while (next_ <= now && take(stage, next_, blocks_between(now, next_).count >= kPatienceBlocks)) next_ = next_ + Blocks{1};
  const auto turn = static_cast<uint32_t>(now.block_index() % kPageBlocks);
  // Whoever takes too little goes, in a later turn of the loop, by leave().
  size_t slow = 0;
  for (Player& player : players_) {
    if (player.turn == turn && !serve(player)) ++slow;
  }
  return slow;
}

void LiveChannel::end() {
  const auto last = pages_.finish();
  std::vector<Player> players;
  players.swap(players_);
  for (Player& each : players) {
    if (!serve(each)) continue;
    copy_.assign(last.begin(), last.end());
    number_page(copy_, each.number, each.begun_at);
    (void)each.player->take(copy_);
  }
  for (const Player& each : players) each.player->end();
}

}  // namespace roundelay
