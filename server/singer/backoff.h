// How long to wait before connecting again (PROTOCOL.md 3.3): 0.2 s, doubling to 3 s at most, each +-30 % at random. Pure.
#pragma once

#include <cstdint>
#include <functional>

namespace roundelay {

class Backoff {
 public:
  // `random` gives numbers from 0 to 1.
  explicit Backoff(std::function<double()> random) : random_(std::move(random)) {}

  [[nodiscard]] int64_t next_ms();
  void reset() { base_ms_ = kFirstMs; }  // after a connection that worked

 private:
  static constexpr double kFirstMs = 200;
  static constexpr double kMostMs = 3000;
  static constexpr double kSpread = 0.3;
  std::function<double()> random_;
  double base_ms_ = kFirstMs;
};

}  // namespace roundelay
