#include "server/conductor/upload_api.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <filesystem>
#include <utility>

#include "server/base/text.h"
#include "server/conductor/insider.h"
#include "server/room/commands.h"
#include "server/wire/control/plan.h"
#include "server/wire/control/score.h"
#include "server/wire/control/score_progress.h"
#include "server/wire/control/track.h"
#include "server/wire/control/track_progress.h"
#include "server/wire/link/piece_place.h"

namespace roundelay {
namespace {

// How long an upload in pieces waits for the next one: a train's tunnel, a phone in a pocket.
constexpr int64_t kSilenceNs = 600'000'000'000;
// What we advise: proxies let bodies of 1 MiB pass when nobody told them more.
constexpr int64_t kPieceBytes = 1'000'000;
constexpr std::string_view kPieces = "pieces-";

ApiAnswer no_upload() {
  return api_error(404, "no_upload", phrase("upload_is_unknown"));
}

std::string minutes(double seconds) {
  const auto whole = static_cast<int64_t>(seconds);
  const std::string rest = std::to_string(whole % 60);
  return std::to_string(whole / 60) + ":" + (rest.size() == 1 ? "0" : "") + rest;
}

// As the room is told of it while it is on its way.
std::string shown_name(UploadKind kind, const std::string& file) {
  return kind == UploadKind::kScore ? score_title(file) : track_name(file);
}
std::string shown_name(const UploadBook::Entry& entry) {
  if (!entry.song) return shown_name(entry.kind, entry.name);
  return checked_name(entry.song->title, kMaxTrackNameCharacters).value_or(track_name(entry.song->title));
}

std::optional<int> plan_tempo(const control::Credits& credits) {
  const auto tempo =
      control::Plan::bpm_field({{"bpm", credits.tempo_bpm ? nlohmann::json(*credits.tempo_bpm) : nlohmann::json()}});
  return tempo.given() ? std::optional(tempo.value) : std::nullopt;
}

std::string request_id(uint64_t request) {
  return "request " + std::to_string(request);
}

UploadBook::Limits book_limits(const Config& config) {
  return {.per_person = config.max_uploads_per_person,
          .per_room = config.max_uploads_per_room,
          .per_address = config.max_uploads_per_address,
          .in_all = config.max_uploads,
          .bytes_in_all = config.max_uploads_bytes};
}

}  // namespace

UploadApi::UploadApi(const Config& config, Rooms& rooms, Store& store, const Tokens& tokens, Queues queues,
                     ProgrammeArrivals& arrivals, ApiClock clock, ApiApply apply)
    : config_(config),
      rooms_(rooms),
      store_(store),
      tokens_(tokens),
      queues_(queues),
      arrivals_(arrivals),
      clock_(std::move(clock)),
      apply_(std::move(apply)),
      book_(book_limits(config)) {
  // Uploads in pieces that a conductor before knew of: nobody else does.
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(config.uploads_dir(), none)) {
    if (entry.path().filename().string().starts_with(kPieces)) unlink(entry.path().c_str());
  }
}

void UploadApi::settings_changed() {
  book_.set_limits(book_limits(config_));
}

ApiAnswer UploadApi::may_upload(const Asker& asker, int64_t size, UploadKind kind) const {
  if (rooms_.find(asker.room) == nullptr) {
    if (const auto stored = stored_room(store_, asker.room); !stored) return stored.error();
  }
  const auto [open, person] = insider(rooms_, tokens_, asker.room, asker.token);
  if (!person) return api_error(401, "bad_token", phrase("files_are_for_people_inside"));
  if (kind == UploadKind::kScore && !open->room.may_change_scores(*person))
    return api_error(403, "not_allowed", phrase(kScoresAreTheirs));
  if (kind == UploadKind::kProgramme && !open->room.may_prepare(*person))
    return api_error(403, "not_allowed", phrase(kProgrammeIsTheirs));
  if (ApiAnswer may = may_be_taken(open->room, size, kind); may.status != 100) return may;
  if (!of(kind).has_room()) return api_error(503, "busy", phrase(sentences_of(kind).too_many));
  return {100, nlohmann::json::object()};
}

ApiAnswer UploadApi::may_be_taken(const Room& room, int64_t size, UploadKind kind) const {
  const char* const code = sentences_of(kind).refused;
  const int64_t megabytes = (kind == UploadKind::kScore ? kMostScoreBytes : config_.max_upload_bytes) / 1'000'000;
  if (kind == UploadKind::kScore) {
    if (size < 1) return api_error(422, code, phrase("empty_score"));
    if (size > kMostScoreBytes) {
      return api_error(413, "too_large", phrase("score_is_too_large", {{"most", megabytes}}));
    }
    if (room.scores().size() >= kMostRoomScores)
      return api_error(422, code, phrase("room_has_all_scores", {{"most", kMostRoomScores}}));
    return {100, nlohmann::json::object()};
  }
  if (kind == UploadKind::kProgramme) {
    if (size < 1) return api_error(422, code, phrase("empty_programme"));
    if (size > config_.max_upload_bytes) {
      return api_error(413, "too_large", phrase("programme_file_is_too_large", {{"most", megabytes}}));
    }
    return {100, nlohmann::json::object()};
  }
  if (size < 1) return api_error(422, code, phrase("empty_track"));
  if (size > config_.max_upload_bytes) {
    return api_error(413, "too_large", phrase("track_file_is_too_large", {{"most", megabytes}}));
  }
  if (room.tracks().size() >= kMostRoomTracks)
    return api_error(422, code, phrase("room_has_all_tracks", {{"most", kMostRoomTracks}}));
  return {100, nlohmann::json::object()};
}

// --- In one request ------------------------------------------------------------------------------------------------

ApiAnswer UploadApi::may_take(const Asker& asker, int64_t size, const link::LibrarySong* song) const {
  ApiAnswer may = may_upload(asker, size, UploadKind::kTrack);
  if (may.status != 100 || song == nullptr || !song->entry) return may;
  const Room& room = rooms_.find(asker.room)->room;
  if (!room.may_prepare(*insider(rooms_, tokens_, asker.room, asker.token).person))
    return api_error(403, "not_allowed", phrase(kProgrammeIsTheirs));
  if (room.programme().is_full()) return api_error(422, "programme_full", phrase("programme_is_full"));
  return may;
}

ApiAnswer UploadApi::check(const Asker& asker, uint64_t request, int64_t size, uint64_t link, const link::LibrarySong* song) {
  ApiAnswer may = may_take(asker, size, song);
  if (may.status != 100) return may;
  const auto entered = book_.enter(
      request_id(request), {.room = asker.room, .person = *id_of(asker), .address = asker.address, .size = size, .link = link});
  return entered ? may : api_error(429, "too_fast", entered.error());
}

void UploadApi::gone(uint64_t request) {
  const UploadBook::Entry* entry = book_.find(request_id(request));
  if (entry != nullptr && !entry->preparing) book_.remove(request_id(request));
}

void UploadApi::take(const Asker& asker, uint64_t request, const std::string& name, const std::string& file, int64_t size,
                     Reply reply, std::optional<link::LibrarySong> song) {
  const std::string id = request_id(request);
  if (ApiAnswer may = may_take(asker, size, song ? &*song : nullptr); may.status != 100) {
    book_.remove(id);
    queues_.tracks.discard(file);
    return reply(std::move(may));
  }
  book_.enter_anyway(id, {.room = asker.room,
                          .person = *id_of(asker),
                          .address = asker.address,
                          .size = size,
                          .name = name,
                          .song = std::move(song)});
  prepare(id, file, std::move(reply));
}

// --- In pieces -----------------------------------------------------------------------------------------------------

std::string UploadApi::piece_file(const std::string& id) const {
  return config_.uploads_dir() + "/" + std::string(kPieces) + id + ".upload";
}

std::optional<PersonId> UploadApi::id_of(const Asker& asker) const {
  // Somebody who has gone for a moment goes on with what she began.
  if (const auto opened = tokens_.open(asker.token))
    return opened->room == asker.room ? std::optional(opened->person) : std::nullopt;
  const auto program = insider(rooms_, tokens_, asker.room, asker.token).person;
  return program ? std::optional(program->id) : std::nullopt;
}

UploadBook::Entry* UploadApi::own(const Asker& asker, const std::string& id) {
  UploadBook::Entry* entry = is_id(id) ? book_.find(id) : nullptr;
  return entry != nullptr && asker.room == entry->room && id_of(asker) == entry->person ? entry : nullptr;
}

ApiAnswer UploadApi::begin(const Asker& asker, const std::string& name, int64_t size, double seconds, UploadKind kind) {
  if (ApiAnswer may = may_upload(asker, size, kind); may.status != 100) return may;
  if (kind == UploadKind::kTrack && seconds > config_.max_track_seconds + 1) {
    return api_error(422, "no_track",
                     phrase("track_is_too_long", {{"minutes", minutes(seconds)}, {"most", minutes(config_.max_track_seconds)}}));
  }
  const std::string id = make_id();
  const UploadBook::Entry entry{.room = asker.room,
                                .person = *id_of(asker),
                                .address = asker.address,
                                .size = size,
                                .name = name,
                                .heard_ns = clock_.now().ns,
                                .kind = kind};
  // After a page that was closed in the middle, say.
  if (const auto before = book_.begun_before(entry)) {
    book_.remove(*before);
    queues_.tracks.discard(piece_file(*before));
  }
  const auto entered = book_.enter(id, entry);
  if (!entered) return api_error(429, "too_fast", entered.error());
  return {201, {{"upload", id}, {"name", shown_name(kind, name)}, {"offset", 0}, {"size", size}, {"piece_bytes", kPieceBytes}}};
}

ApiAnswer UploadApi::show(const Asker& asker, const std::string& id) {
  const UploadBook::Entry* entry = own(asker, id);
  if (entry == nullptr) return no_upload();
  return {200, {{"upload", id}, {"offset", entry->received}, {"size", entry->size}, {"piece_bytes", kPieceBytes}}};
}

ApiAnswer UploadApi::cancel(const Asker& asker, const std::string& id) {
  const UploadBook::Entry* entry = own(asker, id);
  if (entry == nullptr || entry->preparing) return no_upload();
  book_.remove(id);
  queues_.tracks.discard(piece_file(id));
  return {200, nlohmann::json::object()};
}

ApiAnswer UploadApi::check_piece(const Asker& asker, const std::string& id, int64_t offset, int64_t size) {
  UploadBook::Entry* entry = own(asker, id);
  if (entry == nullptr || entry->preparing) return no_upload();
  if (offset != entry->received || size < 1 || size > entry->size - offset) {
    ApiAnswer answer =
        api_error(409, "bad_offset", "The next piece of this upload begins at byte " + std::to_string(entry->received) + ".");
    answer.body["offset"] = entry->received;
    return answer;
  }
  entry->heard_ns = clock_.now().ns;
  return {100, link::PiecePlace{piece_file(id), entry->size}.to_json()};
}

void UploadApi::take_piece(const Asker& asker, const std::string& id, int64_t offset, int64_t size, Reply reply) {
  // The same piece may have come twice, over a line that broke and over the next one.
  if (ApiAnswer check = check_piece(asker, id, offset, size); check.status != 100) return reply(std::move(check));
  UploadBook::Entry& entry = *own(asker, id);
  entry.received += size;
  if (entry.received < entry.size) return reply(show(asker, id));
  if (ApiAnswer may = may_upload(asker, entry.size, entry.kind); may.status != 100) {
    book_.remove(id);
    queues_.tracks.discard(piece_file(id));
    return reply(std::move(may));
  }
  prepare(id, piece_file(id), std::move(reply));
}

// --- What becomes of it ----------------------------------------------------------------------------------------------

void UploadApi::tell(const std::string& room, nlohmann::json message) {
  if (OpenRoom* open = rooms_.find(room)) apply_(*open, {effect::ToRoom{std::move(message)}});
}

void UploadApi::tell_progress(const UploadBook::Entry& entry, const std::string& name, double progress,
                              std::optional<Sentence> error) {
  const control::TrackProgress told{name, progress, std::move(error)};
  if (entry.kind == UploadKind::kScore) return tell(entry.room, control::ScoreProgress{told}.to_json());
  if (entry.kind == UploadKind::kTrack) tell(entry.room, told.to_json());
}

void UploadApi::prepare(const std::string& id, const std::string& file, Reply reply) {
  UploadBook::Entry& entry = *book_.find(id);
  entry.preparing = true;
  entry.link = 0;
  const std::string name = shown_name(entry);
  of(entry.kind)
      .submit(
          entry.room, file, [this, entry, name](double progress) { tell_progress(entry, name, progress, {}); },
          [this, id, name, reply = std::move(reply)](const tl::expected<Uploads::Result, Uploads::Failure>& outcome) {
            const UploadBook::Entry ended = *book_.find(id);
            book_.remove(id);
            if (outcome) return stored(ended, name, *outcome, reply);
            tell_progress(ended, name, 1, outcome.error().said);
            reply(api_error(outcome.error().status, outcome.error().code, outcome.error().said));
          });
}

void UploadApi::stored(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result,
                       const Reply& reply) {
  if (entry.kind == UploadKind::kProgramme) return arrivals_.add(entry.room, entry.person, result.programme, reply);
  if (entry.song && entry.song->entry) return put_entry(entry, name, result, reply);
  nlohmann::json shown;
  const bool kept = entry.kind == UploadKind::kScore ? put_score(entry, result, shown) : put_track(entry, name, result, shown);
  if (!kept) {
    spdlog::error("an upload cannot be stored: {}", store_.error());
    const Sentence sentence = phrase(sentences_of(entry.kind).not_stored);
    tell_progress(entry, name, 1, sentence);
    return reply(api_error(503, "busy", sentence));  // its blob goes at the next start
  }
  reply({201, std::move(shown)});
}

bool UploadApi::put_track(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result,
                          nlohmann::json& shown) {
  const Track track{make_id(),
                    name,
                    result.seconds,
                    result.channels,
                    result.loudness,
                    result.sha256,
                    entry.person,
                    entry.song ? entry.song->credits : control::Credits{},
                    entry.song ? entry.song->id : 0};
  shown = {{"track", as_shown(track).to_json()}};
  // The room may have been given up meanwhile: then the track waits in the store.
  OpenRoom* open = rooms_.find(entry.room);
  const int64_t unix_now = clock_.unix_now();
  if (open == nullptr) return store_.add_track(entry.room, track, unix_now);
  Effects effects;
  if (!rooms_.add_track(*open, track, unix_now, effects)) return false;
  apply_(*open, effects);
  if (entry.song) put_words(*open, entry, name);
  return true;
}

void UploadApi::put_words(OpenRoom& open, const UploadBook::Entry& entry, const std::string& title) {
  const std::string& text = entry.song->words;
  const Person* person = open.room.find(entry.person);
  const WordsFormat format = guessed_format(text);
  const auto words = parse_words(text, format);
  if (text.empty() || !words || person == nullptr || !open.room.may_change_words(*person)) return;
  if (open.room.sheets().size() >= kMostRoomSheets) return;
  const Sheet sheet{.id = make_id(), .title = title, .format = format, .version = 1, .times = times_of(words->lines)};
  if (!store_.add_sheet(open.room.id(), sheet, text, clock_.unix_now())) return;
  Effects effects;
  open.room.put_sheet(sheet, effects);
  apply_(open, effects);
}

void UploadApi::put_entry(const UploadBook::Entry& entry, const std::string& name, const Uploads::Result& result,
                          const Reply& reply) {
  ReadProgramme read;
  CarriedProgramme& programme = read.programme;
  control::ProgrammeEntry song{.title = name, .track = "track"};
  song.plan.bpm_tenths = plan_tempo(entry.song->credits);
  const std::string& text = entry.song->words;
  if (!text.empty()) {
    song.plan.words = "words";
    programme.words["words"] = {.title = name, .format = std::string(name_of(guessed_format(text))), .text = text};
  }
  programme.tracks["track"] = {name,          result.seconds,      result.channels, result.loudness,
                               result.sha256, entry.song->credits, entry.song->id};
  programme.songs.push_back(std::move(song));
  arrivals_.add(entry.room, entry.person, std::move(read), reply);
}

bool UploadApi::put_score(const UploadBook::Entry& entry, const Uploads::Result& result, nlohmann::json& shown) {
  const Score score{.id = make_id(),
                    .title = score_title(entry.name),
                    .pages = result.pages,
                    .sha256 = result.sha256,
                    .uploader = entry.person};
  shown = {{"score", as_shown(score).to_json()}};
  if (!store_.add_score(entry.room, score, clock_.unix_now())) return false;
  if (OpenRoom* open = rooms_.find(entry.room)) {
    Effects effects;
    open->room.add_score(score, effects);
    apply_(*open, effects);
  }
  return true;
}

void UploadApi::shard_started(int index, int64_t pid) {
  const std::string shards = "shard" + std::to_string(index) + "-";
  const std::string own = shards + std::to_string(pid) + "-";
  std::error_code none;
  for (const auto& entry : std::filesystem::directory_iterator(config_.uploads_dir(), none)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(shards) && !name.starts_with(own) && !queues_.tracks.has(entry.path().string()))
      unlink(entry.path().c_str());
  }
}

Uploads& UploadApi::of(UploadKind kind) const {
  switch (kind) {
    case UploadKind::kTrack:
      return queues_.tracks;
    case UploadKind::kScore:
      return queues_.scores;
    case UploadKind::kProgramme:
      break;
  }
  return queues_.programmes;
}

void UploadApi::tick() {
  for (const std::string& id : book_.take_silent(clock_.now().ns - kSilenceNs)) queues_.tracks.discard(piece_file(id));
}

void UploadApi::review_blob(UploadKind kind, const std::string& sha256) {
  const bool used = kind == UploadKind::kScore ? store_.score_blob_is_used(sha256)
                                               : store_.blob_is_used(sha256) || rooms_.is_playing(sha256, clock_.now());
  if (used || of(kind).is_storing(sha256) || queues_.programmes.is_storing(sha256) || arrivals_.needs(sha256)) return;
  unlink(of(kind).blob_path(sha256).c_str());
}

}  // namespace roundelay
