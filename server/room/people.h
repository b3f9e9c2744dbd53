// The people of a room with the counts that a large one is asked for at every turn: who comes, changes or goes costs O(log n),
// however many listen. Pure; owned by the Room.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "mixer/room_state.h"
#include "server/room/person.h"

namespace roundelay {

class People {
 public:
  [[nodiscard]] const Person* find(PersonId id) const;
  [[nodiscard]] const Person* find_session(SessionId session) const;
  [[nodiscard]] const std::map<PersonId, Person>& all() const { return people_; }

  // Puts her in, or in the place of who had her id. Buckets must be from 1 to kMaxBuckets; her session must be none.
  const Person& put(Person person);
  void erase(PersonId id);
  // Changes a person who is there by `change(Person&)`; not her id or session.
  template <typename Change>
  const Person& change(PersonId id, Change&& change) {
    Person& person = people_.at(id);
    count(person, -1);
    std::forward<Change>(change)(person);
    count(person, 1);
    return person;
  }
  // Gives her this session; returns the one that she had, if it was another.
  std::optional<SessionId> connect(PersonId id, SessionId session);
  // The session is gone, her place stays. Null if nobody had it.
  const Person* disconnect(SessionId session, int64_t now_ns);
  // Somebody whose connection was lost before `lost_before_ns`, or nobody. Each call gives the same one until she is erased.
  [[nodiscard]] std::optional<PersonId> forgotten(int64_t lost_before_ns);

  // By id, so that what is done to each of them is done in the same order everywhere.
  [[nodiscard]] const std::set<PersonId>& singers() const { return singers_; }
  [[nodiscard]] const std::set<PersonId>& organisers() const { return organisers_; }
  // Organisers and engineers.
  [[nodiscard]] const std::set<PersonId>& with_office() const { return with_office_; }
  [[nodiscard]] const std::set<PersonId>& soloed() const { return soloed_; }
  [[nodiscard]] const std::set<PersonId>& hearing_solo() const { return hearing_solo_; }
  [[nodiscard]] const std::set<PersonId>& hearing_part() const { return hearing_part_; }
  [[nodiscard]] const std::set<PersonId>& watching() const { return watching_; }  // the console
  // How many have this name.
  [[nodiscard]] size_t named(const std::string& name) const { return names_.count(name); }
  [[nodiscard]] int listeners() const { return static_cast<int>(people_.size() - singers_.size()); }
  [[nodiscard]] int singers_in(int bucket) const { return singers_in_.at(static_cast<size_t>(bucket - 1)); }
  [[nodiscard]] int connected() const { return static_cast<int>(sessions_.size()); }
  [[nodiscard]] int connected_singers() const { return connected_singers_; }
  [[nodiscard]] int connected_listeners() const { return connected() - connected_singers_; }
  [[nodiscard]] int connected_humans() const { return connected_humans_; }
  // The last bucket in which somebody hears; 0 if nobody is connected.
  [[nodiscard]] int last_heard_bucket() const;

 private:
  void count(const Person& person, int by);

  std::map<PersonId, Person> people_;
  std::unordered_map<SessionId, PersonId> sessions_;
  std::set<PersonId> singers_;
  std::set<PersonId> organisers_;
  std::set<PersonId> with_office_;
  std::set<PersonId> soloed_, hearing_solo_, hearing_part_, watching_;
  std::unordered_multiset<std::string> names_;
  std::deque<std::pair<int64_t, PersonId>> lost_;  // when and who, in that order; she may have come again since
  std::array<int, kMaxBuckets> singers_in_{};
  std::array<int, kMaxBuckets> connected_in_{};
  int connected_singers_ = 0;
  int connected_humans_ = 0;
};

}  // namespace roundelay
