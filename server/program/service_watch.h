// Decides when the supervisor answers its service manager's watchdog, and what it says of its children. Pure: what was seen and
// when is given in.
//
// A child that dies or stands is the supervisor's to mend, and songs go on meanwhile. Only when it does not succeed for a minute
// is the watchdog left without an answer, so that the manager starts everything anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace roundelay {

class ServiceWatch {
 public:
  static constexpr int64_t kPatienceNs = 60'000'000'000;

  explicit ServiceWatch(std::optional<int64_t> watchdog_ns) : every_ns_(watchdog_ns ? *watchdog_ns / 2 : 0) {}

  // `away`: children that do not run or have not beaten yet, by name; empty: all are well. True when the watchdog is to be
  // answered.
  [[nodiscard]] bool look(const std::string& away, int64_t now_ns) {
    if (away.empty()) well_ns_ = now_ns;
    const bool due = every_ns_ > 0 && now_ns - answered_ns_ >= every_ns_;
    if (!due || now_ns - well_ns_ > kPatienceNs) return false;
    answered_ns_ = now_ns;
    return true;
  }
  // What to say of it, once each time it changes. `without`: what the server does without for now; empty: nothing.
  [[nodiscard]] std::optional<std::string> news(const std::string& away, const std::string& without = {}) {
    std::string said = away.empty() ? "All processes are well" : "Being started again: ";
    said.append(away).append(without.empty() ? "" : ", but without ").append(without).append(".");
    if (said == told_) return std::nullopt;
    return told_ = std::move(said);
  }
  // Time begins, with all well.
  void begin(int64_t now_ns) { well_ns_ = now_ns; }

 private:
  int64_t every_ns_;
  int64_t well_ns_ = 0;
  int64_t answered_ns_ = 0;
  std::string told_;
};

}  // namespace roundelay
