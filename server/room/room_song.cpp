// Songs: start, stop, and what there is to know of the one that lasts.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "server/base/text.h"
#include "server/room/interval.h"
#include "server/room/room.h"
#include "server/room/round.h"
#include "server/wire/control/settings.h"
#include "server/wire/control/song.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"

namespace roundelay {
namespace {

// A song that is stopped before so much of its music was heard was not sung: somebody had pressed the wrong button.
constexpr Blocks kTooShort{10 * kSampleRate / kBlockSamples};

}  // namespace

// Whoever starts twice gets the same answer twice.
Room::Answer Room::start(const Person& by, const control::Start&, Moment now, Effects& out) {
  if (ends_ && (!song_is_on(now) || song_sung(song_, now.position, settings_.offset_of(by.bucket))))
    return tl::unexpected(server_ends());
  if (!song_is_on(now)) {
    if (const auto begun = begin_song(now, out); !begun) return tl::unexpected(begun.error());
  } else if (song_sung(song_, now.position, settings_.offset_of(by.bucket))) {
    // The last buckets are still hearing the last song. A room has one song at a time: the next one begins when they are done.
    if (!std::exchange(start_waits_, true)) out.push_back(notice(phrase("next_song_waits")));
    const Position earliest = song_start(song_.end + settings_.last_offset(), limits_.lead_in);
    return control::StartDone{next_number(), earliest.samples, true}.to_json();
  }
  return control::StartDone{song_.number, song_.start.samples, false}.to_json();
}

uint32_t Room::next_number() const {
  return song_.number == UINT32_MAX ? 1 : song_.number + 1;
}

Refusal Room::server_ends() {
  return refuse("server_restarts", phrase("server_is_about_to_restart")).value();
}

void Room::no_more_songs(Effects& out) {
  if (std::exchange(ends_, true)) return;
  start_waits_ = false;
  out.push_back(notice(phrase("server_restarts_soon")));
}

Refusal Room::no_memory() {
  return refuse("server_full_songs", phrase("no_memory_left")).value();
}

tl::expected<void, Refusal> Room::begin_song(Moment now, Effects& out) {
  RoomSettings settings = settings_;
  if (settings.automatic_interval) settings.interval_blocks = automatic_interval_blocks();
  const RoundRoom round = room_for_round(settings, plan_, limits_.lane_blocks);
  settings = round.settings;
  if (!limits_.reserve(ring_blocks(settings))) {
    return tl::unexpected(no_memory());
  }
  ring_blocks_ = ring_blocks(settings);
  if ((has_solo_ || !people_.soloed().empty()) && !reserve_solo()) return tl::unexpected(no_memory());
  forget_part_lanes();  // their rings may have grown
  look_after_parts(out);
  // Its last voices are still on their way.
  if (recording_) tail_ = {song_.number, recording_end()};
  const bool other_offsets = settings_ != settings;
  settings_ = settings;
  const Track* track = chosen_track_ ? find_track(*chosen_track_) : nullptr;
  Song next;
  next.number = next_number();
  next.start = song_start(now.position, limits_.lead_in);
  // The leader of a round stands late in the line: what she hears first lies behind now. Behind the last song it must lie in any
  // case.
  const Position earliest = song_.end;
  const Position behind = next.start - Blocks{settings_.round_offset_blocks};
  if (settings_.round_offset_blocks > 0)
    next.start = std::min(next.start, std::max(behind, earliest + Blocks{kPrerollBlocks + 1}));
  if (track != nullptr) {
    Digest digest{};
    if (from_hex(track->sha256, digest)) {
      next.digest = digest;
      next.track = *track;
    }
  }
  next.plan = round.plan;
  next.plan.words.reset();  // other words may be chosen while it lasts, and another score
  next.plan.score.reset();
  next.music = song_music(next.start, next.plan);
  next.end = song_end(next.music, next.track);
  next.recorded = rules_.recording == RecordingPolicy::kAlways || (rules_.recording == RecordingPolicy::kAsk && record_next_);
  if (next.track) {
    // As the programme calls it, if it is sung from there.
    const Programme::Entry* entry = programme_.taken() ? programme_.find(*programme_.taken()) : nullptr;
    const bool named = entry != nullptr && entry->track == next.track->id && !entry->hidden && !entry->title.empty();
    out.push_back(
        effect::SaveSung{next.number, named ? entry->title : next.track->name, next.track->credits, next.track->library_song});
  }
  song_ = std::move(next);
  song_was_on_ = true;
  record_next_ = recording_ = false;
  if (song_.recorded) set_recording(true, now, out);
  timings_.song_begins(song_.number);
  if (programme_.taken()) {
    programme_.song_begins();
    out.push_back(effect::SaveRoom{});
  }
  forget_marks(out);
  std::vector<PersonId> heard;
  for (const PersonId id : people_.singers()) {
    if (find(id)->loudspeaker) heard.push_back(id);
  }
  for (const PersonId id : heard) forget_loudspeaker(id, out);
  out.push_back(effect::Publish{});
  out.push_back(effect::SaveRoom{});  // its number is not used again
  if (other_offsets) out.push_back(effect::ToRoom{control::SettingsNews{as_shown(settings_)}.to_json()});
  out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
  deal_round(out);
  deal_voices(out);
  if (round.plan != plan_) out.push_back(notice(phrase("round_is_too_long")));
  if (const Person* leader = find(*leader_)) {
    out.push_back(notice(song_.track ? phrase("started_track", {{"name", leader->name}, {"track", song_.track->name}})
                                     : phrase("started_without_a_track", {{"name", leader->name}})));
  }
  return {};
}

void Room::leave_round(Effects& out) {
  if (settings_.round_offset_blocks == 0 && settings_.round_ahead_blocks == 0) return;
  settings_.round_offset_blocks = 0;
  settings_.round_ahead_blocks = 0;
  out.push_back(effect::Publish{});
  out.push_back(effect::ToRoom{control::SettingsNews{as_shown(settings_)}.to_json()});
}

void Room::deal_round(Effects& out) {
  const int last = last_round_bucket(song_.plan, settings_);
  std::vector<PersonId> dealt;
  std::vector<Follower> followers;
  bool behind = false;
  for (const PersonId id : people_.singers()) {
    const Person& person = *find(id);
    if (is_leader(person)) continue;
    behind = behind || person.bucket > last;
    const auto loop = loops_.find(id);
    const auto loop_ms = loop == loops_.end() ? std::nullopt : loop->second.loop_ms();
    dealt.push_back(id);
    followers.push_back({speed_class(loop_ms, limits_.least_interval_ms), person.bucket});
  }
  if (!behind) return;
  const std::vector<int> buckets = deal(followers, last, random_);
  for (size_t i = 0; i < dealt.size(); ++i) {
    if (find(dealt[i])->bucket == buckets[i]) continue;
    people_.change(dealt[i], [&](Person& person) { person.bucket = buckets[i]; });
    changed(dealt[i], out);
  }
}

int Room::bucket_of_voice(const Person& person, int bucket) const {
  const auto& round = song_.plan.round;
  if (!round || round->parts == 0 || is_leader(person)) return bucket;
  const auto voice = round->voices.find(person.part);
  if (voice == round->voices.end()) return bucket;
  const int there = bucket_of_round_part(voice->second, round->parts, settings_.buckets, bucket);
  return there == 0 ? bucket : there;
}

void Room::deal_voices(Effects& out) {
  const auto& round = song_.plan.round;
  if (!round || round->voices.empty()) return;
  std::vector<std::pair<PersonId, int>> moved;
  for (const PersonId id : people_.singers()) {
    const Person& person = *find(id);
    if (const int bucket = bucket_of_voice(person, person.bucket); bucket != person.bucket) moved.emplace_back(id, bucket);
  }
  for (const auto& [id, bucket] : moved) {
    people_.change(id, [bucket = bucket](Person& person) { person.bucket = bucket; });
    changed(id, out);
  }
  const bool all = std::all_of(round->voices.begin(), round->voices.end(), [&](const auto& voice) {
    return bucket_of_round_part(voice.second, round->parts, settings_.buckets, 1) != 0;
  });
  if (!all) out.push_back(notice(phrase("round_has_too_many_parts")));
}

Room::Answer Room::stop(const Person& by, const control::Stop& wanted, Moment now, Effects& out) {
  start_waits_ = false;
  const bool halt = wanted.now || !is_leader(by);
  // The other parts sing to their end as well.
  const Position sung = leader_end(song_, now.position, settings_.offset_of(by.bucket)) + rest_of_parts(song_.plan);
  const Position end = halt ? halt_end(song_, now.position, settings_.last_offset()) : std::min(song_.end, sung);
  if (end == song_.end) return {};
  song_.end = end;
  if (song_.digest && end < song_.music + kTooShort) out.push_back(effect::DropSung{song_.number});
  out.push_back(effect::Publish{});
  out.push_back(notice(phrase("stopped_the_song", {{"name", by.name}})));
  if (song_is_on(now)) {
    out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
  } else {
    tick(now, out);  // over at once: announced there
  }
  return {};
}

control::Song Room::shown_song(Moment now) const {
  control::Song out{.number = song_.number,
                    .start = song_.start.samples,
                    .music = song_.music.samples,
                    .end = {},
                    .track = {},
                    .plan = song_.plan,
                    .parts = song_parts(song_.plan, song_.music, settings_.buckets),
                    .playing = song_is_on(now),
                    .recording = recording_ && song_is_on(now),
                    .record_next = record_next_,
                    .recording_trouble = recording_ && recording_trouble_};
  // Of a song before a restart only the number is known.
  const bool known = song_.start.samples > 0;
  if (known && song_.end.samples != kNoEnd) out.end = song_.end.samples;
  if (song_.track) out.track = as_shown(*song_.track);
  return out;
}

}  // namespace roundelay
