#include "server/room/people.h"

#include <algorithm>

namespace roundelay {

const Person* People::find(PersonId id) const {
  const auto it = people_.find(id);
  return it == people_.end() ? nullptr : &it->second;
}

const Person* People::find_session(SessionId session) const {
  const auto it = sessions_.find(session);
  return it == sessions_.end() ? nullptr : find(it->second);
}

void People::count(const Person& person, int by) {
  const bool sings = person.role == Role::kSinger;
  const auto bucket = static_cast<size_t>(person.bucket - 1);
  const auto mark = [&](std::set<PersonId>& in, bool belongs) {
    if (!belongs) return;
    if (by > 0) {
      in.insert(person.id);
    } else {
      in.erase(person.id);
    }
  };
  mark(singers_, sings);
  mark(organisers_, person.organiser);
  mark(with_office_, person.has_office());
  mark(soloed_, person.soloed);
  mark(hearing_solo_, person.hears_solo);
  mark(hearing_part_, person.hears_part);
  mark(watching_, person.watches);
  if (by > 0) {
    names_.insert(person.name);
  } else if (const auto name = names_.find(person.name); name != names_.end()) {
    names_.erase(name);
  }
  if (sings) singers_in_.at(bucket) += by;
  if (!person.connected()) return;
  connected_in_.at(bucket) += by;
  if (sings) connected_singers_ += by;
  if (!person.robot) connected_humans_ += by;
}

const Person& People::put(Person person) {
  erase(person.id);
  person.session.reset();
  if (person.lost_ns != 0) lost_.emplace_back(person.lost_ns, person.id);
  const PersonId id = person.id;
  const Person& placed = people_.emplace(id, std::move(person)).first->second;
  count(placed, 1);
  return placed;
}

void People::erase(PersonId id) {
  const auto it = people_.find(id);
  if (it == people_.end()) return;
  count(it->second, -1);
  if (it->second.session) sessions_.erase(*it->second.session);
  people_.erase(it);
}

std::optional<SessionId> People::connect(PersonId id, SessionId session) {
  Person& person = people_.at(id);
  std::optional<SessionId> before;
  count(person, -1);
  if (person.session && *person.session != session) {
    before = person.session;
    sessions_.erase(*person.session);
  }
  person.session = session;
  sessions_[session] = id;
  count(person, 1);
  return before;
}

const Person* People::disconnect(SessionId session, int64_t now_ns) {
  const auto it = sessions_.find(session);
  if (it == sessions_.end()) return nullptr;
  Person& person = people_.at(it->second);
  sessions_.erase(it);
  count(person, -1);
  person.session.reset();
  person.lost_ns = now_ns;
  count(person, 1);
  lost_.emplace_back(now_ns, person.id);
  return &person;
}

std::optional<PersonId> People::forgotten(int64_t lost_before_ns) {
  while (!lost_.empty() && lost_.front().first <= lost_before_ns) {
    const auto [when, id] = lost_.front();
    const Person* person = find(id);
    if (person != nullptr && !person->connected() && person->lost_ns == when) return id;
    lost_.pop_front();
  }
  return std::nullopt;
}

int People::last_heard_bucket() const {
  int bucket = kMaxBuckets;
  while (bucket > 0 && connected_in_.at(static_cast<size_t>(bucket - 1)) == 0) --bucket;
  return bucket;
}

}  // namespace roundelay
