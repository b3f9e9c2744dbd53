// Who comes and is lost, what comes by time alone, and what is told of the room as a whole. What a feature does stands in its own
// file.
#include "server/room/room.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

#include "mixer/gain.h"
#include "mixer/repeats.h"
#include "server/base/text.h"
#include "server/wire/control/loudspeakers.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/people.h"
#include "server/wire/control/programs.h"
#include "server/wire/control/removed.h"
#include "server/wire/control/room_order.h"
#include "server/wire/control/welcome.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

using nlohmann::json;

Room::Room(std::string id, std::string name, RoomSettings settings, std::vector<Track> tracks,
           std::optional<std::string> chosen_track, const RoomLimits& limits, RandomBelow random, int64_t now_ns)
    : id_(std::move(id)),
      settings_(std::move(settings)),
      tracks_(std::move(tracks)),
      limits_(limits),
      random_(std::move(random)),
      empty_since_ns_(now_ns) {
  rules_.name = std::move(name);
  if (chosen_track && find_track(*chosen_track) != nullptr) chosen_track_ = std::move(chosen_track);
}

void Room::adopt(const RoomState& state, Moment now) {
  const int stored_offset_blocks = settings_.first_offset_blocks;
  settings_.interval_blocks = state.interval_blocks;
  settings_.first_offset_blocks = state.first_offset_blocks;
  settings_.buckets = std::clamp(state.bucket_count, 2, kMaxBuckets);
  settings_.automatic_gain = state.automatic_gain != 0;
  song_ = {.number = state.song_number,
           .start = {state.song_start},
           .end = {state.song_end},
           .plan = plan_of(state),
           .music = {state.music},
           .digest = {},
           .track = {}};
  if (state.has_track != 0) {
    song_.digest = state.track;
    const std::string sha256 = hex(state.track);
    for (const Track& track : tracks_) {
      if (track.sha256 == sha256) song_.track = track;
    }
  }
  // What was stored is where the line stands without the round.
  if (state.round_repeats != 0 && stored_offset_blocks <= state.first_offset_blocks) {
    settings_.first_offset_blocks = stored_offset_blocks;
    settings_.round_offset_blocks = state.first_offset_blocks - stored_offset_blocks;
    if (settings_.round_offset_blocks > 0) settings_.round_ahead_blocks = static_cast<int>(Repeats(state).ahead().count);
  }
  song_.recorded = recording_ = state.recording != 0;
  timings_.song_begins(song_.number);
  ring_blocks_ = state.ring_blocks;
  has_solo_ = state.has_solo != 0;
  tried_parts_ = reserved_parts_ = told_parts_ = state.part_lanes;
  told_solo_bucket_ = state.solo_bucket;
  told_watched_ = state.watched != 0;
  if (state.has_leader != 0) leader_ = state.leader;
  song_was_on_ = song_is_on(now);
  settled_ = false;
}

void Room::settle(Moment now, Effects& out) {
  if (settled_) return;
  settled_ = true;
  name_listeners(now, out);
  for (const auto& [id, person] : people_.all()) {
    if (!person.connected()) announce(person, out);
  }
  if (leader_ && find(*leader_) == nullptr) set_leader(std::nullopt, out);
  told_rights_.clear();
  all_rights_due_ = true;
}

void Room::restore(Person person, Moment now) {
  person.lost_ns = now.ns;
  person.bucket = std::clamp(person.bucket, 1, settings_.buckets);
  person.stored = true;
  people_.put(std::move(person));
}

void Room::resume(uint32_t last_song, std::optional<PersonId> leader) {
  song_.number = std::max(song_.number, last_song);
  if (!leader_ && leader && find(*leader) != nullptr) leader_ = leader;
}

void Room::keep(RoomRules rules, std::map<PersonId, std::string> removed) {
  rules_ = std::move(rules);
  removed_ = std::move(removed);
}

bool Room::newcomers_start_muted() const {
  return rules_.start_muted && people_.connected() >= *rules_.start_muted;
}

bool Room::needs_password(const Hello& hello) const {
  if (rules_.password_hash.empty() || hello.has_key || find(hello.person) != nullptr) return false;
  if (hello.past && hello.past->organiser) return false;
  // Who was let in since it was set has given it already.
  return hello.token_issued_s == 0 || hello.token_issued_s < rules_.password_set_s;
}

void Room::take_session(PersonId person, SessionId session, Effects& out) {
  if (const auto before = people_.connect(person, session))
    out.push_back(effect::Expel{*before, kCloseElsewhere, "You have connected elsewhere."});
  loops_.erase(person);  // another connection, another way through the network
}

void Room::attach(SessionId session, Person facts, Moment now, Effects& out) {
  facts.bucket = std::clamp(facts.bucket, 1, settings_.buckets);
  const Person* known = find(facts.id);
  const bool fresh = known == nullptr;
  if (fresh) people_.put(facts);
  const Person& person = people_.change(facts.id, [&](Person& p) {
    p.soloed = facts.soloed;
    p.hears_solo = facts.hears_solo;
    p.watches = facts.watches;
    p.left_out = facts.left_out;
    p.hears_part = facts.hears_part;
  });
  take_session(person.id, session, out);
  const bool same = person.name == facts.name && person.bucket == facts.bucket && person.role == facts.role &&
                    person.muted == facts.muted && person.organiser == facts.organiser && person.robot == facts.robot;
  // The shard does not say whom it takes for the leader: tell it in any case.
  out.push_back(admission(person));
  if (fresh) save(person.id, out);
  if (person.role == Role::kSinger || person.has_office()) rights_due_.insert(person.id);
  if (decides(person)) all_rights_due_ = true;
  name_listeners(now, out);
  const bool shown_to_all = listeners_named_ || person.role == Role::kSinger;
  if (!same || (shown_to_all && (settled_ || fresh))) announce(person, out);
}

tl::expected<void, Refusal> Room::join(SessionId session, const Hello& hello, Moment now, Effects& out) {
  if (removed_.contains(hello.person)) return tl::unexpected(was_removed());
  bool started_muted = false;
  if (find(hello.person) == nullptr) {
    if (rules_.locked && !hello.has_key && !hello.past && hello.token_issued_s == 0) {
      return refuse("locked", phrase("room_is_closed"));
    }
    const int singers = static_cast<int>(people_.singers().size());
    if (hello.role == Role::kSinger && singers >= limits_.max_singers) {
      return refuse("room_full_singers", phrase("room_is_full_of_singers_listen", {{"most", limits_.max_singers}}));
    }
    if (hello.role == Role::kListener && people_.listeners() >= limits_.max_listeners) {
      return refuse("room_full", phrase("room_is_full", {{"most", limits_.max_listeners}}));
    }
    if (hello.bucket && *hello.bucket > settings_.buckets) {
      return refuse("bad_bucket", phrase("no_such_group", {{"most", settings_.buckets}}));
    }
    Person person = hello.past.value_or(Person{});
    person.id = hello.person;
    person.role = hello.role;
    person.robot = hello.robot;
    person.organiser = person.organiser && !hello.robot;
    person.stored = hello.past.has_value();
    person.lost_ns = 0;
    if (hello.part) person.part = *hello.part;
    if (!rules_.has_part(person.part)) person.part.clear();
    person.bucket = hello.bucket ? *hello.bucket : place_for(person, now);
    started_muted = newcomers_start_muted() && person.role == Role::kSinger && !person.robot && !person.organiser &&
                    !hello.has_key && !is_leader(person);
    person.muted = person.muted || started_muted;
    people_.put(std::move(person));
  }
  const std::string name = told_apart(hello.name, hello.person);
  const Person& person = people_.change(hello.person, [&](Person& p) {
    p.name = name;
    p.away = p.hears_part = false;
    if (hello.part && rules_.has_part(*hello.part)) p.part = *hello.part;
    if (hello.has_key && !p.robot) p.organiser = true;
  });
  take_session(person.id, session, out);
  out.push_back(admission(person));
  save(person.id, out);
  welcome(session, person, hello, started_muted, now, out);
  told_rights_[person.id] = rights_bits(person);
  if (decides(person)) all_rights_due_ = true;
  name_listeners(now, out);
  if (listeners_named_ || person.role == Role::kSinger) announce(person, out);
  if (person.organiser) told_loops_ = nullptr;
  return {};
}

void Room::lose(SessionId session, Moment now, Effects& out) {
  const Person* person = people_.disconnect(session, now.ns);
  if (person == nullptr) return;
  loops_.erase(person->id);
  told_rights_.erase(person->id);
  if (decides(*person)) all_rights_due_ = true;
  forget_loudspeaker(person->id, out);
  people_.change(person->id, [](Person& p) { p.hears_solo = p.hears_part = p.watches = false; });
  save(person->id, out);
  if (settled_) announce(*person, out);
}

void Room::measured(SessionId session, const LoopReport& report, Moment now) {
  const Person* person = find_session(session);
  if (person == nullptr || person->role != Role::kSinger) return;
  loops_[person->id].add(report);
  if (song_is_on(now)) lateness_.measured(person->id, report.late_percent);
  heard_level(person->id, report.level_db, now);
}

void Room::tick(Moment now, Effects& out) {
  if (song_was_on_ && !song_is_on(now)) {
    song_was_on_ = false;
    out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
    if (song_.digest) out.push_back(effect::SongOver{*song_.digest});
    tell_tapped(out);
    if (programme_.song_ends()) programme_changed(out);
    lateness_.song_over();
    tell_console(out);
  }
  look_after_recording(now, out);
  if (!song_is_on(now) && !recording_) leave_round(out);
  if (start_waits_ && !song_is_on(now)) {
    start_waits_ = false;
    const Person* leader = leader_ ? find(*leader_) : nullptr;
    if (leader != nullptr && leader->connected()) {
      if (const auto begun = begin_song(now, out); !begun) out.push_back(notice(begun.error().sentence()));
    } else {
      out.push_back(notice(phrase("start_without_connection")));
    }
  }
  rest(now, out);
  forget_people(now, out);
  look_after_asked(now, out);
  tell_listeners(now, out);
  tell_loops(now, out);
  tell_sounding(now, out);
  place_late(now, out);
  tell_rights(out);
  look_after_console(out);
  look_after_parts(out);
}

void Room::rest(Moment now, Effects& out) {
  // As long as the ring holds its last block a late voice may still come.
  if (ring_blocks_ == 0 || song_is_on(now) || now.position - settings_.last_offset() - Blocks{ring_blocks_} <= song_.end) return;
  ring_blocks_ = 0;
  has_solo_ = false;
  forget_part_lanes();
  out.push_back(effect::Publish{});
}

RoomState Room::state() const {
  RoomState state;
  state.song_number = song_.number;
  state.song_start = song_.start.samples;
  state.song_end = song_.end.samples;
  state.music = song_.music.samples;
  put_plan(song_.plan, state);
  state.bucket_count = settings_.buckets;
  state.interval_blocks = settings_.interval_blocks;
  state.first_offset_blocks = static_cast<int32_t>(settings_.offset_of(1).count);
  state.ring_blocks = ring_blocks_;
  state.automatic_gain = settings_.automatic_gain ? 1 : 0;
  state.volume = static_cast<float>(kGlobalVolume * microphone_factor(settings_.volume));
  state.leader_boost = leader_boost_factor(settings_.leader_boost_db);
  state.level_match = settings_.level_match ? 1 : 0;
  state.watched = people_.watching().empty() ? 0 : 1;
  state.recording = recording_ && ring_blocks_ != 0 ? 1 : 0;
  state.has_solo = ring_blocks_ != 0 && has_solo_ ? 1 : 0;
  state.solo_bucket = solo_bucket();
  state.part_lanes = ring_blocks_ != 0 ? told_parts_ : 0;
  state.has_track = song_.digest ? 1 : 0;
  if (song_.digest) state.track = *song_.digest;
  put_live(state);
  state.has_leader = leader_ ? 1 : 0;
  state.leader = leader_.value_or(0);
  std::strncpy(state.id, id_.c_str(), sizeof state.id - 1);
  return state;
}

bool Room::song_is_on(Moment now) const {
  return song_lasts(song_, now.position, settings_.last_offset());
}

std::optional<int64_t> Room::empty_since_ns() const {
  if (!people_.all().empty()) return std::nullopt;
  return empty_since_ns_;
}

control::Welcome Room::overview(const Person& you, Moment now) const {
  return {.id = {},
          .you = shown(you),
          .token = {},
          .organiser = you.organiser,
          .room = shown_order(),
          .rights = rights_of(you),
          .started_muted = {},
          .removed = {},
          .loudspeakers = {},
          .people = {},
          .listeners = shown_listeners(),
          .leader = leader_text(),
          .lead_asked = lead_asked_text(),
          .song = shown_song(now),
          .settings = as_shown(settings_),
          .plan = plan_,
          .tracks = shown_tracks(),
          .sheets = shown_sheets(),
          .scores = shown_scores(),
          .position = now.position.samples,
          .mix_delay = wire::kMixDelaySamples,
          .backing_gain = kBackingGain};
}

void Room::welcome(SessionId session, const Person& you, const Hello& hello, bool started_muted, Moment now, Effects& out) const {
  control::Welcome message = overview(you, now);
  message.started_muted = started_muted;
  message.id = hello.request;
  message.token = hello.token;
  // A long list comes in pieces: no message takes a shard long.
  std::vector<control::People> pieces;
  const auto add = [&](const Person& person) {
    if (message.people.size() < control::People::kMost) {
      message.people.push_back(shown(person));
    } else {
      if (pieces.empty() || pieces.back().people.size() == control::People::kMost) pieces.emplace_back();
      pieces.back().people.push_back(shown(person));
    }
  };
  if (listeners_named_) {
    for (const auto& [id, person] : people_.all()) add(person);
  } else {
    for (const PersonId id : people_.singers()) add(*find(id));
  }
  if (you.organiser) message.removed = shown_removed().people;
  if (you.has_office()) message.loudspeakers = shown_loudspeakers().people;
  out.push_back(effect::ToSession{session, message.to_json()});
  for (const control::People& piece : pieces) out.push_back(effect::ToSession{session, piece.to_json()});
  tell_known_timing(session, you, out);
  if (you.organiser && !rules_.programs.empty()) out.push_back(effect::ToSession{session, shown_programs().to_json()});
  show_programme(session, you, out);
  show_live(session, you, out);
  tell_history(session, out);
  show_sounding(session, out);
  if (!song_is_on(now)) return;
  for (const control::Marks& piece : marks_.pieces()) out.push_back(effect::ToSession{session, piece.to_json()});
}

}  // namespace roundelay
