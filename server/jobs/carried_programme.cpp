#include "server/jobs/carried_programme.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/wire/control/track.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr size_t kMostCarriedOfAKind = control::kMostProgrammeEntries;  // a song has one of each
constexpr size_t kMostCarriedKeyBytes = 64;
constexpr size_t kMostCarriedPages = 40;
constexpr size_t kMostCarriedLines = 2'000;
constexpr int64_t kMostCarriedMs = 24 * 3'600'000;
constexpr int64_t kMostCarriedPageBytes = 100'000'000;
constexpr int64_t kMostCarriedPageSide = 10'000;
constexpr size_t kMostCarriedTextBytes = 65'536;

constexpr std::array<const char*, 7> kProblemCodes = {"track_unreadable", "score_unreadable", "words_unreadable",
                                                      "too_many_tracks",  "too_many_scores",  "too_many_words",
                                                      "programme_full"};

std::string problem_sentence(CarriedProblem::Kind kind, const std::string& name) {
  const std::string quoted = std::string("“").append(name).append("”");
  switch (kind) {
    case CarriedProblem::Kind::kTrack:
      return std::string("The track ").append(quoted).append(" could not be read: please upload it again.");
    case CarriedProblem::Kind::kScore:
      return std::string("The score ").append(quoted).append(" could not be read: please upload it again.");
    case CarriedProblem::Kind::kWords:
      return std::string("The words ").append(quoted).append(" could not be read: please bring them again.");
    case CarriedProblem::Kind::kTrackTooMany:
      return std::string("The room has no place for the track ").append(quoted).append(": delete tracks first.");
    case CarriedProblem::Kind::kScoreTooMany:
      return std::string("The room has no place for the score ").append(quoted).append(": delete scores first.");
    case CarriedProblem::Kind::kWordsTooMany:
      return std::string("The room has no place for the words ").append(quoted).append(": delete words first.");
    case CarriedProblem::Kind::kSongTooMany:
      break;
  }
  return std::string("The programme has no place for ").append(quoted).append(": take songs away first.");
}

std::optional<std::string> carried_title(const json& in, const char* key) {
  const auto title = text_field(in, key);
  if (!title.given()) return std::nullopt;
  auto checked = checked_name(title.value, control::kMostEntryTitleCharacters);
  return checked ? std::optional(*std::move(checked)) : std::nullopt;
}

std::optional<std::string> carried_hash(const json& in) {
  const auto hash = text_field(in, "sha256");
  return hash.given() && is_sha256(hash.value) ? std::optional(hash.value) : std::nullopt;
}

json track_json(const CarriedTrack& track) {
  json out = {{"name", track.name}, {"seconds", track.seconds}, {"channels", track.channels}, {"sha256", track.sha256}};
  if (track.loudness) out["loudness"] = *track.loudness;
  if (!track.credits.empty()) out["credits"] = track.credits.to_json();
  return out;
}

std::optional<CarriedTrack> read_carried_track(const json& in) {
  auto name = carried_title(in, "name");
  auto hash = carried_hash(in);
  const auto seconds = number_field(in, "seconds", 0, 1e6);
  const auto channels = integer_field(in, "channels", 1, 2);
  const auto loudness = number_field(in, "loudness", control::kLeastLoudness, control::kMostLoudness);
  if (!name || !hash || !seconds.given() || !channels.given()) return std::nullopt;
  CarriedTrack out{*std::move(name),
                   seconds.value,
                   static_cast<int>(channels.value),
                   {},
                   *std::move(hash),
                   control::Credits::read(control::part(in, "credits"))};
  if (loudness.given()) out.loudness = loudness.value;
  return out;
}

json score_json(const CarriedScore& score) {
  json pages = json::array();
  for (const CarriedPage& page : score.pages) pages.push_back({page.bytes, page.width, page.height});
  return {{"title", score.title}, {"pages", std::move(pages)}, {"sha256", score.sha256}};
}

std::optional<CarriedScore> read_carried_score(const json& in) {
  auto title = carried_title(in, "title");
  auto hash = carried_hash(in);
  const json& pages = control::part(in, "pages");
  if (!title || !hash || !pages.is_array() || pages.empty() || pages.size() > kMostCarriedPages) return std::nullopt;
  CarriedScore out{*std::move(title), {}, *std::move(hash)};
  for (const json& page : pages) {
    if (!page.is_array() || page.size() != 3) return std::nullopt;
    for (const json& number : page) {
      if (!number.is_number_integer() || number < 1 || number > kMostCarriedPageBytes) return std::nullopt;
    }
    if (page[1] > kMostCarriedPageSide || page[2] > kMostCarriedPageSide) return std::nullopt;
    out.pages.push_back({page[0].get<int64_t>(), page[1].get<int>(), page[2].get<int>()});
  }
  return out;
}

json words_json(const CarriedWords& words, bool texts) {
  json times = json::array();
  for (const auto& time : words.times_ms) times.push_back(time ? json(*time) : json());
  json out = {{"title", words.title}, {"format", words.format}, {"times_ms", std::move(times)}};
  if (texts) out["text"] = words.text;
  return out;
}

std::optional<CarriedWords> read_carried_words(const json& in) {
  auto title = carried_title(in, "title");
  const auto format = text_field(in, "format");
  const auto text = text_field(in, "text");
  const json& times = control::part(in, "times_ms");
  if (!title || !format.given() || format.value.size() > kMostCarriedKeyBytes || !text.valid ||
      text.value.size() > kMostCarriedTextBytes || !times.is_array() || times.size() > kMostCarriedLines)
    return std::nullopt;
  CarriedWords out{*std::move(title), format.value, {}, text.value};
  for (const json& time : times) {
    const bool good = time.is_null() || (time.is_number_integer() && time >= 0 && time <= kMostCarriedMs);
    if (!good) return std::nullopt;
    out.times_ms.push_back(time.is_null() ? std::nullopt : std::optional(time.get<int64_t>()));
  }
  return out;
}

template <typename Value, typename Read>
std::map<std::string, Value> read_carried(const json& in, Read&& read) {
  std::map<std::string, Value> out;
  if (!in.is_object()) return out;
  for (const auto& [key, value] : in.items()) {
    if (key.empty() || key.size() > kMostCarriedKeyBytes || out.size() >= kMostCarriedOfAKind) continue;
    if (auto one = read(value)) out.emplace(key, *std::move(one));
  }
  return out;
}

template <typename Map>
void drop_unknown(std::optional<std::string>& key, const Map& known) {
  if (key && !known.contains(*key)) key.reset();
}

}  // namespace

bool is_sha256(std::string_view text) {
  constexpr size_t kDigits = 64;
  return text.size() == kDigits &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

json CarriedProblem::to_json() const {
  return {{"code", kProblemCodes[static_cast<size_t>(kind)]}, {"name", name}, {"message", problem_sentence(kind, name)}};
}

std::optional<CarriedProblem> CarriedProblem::read(const json& in) {
  const std::string code = text_field(in, "code").value;
  const auto found = std::find(kProblemCodes.begin(), kProblemCodes.end(), code);
  auto name = carried_title(in, "name");
  if (found == kProblemCodes.end() || !name) return std::nullopt;
  return CarriedProblem{static_cast<Kind>(found - kProblemCodes.begin()), *std::move(name)};
}

json CarriedProgramme::to_json(bool texts) const {
  json out = {{"roundelay_programme", kVersion},    {"room", room},
              {"songs", control::list_json(songs)}, {"tracks", json::object()},
              {"scores", json::object()},           {"words", json::object()}};
  for (const auto& [key, track] : tracks) out["tracks"][key] = track_json(track);
  for (const auto& [key, score] : scores) out["scores"][key] = score_json(score);
  for (const auto& [key, sheet] : words) out["words"][key] = words_json(sheet, texts);
  return out;
}

std::optional<CarriedProgramme> CarriedProgramme::read(const json& in) {
  const auto version = integer_field(in, "roundelay_programme", 1, kVersion);
  const json& songs = control::part(in, "songs");
  if (!version.given() || !songs.is_array() || songs.size() > control::kMostProgrammeEntries) return std::nullopt;
  CarriedProgramme out;
  out.room = carried_title(in, "room").value_or("");
  out.tracks = read_carried<CarriedTrack>(control::part(in, "tracks"), read_carried_track);
  out.scores = read_carried<CarriedScore>(control::part(in, "scores"), read_carried_score);
  out.words = read_carried<CarriedWords>(control::part(in, "words"), read_carried_words);
  for (const json& song : songs) {
    auto entry = control::ProgrammeEntry::asked(song);
    if (!entry) continue;
    entry->id.clear();
    entry->sung = false;
    drop_unknown(entry->track, out.tracks);
    drop_unknown(entry->plan.words, out.words);
    drop_unknown(entry->plan.score, out.scores);
    drop_unknown(entry->score, out.scores);
    out.songs.push_back(*std::move(entry));
  }
  return out;
}

void CarriedProgramme::drop_track(const std::string& key) {
  tracks.erase(key);
  for (control::ProgrammeEntry& song : songs) drop_unknown(song.track, tracks);
}

void CarriedProgramme::drop_score(const std::string& key) {
  scores.erase(key);
  for (control::ProgrammeEntry& song : songs) {
    drop_unknown(song.plan.score, scores);
    drop_unknown(song.score, scores);
  }
}

void CarriedProgramme::drop_words(const std::string& key) {
  words.erase(key);
  for (control::ProgrammeEntry& song : songs) drop_unknown(song.plan.words, words);
}

}  // namespace roundelay
