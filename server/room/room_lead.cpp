// Who leads: taking, asking for, giving and keeping the lead, and the dealing into buckets that comes with it.
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "server/base/text.h"
#include "server/room/commands.h"
#include "server/room/interval.h"
#include "server/room/room.h"
#include "server/wire/control/give_lead.h"
#include "server/wire/control/keep_lead.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/lead_asked.h"
#include "server/wire/control/leader.h"

namespace roundelay {

namespace {

constexpr int64_t kAnswerNs = 10'000'000'000;  // in which the leader may keep the lead; then it goes to who asked

}  // namespace

bool Room::leader_decides() const {
  const Person* leader = leader_ ? find(*leader_) : nullptr;
  return leader != nullptr && leader->connected() && !leader->robot;
}

std::optional<std::string> Room::leader_text() const {
  return leader_ ? std::optional(id_text(*leader_)) : std::nullopt;
}

std::optional<std::string> Room::lead_asked_text() const {
  return asked_ ? std::optional(id_text(asked_->by)) : std::nullopt;
}

Room::Answer Room::lead(const Person& by, const control::Lead&, Moment now, Effects& out) {
  const bool lasts = song_is_on(now);
  if (is_leader(by) ? !lasts : !lasts && !leader_decides()) {
    pass_lead(by.id, out);
  } else if (!is_leader(by)) {
    if (asked_ && asked_->by != by.id) {
      return refuse("busy", phrase("has_asked_for_the_lead", {{"name", find(asked_->by)->name}}));
    }
    if (!asked_) {
      asked_ = AskedLead{by.id, lasts ? 0 : now.ns + kAnswerNs};
      out.push_back(effect::ToRoom{control::LeadAsked{lead_asked_text()}.to_json()});
    }
  }
  return control::LeadDone{leader_text()}.to_json();
}

Room::Answer Room::give_lead(const Person& by, const control::GiveLead& wanted, Moment, Effects& out) {
  const PersonId leader = by.id;
  if (wanted.to) {
    const Person* next = nullptr;
    for (const PersonId id : people_.singers()) {
      if (id_text(id) == *wanted.to && find(id)->connected()) next = find(id);
    }
    if (next != nullptr && !may_lead(*next)) return refuse("not_allowed", phrase(kNotAppointed));
    if (next == nullptr) return refuse("not_allowed", phrase("lead_goes_to_a_singer_here"));
    pass_lead(next->id, out);
  } else if (asked_) {
    pass_lead(asked_->by, out);
  } else {
    set_leader(std::nullopt, out);
    changed(leader, out);
    out.push_back(notice(phrase("does_not_lead_any_more", {{"name", find(leader)->name}})));
  }
  return control::LeadDone{leader_text()}.to_json();
}

Room::Answer Room::keep_lead(const Person& by, const control::KeepLead&, Moment, Effects& out) {
  if (!asked_) return {};
  const Person* asker = find(asked_->by);
  if (asker != nullptr && asker->connected())
    out.push_back(effect::ToSession{*asker->session, notice(phrase("keeps_the_lead", {{"name", by.name}})).message});
  forget_asked(out);
  return {};
}

void Room::forget_asked(Effects& out) {
  if (!asked_) return;
  asked_.reset();
  out.push_back(effect::ToRoom{control::LeadAsked{}.to_json()});
}

// Who asked gets the lead when the leader is no longer there or has not answered in time; never while a song lasts.
void Room::look_after_asked(Moment now, Effects& out) {
  if (!asked_) return;
  const Person* asker = find(asked_->by);
  if (asker == nullptr || !asker->connected() || asker->role != Role::kSinger) return forget_asked(out);
  if (song_is_on(now)) {
    asked_->until_ns = 0;
  } else if (!leader_decides() || (asked_->until_ns != 0 && now.ns >= asked_->until_ns)) {
    pass_lead(asker->id, out);
  } else if (asked_->until_ns == 0) {
    asked_->until_ns = now.ns + kAnswerNs;
  }
}

// The new leader goes to bucket 1, the others are dealt behind: whoever stands where she may stay is not moved.
void Room::pass_lead(PersonId leader, Effects& out) {
  forget_asked(out);
  std::set<PersonId> moved{leader};
  if (leader_ && find(*leader_) != nullptr) moved.insert(*leader_);
  const auto place = [&](PersonId id, int bucket) {
    if (find(id)->bucket == bucket) return;
    people_.change(id, [&](Person& person) { person.bucket = bucket; });
    moved.insert(id);
  };
  change_leader(leader, out);
  place(leader, 1);
  std::vector<PersonId> dealt;
  std::vector<Follower> followers;
  std::vector<PersonId> lost;
  to_place_.clear();
  for (const PersonId id : people_.singers()) {
    if (id == leader) continue;
    if (const int fixed = fixed_bucket(*find(id)); fixed != 0) {
      place(id, fixed);
      continue;
    }
    if (!find(id)->connected()) {
      lost.push_back(id);
      continue;
    }
    dealt.push_back(id);
    const auto loop = loops_.find(id);
    const auto loop_ms = loop == loops_.end() ? std::nullopt : loop->second.loop_ms();
    followers.push_back({speed_class(loop_ms, limits_.least_interval_ms), find(id)->bucket});
  }
  const std::vector<int> buckets = deal(followers, settings_.buckets, random_);
  for (size_t i = 0; i < dealt.size(); ++i) place(dealt[i], buckets[i]);
  // Whose connection is lost takes nobody's place: she comes back as a late joiner would.
  std::vector<int> singers(static_cast<size_t>(settings_.buckets), 0);
  for (const int bucket : buckets) ++singers[static_cast<size_t>(bucket - 1)];
  for (const PersonId id : lost) {
    const int bucket = late_singer_bucket(singers);
    ++singers[static_cast<size_t>(bucket - 1)];
    place(id, bucket);
  }
  const int last = last_position(static_cast<int>(dealt.size()), settings_.buckets);
  for (const auto& [id, person] : people_.all()) {
    if (person.role == Role::kListener) place(id, last);
  }
  for (const PersonId id : moved) changed(id, out);
  // Last: whoever hears it knows that everybody's place has been told.
  out.push_back(effect::ToRoom{control::Leader{leader_text()}.to_json()});
  out.push_back(notice(phrase("leads", {{"name", find(leader)->name}})));
}

void Room::change_leader(std::optional<PersonId> leader, Effects& out) {
  if (leader_ == leader) return;
  if (std::exchange(start_waits_, false)) out.push_back(notice(phrase("start_without_leader")));
  told_loops_ = nullptr;
  leader_ = leader;
  all_rights_due_ = true;
  out.push_back(effect::Publish{});
  out.push_back(effect::SaveRoom{});
}

void Room::set_leader(std::optional<PersonId> leader, Effects& out) {
  change_leader(leader, out);
  out.push_back(effect::ToRoom{control::Leader{leader_text()}.to_json()});
}

}  // namespace roundelay
