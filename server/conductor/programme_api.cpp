#include "server/conductor/programme_api.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "server/conductor/insider.h"
#include "server/net/pool_work.h"
#include "server/room/commands.h"
#include "server/wire/link/piece_place.h"

namespace roundelay {
namespace {

constexpr std::string_view kExportFile = "export-";
constexpr size_t kMostExports = 2;              // are written at once
constexpr int kMostProgrammesAMinute = 20;      // from one address
constexpr int64_t kFetchedNs = 60'000'000'000;  // within so much a file is fetched by the shard that asked for it

ApiAnswer programme_unread(const Store& store) {
  spdlog::error("a programme cannot be read: {}", store.error());
  return api_error(503, "busy", phrase("programmes_unread"));
}

template <typename Things>
const typename Things::value_type* of_id(const Things& things, const std::optional<std::string>& id) {
  if (!id) return nullptr;
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == *id; });
  return found == things.end() ? nullptr : &*found;
}

CarriedScore carried(const Score& score) {
  CarriedScore out{score.title, {}, score.sha256};
  for (const ScorePage& page : score.pages) out.pages.push_back({page.bytes, page.width, page.height});
  return out;
}

}  // namespace

ProgrammeApi::ProgrammeApi(Parts parts) : parts_(std::move(parts)), asked_(kMostProgrammesAMinute, kMinuteNs) {
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(parts_.config.uploads_dir(), none)) {
    if (entry.path().filename().string().starts_with(kExportFile)) unlink(entry.path().c_str());
  }
}

tl::expected<OpenRoom*, ApiAnswer> ProgrammeApi::room_of(const link::UploadAsker& asker, PersonId& person) {
  const auto [open, found] = insider(parts_.rooms, parts_.tokens, asker.room, asker.token);
  if (!found) return tl::unexpected(api_error(401, "bad_token", phrase("programme_is_for_people_inside")));
  if (!open->room.may_prepare(*found)) return tl::unexpected(api_error(403, "not_allowed", phrase(kProgrammeIsTheirs)));
  if (!asked_.allow(asker.address, parts_.clock.now().ns))
    return tl::unexpected(api_error(429, "too_fast", phrase("too_many_programmes_asked")));
  person = found->id;
  return open;
}

void ProgrammeApi::answer(const link::Programme& asked, Reply reply) {
  PersonId person = 0;
  const auto open = room_of(asked.asker, person);
  if (!open) return reply(open.error());
  if (asked.wish == link::Programme::Wish::kExport) return write_file(**open, reply);
  copy(**open, person, asked.body, std::move(reply));
}

size_t ProgrammeApi::being_written() const {
  return static_cast<size_t>(std::count_if(files_.begin(), files_.end(), [](const File& file) { return file.made_ns == 0; }));
}

void ProgrammeApi::write_file(const OpenRoom& open, const Reply& reply) {
  const std::string& room = open.room.id();
  if (open.room.programme().entries().empty()) return reply(api_error(422, "no_programme", phrase("programme_is_empty")));
  const bool busy =
      std::any_of(files_.begin(), files_.end(), [&](const File& file) { return file.made_ns == 0 && file.room == room; });
  if (busy || being_written() >= kMostExports) return reply(api_error(503, "busy", phrase("another_programme_is_written")));
  auto programme = programme_of(room, nullptr);
  if (!programme) return reply(programme.error());
  const std::string name = programme->room;
  const std::string path =
      std::string(parts_.config.uploads_dir()).append("/").append(kExportFile).append(make_id()).append(".zip");
  File& file = files_.emplace_back(File{room, path});
  using Written = tl::expected<void, Sentence>;
  const BlobFolders blobs{parts_.config.tracks_dir(), parts_.config.scores_dir()};
  file.writing = on_the_pool<Written>(
      parts_.loop,
      [programme = *std::move(programme), blobs, path, most = parts_.config.max_upload_bytes] {
        return write_programme_zip(programme, blobs, path, most);
      },
      [this, path, name, reply](const Written& written) {
        const auto made = std::find_if(files_.begin(), files_.end(), [&](const File& each) { return each.path == path; });
        made->made_ns = parts_.clock.now().ns;
        made->writing.reset();
        if (written) {
          nlohmann::json body = link::PiecePlace{path, 0}.to_json();
          body["name"] = name;
          reply({200, std::move(body)});
        } else {
          files_.erase(made);
          reply(api_error(503, "busy", written.error()));
        }
        parts_.finish();
      });
  if (file.writing) return;
  files_.pop_back();
  reply(api_error(503, "busy", phrase("server_is_busy")));
}

void ProgrammeApi::tick() {
  const int64_t before = parts_.clock.now().ns - kFetchedNs;
  std::erase_if(files_, [&](const File& file) {
    if (file.made_ns == 0 || file.made_ns > before) return false;
    unlink(file.path.c_str());
    return true;
  });
}

void ProgrammeApi::copy(const OpenRoom& open, PersonId person, const nlohmann::json& body, Reply reply) {
  const auto from = text_field(body, "from");
  const auto key = text_field(body, "key");
  if (!from.given() || !key.given())
    return reply(api_error(400, "bad_message", "The body must have from, the other room's id, and key, its organiser's key."));
  if (from.value == open.room.id()) return reply(api_error(422, "same_room", phrase("same_room")));
  const auto stored = stored_room(parts_.store, from.value);
  if (!stored) return reply(stored.error());
  if (!key_fits(key.value, stored->key_hash)) return reply(api_error(403, "not_allowed", phrase("old_link_of_other_room")));
  auto programme = programme_of(from.value, &*stored);
  if (!programme) return reply(programme.error());
  if (programme->songs.empty()) return reply(api_error(422, "no_programme", phrase("other_programme_is_empty")));
  parts_.arrivals.add(open.room.id(), person, {*std::move(programme)}, std::move(reply));
}

tl::expected<CarriedProgramme, ApiAnswer> ProgrammeApi::programme_of(const std::string& room, const StoredRoom* stored) {
  CarriedProgramme out;
  std::vector<control::ProgrammeEntry> songs;
  std::vector<Track> tracks;
  std::vector<Score> scores;
  std::vector<Sheet> sheets;
  if (const OpenRoom* open = parts_.rooms.find(room)) {
    out.room = open->room.name();
    songs = open->room.programme().entries();
    tracks = open->room.tracks();
    scores = open->room.scores();
    sheets = open->room.sheets();
  } else {
    auto stored_tracks = parts_.store.tracks(room);
    auto stored_scores = parts_.store.scores(room);
    auto stored_sheets = parts_.store.sheets(room);
    if (stored == nullptr || !stored_tracks || !stored_scores || !stored_sheets)
      return tl::unexpected(programme_unread(parts_.store));
    out.room = stored->name;
    songs = Programme::from_stored(control::part(stored->settings, "programme")).entries();
    tracks = *std::move(stored_tracks);
    scores = *std::move(stored_scores);
    sheets = *std::move(stored_sheets);
  }
  for (control::ProgrammeEntry& song : songs) {
    song.id.clear();
    song.sung = false;
    song.score.reset();
    const Track* track = of_id(tracks, song.track);
    const Score* score = of_id(scores, song.plan.score);
    const Sheet* sheet = of_id(sheets, song.plan.words);
    if (track == nullptr) song.track.reset();
    if (score == nullptr) song.plan.score.reset();
    if (sheet == nullptr) song.plan.words.reset();
    if (track != nullptr)
      out.tracks[track->id] = {track->name,   track->seconds, track->channels,    track->loudness,
                               track->sha256, track->credits, track->library_song};
    if (score != nullptr) out.scores[score->id] = carried(*score);
    if (sheet != nullptr && !out.words.contains(sheet->id)) {
      auto text = parts_.store.sheet_text(room, sheet->id);
      if (!text) return tl::unexpected(programme_unread(parts_.store));
      out.words[sheet->id] = {sheet->title, std::string(name_of(sheet->format)), sheet->times, text->value_or("")};
    }
    out.songs.push_back(std::move(song));
  }
  return out;
}

}  // namespace roundelay
