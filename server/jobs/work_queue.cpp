#include "server/jobs/work_queue.h"

#include <utility>

namespace roundelay {

bool WorkQueue::add(const std::string& owner, Start start) {
  if (!has_room()) return false;
  waiting_.push_back({owner, std::move(start)});
  start_waiting();
  return true;
}

void WorkQueue::done(const std::string& owner) {
  running_.erase(owner);
  start_waiting();
}

std::deque<WorkQueue::Waiting>::iterator WorkQueue::next() {
  auto found = waiting_.end();
  uint64_t longest = UINT64_MAX;
  for (auto it = waiting_.begin(); it != waiting_.end(); ++it) {
    if (running_.contains(it->owner)) continue;
    const auto turn = turns_.find(it->owner);
    const uint64_t last = turn == turns_.end() ? 0 : turn->second;
    if (last < longest) {
      longest = last;
      found = it;
    }
  }
  return found;
}

void WorkQueue::start_waiting() {
  while (running_.size() < limits_.max_running) {
    const auto found = next();
    if (found == waiting_.end()) break;
    const Waiting work = std::move(*found);
    waiting_.erase(found);
    turns_[work.owner] = ++turn_;
    running_.insert(work.owner);
    work.start();
  }
  if (waiting_.empty()) std::erase_if(turns_, [&](const auto& turn) { return !running_.contains(turn.first); });
}

}  // namespace roundelay
