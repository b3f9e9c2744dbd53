// Signs of people: hands that are up, who is away, whose voice sounds.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/text.h"
#include "server/room/milliseconds.h"
#include "server/room/room.h"
#include "server/wire/control/away.h"
#include "server/wire/control/hand.h"
#include "server/wire/control/lower_hands.h"
#include "server/wire/control/sounding.h"

namespace roundelay {
namespace {

constexpr int64_t kSoundingEveryNs = 1'000'000'000;
// Between the two a voice goes on as it was: nobody's sign flickers.
constexpr double kSoundsDb = -38;  // the peak of a second
constexpr double kSilentDb = -46;
constexpr int64_t kHeldNs = 2'500'000'000;  // a breath between two lines is no silence

}  // namespace

Room::Answer Room::raise_hand(const Person& by, const control::Hand& wanted, Moment now, Effects& out) {
  if (wanted.up && by.role == Role::kListener && !listeners_named_)
    return refuse("not_allowed", phrase("listeners_hands_are_off"));
  if (wanted.up && by.hand_ms != 0) return {};
  if (wanted.up) last_hand_ms_ = std::max(last_hand_ms_ + 1, now.position.samples / kSamplesPerMs);
  people_.change(by.id, [&](Person& person) { person.hand_ms = wanted.up ? last_hand_ms_ : 0; });
  changed(by.id, out);
  return {};
}

Room::Answer Room::lower_hands(const Person&, const control::LowerHands& wanted, Moment, Effects& out) {
  std::vector<PersonId> up;
  for (const auto& [id, person] : people_.all()) {
    if (person.hand_ms != 0 && (!wanted.person || *wanted.person == id)) up.push_back(id);
  }
  for (const PersonId id : up) {
    people_.change(id, [](Person& person) { person.hand_ms = 0; });
    changed(id, out);
  }
  return {};
}

Room::Answer Room::tell_away(const Person& by, const control::Away& wanted, Moment, Effects& out) {
  people_.change(by.id, [&](Person& person) { person.away = wanted.away; });
  announce(*find(by.id), out);
  return {};
}

void Room::heard_level(PersonId id, double level_db, Moment now) {
  const auto sounds = sounding_.find(id);
  if (level_db >= kSoundsDb || (sounds != sounding_.end() && level_db > kSilentDb)) {
    if (sounds != sounding_.end()) {
      sounds->second = now.ns;
    } else if (song_was_on_) {
      sounding_[id] = now.ns;
    }
  }
}

// At most once a second, and only of a room in which somebody sounds or sounded.
void Room::tell_sounding(Moment now, Effects& out) {
  if (sounding_.empty() && told_sounding_.empty()) return;
  if (!song_was_on_) {
    sounding_.clear();
  } else if (now.ns - told_sounding_ns_ < kSoundingEveryNs) {
    return;
  }
  told_sounding_ns_ = now.ns;
  std::erase_if(sounding_, [&](const auto& entry) { return now.ns - entry.second > kHeldNs || find(entry.first) == nullptr; });
  control::Sounding news;
  for (const auto& [id, heard_ns] : sounding_) {
    if (told_sounding_.insert(id).second) news.on.push_back(id_text(id));
  }
  std::erase_if(told_sounding_, [&](PersonId id) {
    if (sounding_.contains(id)) return false;
    if (find(id) != nullptr) news.off.push_back(id_text(id));
    return true;
  });
  if (!news.on.empty() || !news.off.empty()) out.push_back(effect::ToRoom{news.to_json()});
}

void Room::show_sounding(SessionId session, Effects& out) const {
  if (told_sounding_.empty()) return;
  control::Sounding all;
  for (const PersonId id : told_sounding_) all.on.push_back(id_text(id));
  out.push_back(effect::ToSession{session, all.to_json()});
}

}  // namespace roundelay
