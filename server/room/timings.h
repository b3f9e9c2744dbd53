// Who was steadily early or late in the last song. Pure; one per room.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>

#include "server/room/person.h"

namespace roundelay {

class Timings {
 public:
  // What was measured in the song before counts no more.
  void song_begins(uint32_t song) {
    late_ms_.clear();
    corrected_before_ = std::exchange(corrected_, {});
    newest_ = song_ = song;
  }
  // In the newest song, or in the one before it, which may be told only when the next has begun: until something is known of the
  // newest. False: it does not count, because she sings with another correction now.
  bool take(PersonId person, uint32_t song, int late_ms) {
    const bool newest = song == newest_;
    if (corrected_.contains(person) || (!newest && corrected_before_.contains(person))) return false;
    if (song != song_) {
      if (!newest && !late_ms_.empty()) return false;
      late_ms_.clear();
      song_ = song;
    }
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
    corrected_before_.erase(person);
    late_ms_.erase(person);
  }
  // The number of the song that they are of.
  [[nodiscard]] uint32_t song() const { return song_; }
  // Milliseconds; below 0: early.
  [[nodiscard]] const std::map<PersonId, int>& late_ms() const { return late_ms_; }

 private:
  uint32_t newest_ = 0;
  uint32_t song_ = 0;  // of which late_ms_ tells
  std::map<PersonId, int> late_ms_;
  std::set<PersonId> corrected_;         // in this song, or since
  std::set<PersonId> corrected_before_;  // in the one before it
};

}  // namespace roundelay
