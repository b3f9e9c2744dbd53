#include "server/conductor/programme_arrivals.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <utility>

#include "server/base/text_of_bytes.h"
#include "server/base/tokens.h"

namespace roundelay {
namespace {

using Problem = CarriedProblem::Kind;

// Places one of a song's things: the place that it has already, or a new one.
template <typename Place>
void put_in_place(std::optional<std::string>& key, std::map<std::string, std::string>& places, Place&& place) {
  if (!key) return;
  const auto known = places.find(*key);
  std::optional<std::string> id = known != places.end() ? std::optional(known->second) : place(*key);
  if (id) places[*key] = *id;
  key = std::move(id);
}

template <typename Blobs>
std::optional<std::string> with_blob(const Blobs& blobs, const std::string& sha256) {
  const auto found = std::find_if(blobs.begin(), blobs.end(), [&](const auto& blob) { return blob.sha256 == sha256; });
  return found == blobs.end() ? std::nullopt : std::optional(found->id);
}

std::vector<ScorePage> pages_of(const CarriedScore& score) {
  std::vector<ScorePage> out;
  int64_t at = 0;
  for (const CarriedPage& page : score.pages) {
    out.push_back({at, page.bytes, page.width, page.height});
    at += page.bytes;
  }
  return out;
}

}  // namespace

void ProgrammeArrivals::add(const std::string& room, PersonId person, ReadProgramme programme, Reply reply) {
  arrivals_.push_back({.room = room, .person = person, .read = std::move(programme), .reply = std::move(reply)});
}

bool ProgrammeArrivals::needs(const std::string& sha256) const {
  const auto is_it = [&](const auto& entry) { return entry.second.sha256 == sha256; };
  return std::any_of(arrivals_.begin(), arrivals_.end(), [&](const Arrival& arrival) {
    const CarriedProgramme& programme = arrival.read.programme;
    return std::any_of(programme.tracks.begin(), programme.tracks.end(), is_it) ||
           std::any_of(programme.scores.begin(), programme.scores.end(), is_it);
  });
}

void ProgrammeArrivals::tick() {
  for (auto arrival = arrivals_.begin(); arrival != arrivals_.end();) {
    if (step(*arrival)) {
      ++arrival;
      continue;
    }
    arrival = arrivals_.erase(arrival);
  }
}

bool ProgrammeArrivals::step(Arrival& arrival) {
  OpenRoom* open = rooms_.find(arrival.room);
  if (open == nullptr) {
    arrival.reply(api_error(404, "no_room", phrase("nobody_is_in_the_room")));
    return false;
  }
  std::vector<control::ProgrammeEntry>& songs = arrival.read.programme.songs;
  if (arrival.next == songs.size()) {
    end(arrival, *open);
    return false;
  }
  control::ProgrammeEntry song = songs[arrival.next++];
  if (open->room.programme().is_full()) {
    arrival.read.problems.push_back({Problem::kSongTooMany, song.title});
    return true;
  }
  put_in_place(song.track, arrival.tracks, [&](const std::string& key) { return place_track(*open, arrival, key); });
  put_in_place(song.plan.score, arrival.scores, [&](const std::string& key) { return place_score(*open, arrival, key); });
  put_in_place(song.plan.words, arrival.words, [&](const std::string& key) { return place_words(*open, arrival, key); });
  song.score.reset();
  open->room.carry_song(std::move(song));
  ++arrival.added;
  return true;
}

std::optional<std::string> ProgrammeArrivals::place_track(OpenRoom& open, Arrival& arrival, const std::string& key) {
  const CarriedTrack& carried = arrival.read.programme.tracks.at(key);
  if (auto known = with_blob(open.room.tracks(), carried.sha256)) return known;
  Track track{make_id(),      carried.name,   carried.seconds, carried.channels,    carried.loudness,
              carried.sha256, arrival.person, carried.credits, carried.library_song};
  const bool fits = open.room.tracks().size() < kMostRoomTracks;
  if (!fits || !store_.add_track(open.room.id(), track, clock_.unix_now())) {
    arrival.read.problems.push_back({fits ? Problem::kTrack : Problem::kTrackTooMany, carried.name});
    return std::nullopt;
  }
  std::string id = track.id;
  open.room.carry_track(std::move(track));
  return id;
}

std::optional<std::string> ProgrammeArrivals::place_score(OpenRoom& open, Arrival& arrival, const std::string& key) {
  const CarriedScore& carried = arrival.read.programme.scores.at(key);
  if (auto known = with_blob(open.room.scores(), carried.sha256)) return known;
  Score score{make_id(), carried.title, pages_of(carried), carried.sha256, arrival.person};
  const bool fits = open.room.scores().size() < kMostRoomScores;
  if (!fits || !store_.add_score(open.room.id(), score, clock_.unix_now())) {
    arrival.read.problems.push_back({fits ? Problem::kScore : Problem::kScoreTooMany, carried.title});
    return std::nullopt;
  }
  std::string id = score.id;
  open.room.carry_score(std::move(score));
  return id;
}

std::optional<std::string> ProgrammeArrivals::known_words(const Room& room, const CarriedWords& words, const std::string& text) {
  for (const Sheet& sheet : room.sheets()) {
    if (sheet.title != words.title || name_of(sheet.format) != words.format) continue;
    const auto known = store_.sheet_text(room.id(), sheet.id);
    if (known && *known && **known == text) return sheet.id;
  }
  return std::nullopt;
}

std::optional<std::string> ProgrammeArrivals::place_words(OpenRoom& open, Arrival& arrival, const std::string& key) {
  const CarriedWords& carried = arrival.read.programme.words.at(key);
  const auto refused = [&](Problem why) {
    arrival.read.problems.push_back({why, carried.title});
    return std::nullopt;
  };
  const auto format = words_format(carried.format);
  const auto text = text_of_bytes(carried.text);
  const auto words = format && text ? parse_words(*text, *format) : tl::expected<WordsText, Sentence>(WordsText{});
  if (!format || !text || !words) return refused(Problem::kWords);
  if (auto known = known_words(open.room, carried, *text)) return known;
  if (open.room.sheets().size() >= kMostRoomSheets) return refused(Problem::kWordsTooMany);
  Sheet sheet{.id = make_id(), .title = carried.title, .format = *format, .version = 1, .times = times_of(words->lines)};
  if (carried.times_ms.size() == sheet.times.size() && !line_out_of_order(carried.times_ms)) sheet.times = carried.times_ms;
  if (!store_.add_sheet(open.room.id(), sheet, *text, clock_.unix_now())) return refused(Problem::kWords);
  std::string id = sheet.id;
  open.room.carry_sheet(std::move(sheet));
  return id;
}

void ProgrammeArrivals::end(Arrival& arrival, OpenRoom& open) {
  Effects effects;
  open.room.tell_carried(effects);
  apply_(open, effects);
  nlohmann::json problems = nlohmann::json::array();
  for (const CarriedProblem& problem : arrival.read.problems) problems.push_back(problem.to_json());
  arrival.reply({201, {{"songs", arrival.added}, {"problems", std::move(problems)}}});
}

}  // namespace roundelay
