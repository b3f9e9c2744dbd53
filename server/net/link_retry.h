// How long a shard waits before it connects to the conductor again. A conductor that dies is back soon: then at once. One that
// ends each connection as soon as it is there, without a word, does not want this shard: then more and more seldom. Pure; time is
// given in.
#pragma once

#include <algorithm>
#include <cstdint>

namespace roundelay {

class LinkRetry {
 public:
  static constexpr uint64_t kFirstMs = 50;
  static constexpr uint64_t kLastMs = 5'000;
  static constexpr uint64_t kGoodMs = 1'000;  // a connection that lasted so long was a good one

  void connected(uint64_t now_ms) {
    connected_ = true;
    heard_ = false;
    connected_ms_ = now_ms;
  }
  // The conductor said something.
  void heard() { heard_ = true; }
  // Of a connection that ended, or that did not come about.
  [[nodiscard]] uint64_t next_ms(uint64_t now_ms) {
    const bool turned_away = connected_ && !heard_ && now_ms - connected_ms_ < kGoodMs;
    // Where nobody is there, a new conductor comes, which may want this shard.
    delay_ms_ = turned_away ? std::min(delay_ms_ * 2, kLastMs) : kFirstMs;
    connected_ = false;
    return delay_ms_;
  }

 private:
  bool connected_ = false;
  bool heard_ = false;
  uint64_t connected_ms_ = 0;
  uint64_t delay_ms_ = kFirstMs;
};

}  // namespace roundelay
