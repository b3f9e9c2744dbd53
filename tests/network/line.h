// One direction of a line with a delay, jitter and loss: decides what becomes of each packet and when it comes out. Pure: time is
// given in, randomness is seeded.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <vector>

namespace roundelay::network {

struct LineSettings {
  double delay_ms = 0;   // one way, on average
  double jitter_ms = 0;  // standard deviation of a normal distribution about it
  double loss = 0;       // share of the packets, each by itself
};

// Packets keep their order, as on one path through the internet: none overtakes another, so a late one holds those behind it
// back. (netem with jitter lets them overtake, which TCP takes for loss.)
class Line {
 public:
  Line(const LineSettings& settings, uint64_t seed) : settings_(settings), random_(seed) {}

  void put(std::vector<uint8_t> packet, int64_t now_ns);
  // The next packet whose time has come.
  std::optional<std::vector<uint8_t>> take(int64_t now_ns);
  // When the next one is due; INT64_MAX: none is on its way.
  [[nodiscard]] int64_t due_ns() const { return on_the_way_.empty() ? INT64_MAX : on_the_way_.front().due_ns; }

  static constexpr size_t kMaxPackets = 20'000;  // more are lost, as in a router

 private:
  struct Packet {
    int64_t due_ns;
    std::vector<uint8_t> bytes;
  };
  LineSettings settings_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_{0, 1};
  std::uniform_real_distribution<double> share_{0, 1};
  std::deque<Packet> on_the_way_;
  int64_t last_due_ns_ = 0;
};

}  // namespace roundelay::network
