// A server in the hub of an emulated network, and singers behind its lines: `roundelay sing`, real sockets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/process.h"
#include "tests/e2e/server.h"
#include "tests/network/emulated_network.h"

namespace roundelay::network {

// A line as people measure it: the round trip, a tenth of it jitter, and the loss in either direction.
[[nodiscard]] LineSettings line_of_round_trip(double round_trip_ms, double loss);

class SongOverLines {
 public:
  SongOverLines(const std::vector<LineSettings>& lines, uint64_t seed, const nlohmann::json& settings);

  // `roundelay sing` behind line `leaf`.
  void sing(int leaf, const std::vector<std::string>& arguments);
  // Waits for all of them; how each ended: the last event it told ("done"), in the order of sing().
  [[nodiscard]] std::vector<nlohmann::json> wait(std::chrono::seconds limit);
  [[nodiscard]] const e2e::TemporaryFolder& folder() const { return server_->folder(); }
  [[nodiscard]] const std::string& key() const { return key_; }
  [[nodiscard]] std::string log() const { return server_->log(); }
  // Share of the voice blocks that came too late for the next bucket.
  [[nodiscard]] double late_share() const;
  // The room's settings, as its welcome tells them.
  nlohmann::json settings();

 private:
  EmulatedNetwork network_;
  std::unique_ptr<e2e::Server> server_;
  std::string room_;
  std::string key_;
  std::vector<std::unique_ptr<e2e::Process>> singers_;
};

}  // namespace roundelay::network
