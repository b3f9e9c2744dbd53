// Thousands of SweptListeners, read in turn, each once in a while. One thread (the loop's).
#pragma once

#include <memory>
#include <vector>

#include "server/load/load_report.h"
#include "server/load/swept_listener.h"
#include "server/singer/client_loop.h"

namespace roundelay {

class Sweep {
 public:
  // Each is read every `every_ms`; those who are not in yet more often.
  Sweep(ClientLoop& loop, int every_ms);

  void add(SweptListener::Settings settings, int room, LoadTally& tally);
  [[nodiscard]] size_t size() const { return listeners_.size(); }
  void join(size_t index);
  void leave();  // all
  void report(std::vector<ClientReport>& reports) const;

 private:
  static constexpr int kStepMs = 5;
  void step();

  int every_ms_;
  std::vector<std::unique_ptr<SweptListener>> listeners_;
  std::vector<int> room_of_;
  std::vector<SweptListener*> joining_;  // are not in yet
  size_t next_ = 0;
  Timer timer_;
};

}  // namespace roundelay
