// In how many songs a singer came too late for the group behind her, since the room was opened. Pure; on the conductor's loop.
#pragma once

#include <map>

#include "server/room/person.h"

namespace roundelay {

class Lateness {
 public:
  // Share of late blocks, in per cent, from which on she was late in a song.
  static constexpr double kLatePercent = 2;

  struct Tally {
    int songs = 0;  // in which she was measured
    int late = 0;   // of these
  };

  // Of a singer in a song, once a second.
  void measured(PersonId person, double late_percent) {
    Sum& sum = song_[person];
    sum.percent += late_percent;
    ++sum.reports;
  }
  void song_over() {
    for (const auto& [person, sum] : song_) {
      Tally& tally = all_[person];
      ++tally.songs;
      if (sum.percent >= kLatePercent * sum.reports) ++tally.late;
    }
    song_.clear();
  }
  void forget(PersonId person) {
    song_.erase(person);
    all_.erase(person);
  }
  [[nodiscard]] const std::map<PersonId, Tally>& all() const { return all_; }

 private:
  struct Sum {
    double percent = 0;
    int reports = 0;
  };
  std::map<PersonId, Sum> song_;
  std::map<PersonId, Tally> all_;
};

}  // namespace roundelay
