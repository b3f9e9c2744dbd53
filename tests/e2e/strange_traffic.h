// What strangers send, by a seed: HTTP requests with bodies, pipelined and broken in every way, and WebSocket frames, whole, in
// pieces, with control frames between, and wrong. The same seed gives the same.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace roundelay::e2e {

class StrangeTraffic {
 public:
  // `room`: a room that exists.
  StrangeTraffic(uint64_t seed, std::string room) : random_(seed), room_(std::move(room)) {}

  // All that one connection sends.
  [[nodiscard]] std::string next();
  // Below `n`.
  [[nodiscard]] size_t pick(size_t n) { return random_() % n; }
  [[nodiscard]] bool chance(int percent) { return static_cast<int>(pick(100)) < percent; }

 private:
  const std::string& one_of(const std::vector<std::string>& all) { return all[pick(all.size())]; }
  std::string bytes(size_t length);
  std::string request();
  std::string target();
  std::string handshake();
  std::string frames();
  std::string frame(int first, const std::string& payload);
  std::string message();
  std::string control_text();
  std::string voice();
  void spoil(std::string& text);

  std::mt19937_64 random_;
  std::string room_;
};

}  // namespace roundelay::e2e
