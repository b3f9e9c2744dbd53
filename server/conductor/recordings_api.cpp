#include "server/conductor/recordings_api.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <utility>

#include "server/base/text.h"
#include "server/conductor/insider.h"
#include "server/wire/control/mix_again.h"

namespace roundelay {
namespace {

using RecordingWish = link::Recordings::Wish;
using control::RecordingState;

// A pass is a token of this room that is no room: it opens no other door. Room ids have no such letter.
constexpr const char* kPassOf = "#recordings";
constexpr int64_t kDaySeconds = 86'400;
// An answer fits a line of the link: about so much of it.
constexpr size_t kMostListedTracks = 5'000;
constexpr size_t kMostListedRecordings = 500;

ApiAnswer recordings_unread(const Store& store) {
  spdlog::error("recordings cannot be read: {}", store.error());
  return api_error(503, "busy", phrase("recordings_unread"));
}

ApiAnswer recording_gone() {
  return api_error(404, "no_recording", phrase("recording_is_gone"));
}

std::string recording_day(int64_t unix_s) {
  const std::time_t time = unix_s;
  std::tm parts{};
  std::array<char, 32> text{};
  if (gmtime_r(&time, &parts) == nullptr) return {};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &parts)};
}

// Of whose track the file is; empty: it is nobody's alone.
std::string whose(const control::Recording& recording, const std::string& file) {
  for (const control::RecordedTrack& track : recording.tracks) {
    if (track.track + ".opus" != file) continue;
    return track.part.empty() ? track.name : track.name + " (" + track.part + ")";
  }
  return {};
}

// Songs of one title and day differ by their number in the room.
std::string name_of(const StoredRecording& row) {
  const std::string number = std::to_string(row.song);
  const bool titled = !row.shown.title.empty();
  std::string name = titled ? row.shown.title : std::string("Song ").append(number);
  name.append(" ").append(recording_day(row.shown.began));
  return titled ? name.append(" (").append(number).append(")") : name;
}

// That of a file of it.
std::string name_of(const StoredRecording& row, const std::string& file) {
  std::string name = name_of(row);
  if (file.starts_with("again.")) name.append(" - mix 2");
  const std::string singer = whose(row.shown, file);
  return singer.empty() ? name : name.append(" - ").append(singer);
}

}  // namespace

tl::expected<RecordingsApi::Asker, ApiAnswer> RecordingsApi::asker(const link::Recordings& asked) {
  const std::string& room = asked.asker.room;
  const ApiAnswer stranger = api_error(401, "bad_token", phrase("recordings_are_for_people_inside"));
  const bool by_pass = !asked.pass.empty();
  const std::optional<Token> token = parts_.tokens.open(by_pass ? asked.pass : asked.asker.token);
  if (!token && !by_pass) {
    const auto person = insider(parts_.rooms, parts_.tokens, room, asked.asker.token).person;
    if (!person) return tl::unexpected(stranger);
    return Asker{.person = person->id,
                 .room = room,
                 .rules = parts_.rooms.find(room)->room.rules(),
                 .organiser = person->organiser,
                 .engineer = person->engineer,
                 .program = person->program};
  }
  const int64_t good_for = by_pass ? kPassSeconds : parts_.config.token_days * kDaySeconds;
  if (!token || token->room != (by_pass ? room + kPassOf : room)) return tl::unexpected(stranger);
  if (parts_.clock.unix_now() - token->issued > good_for) {
    if (!by_pass) return tl::unexpected(stranger);
    return tl::unexpected(api_error(401, "bad_token", phrase("link_is_too_old")));
  }
  Asker out{.person = token->person, .room = room};
  const OpenRoom* open = parts_.rooms.find(room);
  if (open != nullptr) {
    out.rules = open->room.rules();
  } else {
    const auto stored = stored_room(parts_.store, room);
    if (!stored) return tl::unexpected(stored.error());
    out.rules = rules_of(*stored);
  }
  const Person* person = open != nullptr ? open->room.find(token->person) : nullptr;
  if (person != nullptr) {
    out.organiser = person->organiser;
    out.engineer = person->engineer;
  } else {
    const auto stored = parts_.store.person(room, token->person);
    if (!stored) return tl::unexpected(recordings_unread(parts_.store));
    if (*stored && (*stored)->person.removed) return tl::unexpected(stranger);
    out.organiser = *stored && (*stored)->person.organiser;
    out.engineer = *stored && (*stored)->person.engineer;
  }
  if (!out.rules.recordings_for_all && !out.organiser)
    return tl::unexpected(api_error(403, "not_allowed", phrase("recordings_are_theirs")));
  return out;
}

tl::expected<StoredRecording, ApiAnswer> RecordingsApi::found(const Asker& asker, const std::string& id) {
  auto row = parts_.store.recording(id);
  if (!row) return tl::unexpected(recordings_unread(parts_.store));
  if (!*row || (*row)->room != asker.room) return tl::unexpected(recording_gone());
  return **std::move(row);
}

ApiAnswer RecordingsApi::answer(const link::Recordings& asked) {
  const auto who = asker(asked);
  if (!who) return who.error();
  if (asked.wish == RecordingWish::kList) return list(*who);
  const auto row = found(*who, asked.recording);
  if (!row) return row.error();
  const control::Recording& recording = row->shown;
  switch (asked.wish) {
    case RecordingWish::kFile:
      return {200, {{"name", name_of(*row, asked.file)}}};
    case RecordingWish::kMixAgain:
      return mix_again(*who, asked);
    case RecordingWish::kZip:
      return zip(*row);
    case RecordingWish::kDelete:
      if (!who->organiser) return api_error(403, "not_allowed", phrase("deleting_recordings_is_theirs"));
      if (recording.state == RecordingState::kRecording) return api_error(409, "song_lasts", phrase("recording_is_made"));
      parts_.recordings.remove(who->room, recording.id);
      return {200, nlohmann::json::object()};
    default:
      return recording_gone();
  }
}

ApiAnswer RecordingsApi::list(const Asker& asker) {
  const auto all = parts_.recordings.list(asker.room);
  if (!all) return recordings_unread(parts_.store);
  nlohmann::json shown = nlohmann::json::array();
  size_t tracks = 0;
  bool more = false;
  for (auto each = all->rbegin(); each != all->rend() && !more; ++each) {
    tracks += each->shown.tracks.size();
    more = shown.size() >= kMostListedRecordings || (tracks > kMostListedTracks && !shown.empty());
    if (!more) shown.push_back(parts_.recordings.with_files(each->shown).to_json());
  }
  nlohmann::json body = {{"name", asker.rules.name},
                         {"recordings", std::move(shown)},
                         {"more", more},
                         {"keeps", asker.organiser},
                         {"mixes", asker.organiser || asker.engineer},
                         {"recordings_days", asker.rules.recordings_days}};
  // A program whose token is taken away keeps no other.
  if (!asker.program) body["pass"] = parts_.tokens.seal({asker.person, asker.room + kPassOf, parts_.clock.unix_now()});
  return {200, std::move(body)};
}

ApiAnswer RecordingsApi::mix_again(const Asker& asker, const link::Recordings& asked) {
  if (!asker.organiser && !asker.engineer) return api_error(403, "not_allowed", phrase("mixing_again_is_theirs"));
  nlohmann::json body = asked.body;
  if (body.is_object()) body["recording"] = asked.recording;
  const auto wish = control::MixAgain::read(body);
  if (!wish) return api_error(400, wish.error().code, wish.error().sentence());
  if (!parts_.recordings.mix_again(asker.room, *wish)) return api_error(409, "busy", phrase("recording_is_not_ready"));
  return {202, nlohmann::json::object()};
}

tl::expected<RecordingsApi::TrackFile, ApiAnswer> RecordingsApi::track_file(const link::Recordings& asked) {
  const auto who = asker(asked);
  if (!who) return tl::unexpected(who.error());
  const auto row = found(*who, asked.recording);
  if (!row) return tl::unexpected(row.error());
  const std::string file = text_field(asked.body, "file").value;
  if (file != "mix.flac" && file != "again.flac" && whose(row->shown, file).empty())
    return tl::unexpected(api_error(400, "bad_message", "file must be \"mix.flac\", \"again.flac\" or a track's."));
  TrackFile out{.name = safe_file_name(name_of(*row, file), kMostFileNameBytes),
                .file = parts_.config.uploads_dir() + "/recording-" + make_id()};
  const std::string from = parts_.recordings.folder(row->shown.id) + "/" + file;
  struct stat there {};
  if (::link(from.c_str(), out.file.c_str()) != 0 || stat(out.file.c_str(), &there) != 0) return tl::unexpected(recording_gone());
  out.bytes = there.st_size;
  return out;
}

ApiAnswer RecordingsApi::zip(const StoredRecording& row) {
  const auto asked = parts_.recordings.pack(row.shown, name_of(row));
  if (asked) return {202, nlohmann::json::object()};
  const int status = asked.error().code == "disk_full" ? 507 : asked.error().code == "busy" ? 409 : 413;
  return api_error(status, asked.error().code, asked.error().sentence());
}

}  // namespace roundelay
