// Recordings: which songs are recorded, who leaves herself out, and until when shards may add to one.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/config.h"
#include "server/room/room.h"
#include "server/wire/control/delete_recording.h"
#include "server/wire/control/leave_out.h"
#include "server/wire/control/mix_again.h"
#include "server/wire/control/record.h"
#include "server/wire/control/song.h"

namespace roundelay {
namespace {

constexpr Blocks kLateInRecording{kLateInRecordingBlocks};

}  // namespace

Position Room::recording_end() const {
  if (song_.end.samples == kNoEnd) return song_.end;
  return song_.end + settings_.last_offset() + Blocks{settings_.interval_blocks} + kLateInRecording;
}

bool Room::recording_lasts(uint32_t song, Moment now) const {
  if (song != 0 && song == tail_.song && now.position <= tail_.until) return true;
  return song == song_.number && song != 0 && song_.start != song_.end && now.position <= recording_end();
}

void Room::set_recording(bool on, Moment now, Effects& out) {
  song_.recorded = recording_ = on;
  if (!on) return;
  std::string title = song_.track ? song_.track->name : std::string();
  const Sheet* sheet = title.empty() && plan_.words ? find_sheet(*plan_.words) : nullptr;
  if (sheet != nullptr) title = sheet->title;
  out.push_back(effect::RecordSong{song_.number, std::max(song_.start, grid_floor(now.position)), std::move(title)});
}

void Room::look_after_recording(Moment now, Effects& out) {
  if (!recording_ || recording_lasts(song_.number, now)) return;
  recording_ = false;
  out.push_back(effect::Publish{});
}

Room::Answer Room::record(const Person& by, const control::Record& wanted, Moment now, Effects& out) {
  if (rules_.recording == RecordingPolicy::kOff) return refuse("recording_off", phrase("recording_is_off"));
  if (rules_.recording == RecordingPolicy::kAlways) {
    if (wanted.on) return {};
    return refuse("recording_always", phrase("recording_is_always"));
  }
  if (!song_is_on(now)) {
    if (record_next_ == wanted.on) return {};
    record_next_ = wanted.on;
  } else {
    if (song_.recorded == wanted.on) return {};
    set_recording(wanted.on, now, out);
    out.push_back(effect::Publish{});
    out.push_back(notice(phrase(wanted.on ? "records_this_song" : "stopped_recording", {{"name", by.name}})));
  }
  out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
  return {};
}

void Room::recording_policy_changed(const Person& by, Moment now, Effects& out) {
  const bool on = rules_.recording == RecordingPolicy::kAlways;
  if (rules_.recording != RecordingPolicy::kAsk) {
    record_next_ = false;
    if (song_is_on(now) && song_.recorded != on) {
      set_recording(on, now, out);
      out.push_back(effect::Publish{});
    }
    out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
  }
  switch (rules_.recording) {
    case RecordingPolicy::kOff:
      return out.push_back(notice(phrase("switched_recording_off", {{"name", by.name}})));
    case RecordingPolicy::kAsk:
      return out.push_back(notice(phrase("recording_when_asked", {{"name", by.name}})));
    case RecordingPolicy::kAlways:
      return out.push_back(notice(phrase("recording_always", {{"name", by.name}})));
  }
}

void Room::recording_trouble(bool trouble, Moment now, Effects& out) {
  if (recording_trouble_ == trouble) return;
  recording_trouble_ = trouble;
  if (!recording_) return;
  out.push_back(effect::ToRoom{control::SongNews{shown_song(now)}.to_json()});
  out.push_back(notice(phrase(trouble ? "recording_has_stopped" : "recording_goes_on")));
}

void Room::tell_of_recordings(const nlohmann::json& message, Effects& out) const {
  if (rules_.recordings_for_all) {
    out.push_back(effect::ToRoom{message});
  } else {
    tell(people_.organisers(), message, out);
  }
}

void Room::nothing_recorded(Effects& out) const {
  out.push_back(notice(phrase("nothing_was_kept")));
}

// She is heard as before. What was kept of her in this song is left out too.
Room::Answer Room::leave_out(const Person& by, const control::LeaveOut& wanted, Moment, Effects& out) {
  if (by.left_out == wanted.out) return {};
  people_.change(by.id, [&](Person& person) { person.left_out = wanted.out; });
  changed(by.id, out);
  return {};
}

Room::Answer Room::delete_recording(const Person&, const control::DeleteRecording& wanted, Moment now, Effects& out) {
  const uint32_t present = recording_ ? song_.number : 0;
  const auto lasts = [&](uint32_t song) { return wanted.recording == recording_id(id_, song) && recording_lasts(song, now); };
  if (lasts(present) || lasts(tail_.song)) return refuse("song_lasts", phrase("recording_of_this_song"));
  out.push_back(effect::DeleteRecording{wanted.recording});
  return {};
}

Room::Answer Room::mix_again(const Person& by, const control::MixAgain& wanted, Moment, Effects& out) {
  out.push_back(effect::MixAgain{wanted, by.session});
  return {};
}

}  // namespace roundelay
