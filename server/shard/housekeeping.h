// Looks after every session once a second, a fiftieth of them in each tick, so that no tick has to wait for hundreds: says
// farewell to those that never said hello, tells singers their loop times, collects what the conductor is told. Loop thread only.
#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "server/shard/session.h"
#include "server/wire/link/measure.h"

namespace roundelay {

class Housekeeping {
 public:
  // `late_window_s`: over which loop times and shares of late blocks are taken.
  Housekeeping(int late_window_s, const BatchPolicy& policy) : half_window_s_(std::max(1, late_window_s / 2)), policy_(policy) {}

  void add(Session& session) { turns_[turn_of(session)].push_back(&session); }
  void remove(Session& session) { std::erase(turns_[turn_of(session)], &session); }

  // After the tick of `block`. `told_every_s`: how often singers are told of a change.
  void visit_due_sessions(int64_t block, int64_t now_ns, int told_every_s);

  // Whether somebody hears the hellos.
  void conductor_is_there(bool there) { conductor_is_there_ = there; }

  struct Findings {
    std::vector<link::Measure::Row> rows;
    std::vector<link::Timing::Row> timings;  // of songs that are over
    int singers = 0;                         // sessions that may sing
    double singers_messages = 0;             // a second, to them during a song
  };
  // Of the last second.
  [[nodiscard]] Findings take() {
    Findings taken = std::exchange(findings_, {});
    findings_.rows.reserve(taken.rows.size());
    return taken;
  }

 private:
  static constexpr int kTurns = 50;
  static size_t turn_of(const Session& session) { return session.id() % kTurns; }
  void visit(Session& session, Position now, int64_t second, int64_t now_ns, int told_every_s);

  int half_window_s_;
  const BatchPolicy& policy_;
  bool conductor_is_there_ = false;
  std::array<std::vector<Session*>, kTurns> turns_;
  Findings findings_;
};

}  // namespace roundelay
