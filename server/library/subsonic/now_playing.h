// What somebody hears just now, as her players have told. In memory alone; one thread.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace roundelay {

class NowPlaying {
 public:
  static constexpr int64_t kKeptS = 600;
  static constexpr size_t kMostEntries = 1'000;

  struct Entry {
    int64_t song = 0;
    int64_t since_s = 0;
    std::string player;
    int64_t player_id = 0;
  };

  void tell(int64_t account, const std::string& player, int64_t song, int64_t now_s) {
    std::erase_if(entries_, [&](const auto& each) { return now_s - each.second.since_s > kKeptS; });
    if (entries_.size() >= kMostEntries) return;
    auto& entry = entries_[{account, player}];
    if (entry.player_id == 0) entry.player_id = ++last_player_id_;
    entry.song = song;
    entry.since_s = now_s;
    entry.player = player;
  }
  // Hers.
  [[nodiscard]] std::vector<Entry> of(int64_t account, int64_t now_s) const {
    std::vector<Entry> out;
    for (const auto& [key, entry] : entries_) {
      if (key.first == account && now_s - entry.since_s <= kKeptS) out.push_back(entry);
    }
    return out;
  }

 private:
  std::map<std::pair<int64_t, std::string>, Entry> entries_;  // by account and player
  int64_t last_player_id_ = 0;
};

}  // namespace roundelay
