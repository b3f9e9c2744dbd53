// Answers on their way through a network that jitters: each leaves up to so much later, in the order of its client. Bounded: a
// client's answers are at most as many as come in that time. One thread (the loop's).
#pragma once

#include <cstdint>
#include <deque>
#include <random>
#include <span>
#include <unordered_map>
#include <vector>

#include "server/singer/client_loop.h"

namespace roundelay {

class LoadClient;

class LoadDelay {
 public:
  LoadDelay(ClientLoop& loop, int jitter_ms, uint64_t seed);

  // `message` is copied; it is sent by client.send_binary().
  void push(LoadClient& client, std::span<const uint8_t> message);

 private:
  struct Waiting {
    uint64_t due_ns;
    std::vector<uint8_t> bytes;  // behind Connection::kSpare
  };
  void send_due();

  int jitter_ms_;
  std::mt19937_64 random_;
  Timer timer_;
  std::unordered_map<LoadClient*, std::deque<Waiting>> waiting_;
};

}  // namespace roundelay
