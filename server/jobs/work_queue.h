// Work that waits for its turn, on behalf of owners (rooms, say): so much runs at once, an owner's only one after the other, and
// owners take turns, so that nobody's many hold up another's few. Bounded: what is too much is refused. On one loop; no clock and
// no file of its own.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace roundelay {

class WorkQueue {
 public:
  struct Limits {
    size_t max_running = 2;
    size_t max_waiting = 100;
  };
  using Start = std::function<void()>;

  explicit WorkQueue(const Limits& limits) : limits_(limits) {}

  // False: add() would refuse.
  [[nodiscard]] bool has_room() const { return waiting_.size() < limits_.max_waiting || running_.size() < limits_.max_running; }
  // `start` is called once, when its turn comes, perhaps before this returns; what it starts runs until done(). False: too much
  // waits, nothing was taken.
  [[nodiscard]] bool add(const std::string& owner, Start start);
  // What this owner had running has ended: the next may start, before this returns. May be called within `start`.
  void done(const std::string& owner);

  [[nodiscard]] size_t running() const { return running_.size(); }
  [[nodiscard]] size_t waiting() const { return waiting_.size(); }

 private:
  struct Waiting {
    std::string owner;
    Start start;
  };
  void start_waiting();
  // Of the owner that has waited longest for its turn, and has nothing running.
  [[nodiscard]] std::deque<Waiting>::iterator next();

  Limits limits_;
  std::deque<Waiting> waiting_;
  std::unordered_set<std::string> running_;          // owners
  std::unordered_map<std::string, uint64_t> turns_;  // of owners: when they had their last one, while anybody waits
  uint64_t turn_ = 0;
};

}  // namespace roundelay
