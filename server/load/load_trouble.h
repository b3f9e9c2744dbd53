// The trouble that real groups have: clients that stall, read slowly, lose their connection, come late. Seeded; leaders are
// spared. One thread (the loop's).
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <utility>
#include <vector>

#include "server/load/load_client.h"
#include "server/load/load_options.h"

namespace roundelay {

class LoadTrouble {
 public:
  explicit LoadTrouble(const LoadOptions& options) : options_(options), random_(options.seed) {}

  // Those who may be troubled.
  void add(LoadClient& client) { clients_.push_back(&client); }

  // Those who come back when they lose their connection.
  void bring_back(LoadClient& client) { returning_.push_back(&client); }

  // Every few ms while a song lasts; `passed_ms` since the last time.
  void step(int64_t now_ms, int64_t passed_ms);
  void calm_down();  // everybody reads and comes back

 private:
  static constexpr int64_t kSlowReadEveryMs = 250;
  static constexpr int64_t kComeBackMs = 300;
  using Until = std::vector<std::pair<int64_t, LoadClient*>>;  // ms

  LoadClient* somebody();  // who is well and in; null if none was found
  void end_stalls(int64_t now_ms);
  void come_back(int64_t now_ms);
  void look_for_lost(int64_t now_ms);

  const LoadOptions& options_;
  std::mt19937_64 random_;
  std::vector<LoadClient*> clients_;
  std::vector<LoadClient*> returning_;
  Until stalled_;
  Until away_;
  double stalls_owed_ = 0;
  double cuts_owed_ = 0;
  int64_t slow_read_ms_ = 0;
};

}  // namespace roundelay
