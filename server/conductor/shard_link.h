// What the conductor knows of one shard: whom it still has to let in, in the order of their coming, what it has acted on, and how
// much room the shard has. A value on the conductor's loop.
//
// Letting somebody in costs both sides some work and the link some kilobytes. When thousands come at once, so many are let in per
// tick that nobody in the rooms notices; the others wait. What waits is not acknowledged yet, so a conductor's death loses
// nothing.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>

#include <nlohmann/json.hpp>

#include "server/room/person.h"

namespace roundelay {

class ShardLink {
 public:
  static constexpr double kFullLoad = 0.9;  // of a core: above, no new singers, whatever the shard says of its capacity

  struct Waiting {
    SessionId session;
    std::optional<uint64_t> number;  // `seq` of the message
    nlohmann::json message;          // of a client
    std::string address = {};        // hers
  };

  explicit ShardLink(int index) : index_(index) {}
  [[nodiscard]] int index() const { return index_; }
  // It ends because it was asked to.
  void says_bye() { said_bye_ = true; }
  [[nodiscard]] bool said_bye() const { return said_bye_; }

  bool missed_word = false;  // over the link before this one: its sessions cannot go on

  // --- Waiting ---
  void wait(Waiting message) { waiting_.push_back(std::move(message)); }
  [[nodiscard]] bool anybody_waits() const { return !waiting_.empty(); }
  // The next one to be heard; whoever has gone meanwhile is left out.
  [[nodiscard]] std::optional<Waiting> next() {
    std::optional<Waiting> out;
    while (!out && !waiting_.empty()) {
      if (!gone_.contains(waiting_.front().session)) out = std::move(waiting_.front());
      waiting_.pop_front();
    }
    if (waiting_.empty()) gone_.clear();
    return out;
  }
  void session_closed(SessionId session) {
    if (!waiting_.empty()) gone_.insert(session);
  }
  // Up to which message all has been acted on; nothing when that is none.
  void heard(std::optional<uint64_t> number) {
    if (number) heard_ = std::max(heard_, *number);
  }
  [[nodiscard]] std::optional<uint64_t> acted_on() const {
    uint64_t number = heard_;
    for (const Waiting& first : waiting_) {
      if (!first.number) continue;
      number = std::min(number, *first.number - 1);
      break;
    }
    return number > 0 ? std::optional(number) : std::nullopt;
  }

  // --- Room for singers ---
  void reported(std::optional<double> load, std::optional<int> capacity) {
    load_ = load;
    capacity_ = capacity;
  }
  void sings(SessionId session, bool sings) {
    if (sings) {
      singers_.insert(session);
    } else {
      singers_.erase(session);
    }
  }
  // Another singer would make it late for those who are there. What a shard does not report counts as unlimited.
  [[nodiscard]] bool is_full() const {
    return (capacity_ && static_cast<int>(singers_.size()) >= *capacity_) || (load_ && *load_ >= kFullLoad);
  }

 private:
  int index_;
  bool said_bye_ = false;
  std::deque<Waiting> waiting_;
  std::unordered_set<SessionId> gone_;  // closed while they waited
  uint64_t heard_ = 0;
  std::unordered_set<SessionId> singers_;
  std::optional<double> load_;
  std::optional<int> capacity_;
};

}  // namespace roundelay
