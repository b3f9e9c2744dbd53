// Who was steadily early or late in the last song. Pure; one per room.
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "server/room/person.h"

namespace roundelay {

class Timings {
 public:
  // What was measured in the song before counts no more.
  void song_begins() {
    late_ms_.clear();
    corrected_.clear();
  }
  // False: it does not count, because she sings with another correction now.
  bool take(PersonId person, int late_ms) {
    if (corrected_.contains(person)) return false;
    late_ms_[person] = late_ms;
    return true;
  }
  // Her correction has changed. True: something was known of her.
  bool corrected(PersonId person) {
    corrected_.insert(person);
    return late_ms_.erase(person) > 0;
  }
  void forget(PersonId person) {
    corrected_.erase(person);
    late_ms_.erase(person);
  }
  // Milliseconds; below 0: early.
  [[nodiscard]] const std::map<PersonId, int>& late_ms() const { return late_ms_; }

 private:
  std::map<PersonId, int> late_ms_;
  std::set<PersonId> corrected_;  // in this song, or since
};

}  // namespace roundelay
