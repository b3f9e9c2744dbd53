#include "server/library/song_routes.h"

#include <algorithm>
#include <array>
#include <fstream>

#include "codec/waveform.h"
#include "server/base/text.h"
#include "server/library/catalogue_answers.h"
#include "server/library/catalogue_routes.h"
#include "server/library/derived_files.h"
#include "server/library/job_kinds.h"
#include "server/library/long_page.h"
#include "server/library/sifted_songs.h"
#include "server/library/song_fields.h"
#include "server/library/song_filter.h"
#include "server/library/song_jobs.h"
#include "server/library/songs.h"
#include "server/library/uploading_songs.h"
#include "server/wire/link/library_song.h"

namespace roundelay {
namespace {

constexpr int64_t kSongsOfAPage = 100;

struct KindType {
  std::string_view kind;
  std::string_view type;
};
constexpr std::array kTypes = {KindType{"mp3", "audio/mpeg"},  KindType{"wav", "audio/wav"},   KindType{"aiff", "audio/aiff"},
                               KindType{"caf", "audio/x-caf"}, KindType{"flac", "audio/flac"}, KindType{"ogg", "audio/ogg"},
                               KindType{"mp4", "audio/mp4"},   KindType{"webm", "audio/webm"}, KindType{"wma", "audio/x-ms-wma"}};

LibraryAnswer no_such_file() {
  return library_error(404, "not_found", phrase("library_no_such_song"));
}

// Of a filter that every song is asked for.
std::shared_ptr<LongPage<CatalogueSong>> sifted_page(const Viewer& viewer, const Page& page, const SongFilter& filter) {
  const auto sifted = std::make_shared<SiftedSongs>(condition_of(filter, viewer), filter.order, page);
  return std::make_shared<LongPage<CatalogueSong>>(LongPage<CatalogueSong>::Source{
      [sifted](LibraryDatabase& database, LongPageRows& rows) {
        const auto last = sifted->go_on(database);
        if (last && *last) rows = {sifted->total(), std::move(sifted->ids())};
        return last;
      },
      [viewer](LibraryDatabase& database, int64_t id) { return Songs(database).find(viewer, id); }});
}

// Filters, and "after" with "next" where they come in the order of their coming; otherwise "offset".
LibraryAnswer list_songs(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query, {.offset = 0, .limit = kSongsOfAPage});
  if (!page) return fault_answer(page.error());
  const auto filter = song_filter(request.query, {"offset", "limit"});
  if (!filter) return fault_answer(filter.error());
  const auto answer = [page = *page, order = filter->order](const FromCatalogue<PageOf<CatalogueSong>>& found) {
    if (!found) return fault_answer(found.error());
    const bool more = order == SongOrder::kOldest && static_cast<int64_t>(found->rows.size()) == page.limit;
    return library_answer({{"songs", rows_json(found->rows)},
                           {"total", found->total},
                           {"next", more ? nlohmann::json(found->rows.back().id) : nlohmann::json()}});
  };
  const Viewer viewer = viewer_of(request);
  const bool asks_all = asks_every_song(*filter);
  if (page->limit <= kSongsOfAPage && !asks_all) return answer(Songs(library.database).list(viewer, *filter, *page));
  const auto songs = asks_all ? sifted_page(viewer, *page, *filter) : long_page<Songs, CatalogueSong>(viewer, *page, *filter);
  return marked_at_length(
      request, [songs](Library& then) { return songs->read_on(then.database); },
      [songs, answer] { return answer(songs->read()); });
}

LibraryAnswer show_song(Library& library, const LibraryRequest& request) {
  return row_answer("song", Songs(library.database).find(viewer_of(request), request.id()));
}

// The same bytes are the same song: hers, or one that everybody sees. 0: there is none; nothing: the database cannot be read.
std::optional<int64_t> song_of_file(Library& library, const LibraryRequest& request) {
  const Viewer viewer = viewer_of(request);
  return sql_integer(
      library.database,
      "SELECT id FROM songs WHERE hash = ?1 AND (private = 0 OR uploader = ?2) ORDER BY uploader IS ?2 DESC, id LIMIT 1",
      {request.file->sha256, viewer.account});
}

// The row that was listed while the file came becomes the song, with whatever was said of it meanwhile. 0: it was deleted, or
// has got another file.
int64_t song_that_came(Library& library, const LibraryRequest& request, const std::string& title) {
  const ReceivedFile& file = *request.file;
  const UploadingSong& row = *request.uploading;
  Songs songs(library.database);
  auto fields = songs.fields(viewer_of(request), row.id);
  if (!fields || !run_sql(library.database, "UPDATE songs SET hash = ?, status = 'UPLOADED' WHERE id = ? AND status = ?",
                          {file.sha256, row.id, kUploadingStatus}))
    return 0;
  if (fields->title == row.title) fields->title = title;
  return songs.update(row.id, *fields, request.unix_s) ? row.id : 0;
}

// Whether its uploader has deleted it while it came.
bool was_cancelled(Library& library, const LibraryRequest& request) {
  return request.uploading && sql_integer(library.database, "SELECT 1 FROM songs WHERE id = ?", {request.uploading->id}) == 0;
}
bool still_stands(Library& library, const UploadingSong& row) {
  return sql_integer(library.database, "SELECT 1 FROM songs WHERE id = ? AND status = ?", {row.id, kUploadingStatus}) == 1;
}

LibraryAnswer upload_song(Library& library, const LibraryRequest& request) {
  const ReceivedFile& file = *request.file;
  if (song_content_type(file.kind).empty()) return library_error(422, "no_track", phrase("library_knows_no_such_sound"));
  const Viewer viewer = viewer_of(request);
  if (was_cancelled(library, request)) return library_error(404, "not_found", phrase("library_no_such_song"));
  auto id = song_of_file(library, request);
  if (!id) return library_unread();
  Songs songs(library.database);
  if (*id != 0) return row_answer("song", songs.find(viewer, *id), 201);
  if (auto refused = refuse_for_space(library, request, file.bytes)) return *std::move(refused);
  const std::string given = request.text("title");
  const auto title = checked_title(given.empty() ? title_of_file(file.name) : given, "title");
  if (!title) return fault_answer(title.error());
  SongFields fields;
  fields.title = *title;
  fields.is_private = viewer.account != 0;
  const bool kept = library.database.transaction([&] {
    if (!run_sql(library.database, "INSERT INTO files (hash, bytes, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                 {file.sha256, file.bytes, file.kind}))
      return false;
    id = request.uploading && still_stands(library, *request.uploading)
             ? song_that_came(library, request, *title)
             : songs.insert(fields, {.hash = file.sha256, .status = "UPLOADED"}, viewer.account, request.unix_s);
    return *id != 0 && (!given.empty() || SongJobs(library.database).note_title(*id, fields.title));
  });
  return kept ? row_answer("song", songs.find(viewer, *id), 201) : library_unread();
}

LibraryAnswer change_song(Library& library, const LibraryRequest& request) {
  Songs songs(library.database);
  return changed_answer("song", songs, request, songs.change(viewer_of(request), request.id(), request.body, request.unix_s));
}

LibraryAnswer retry_song(Library& library, const LibraryRequest& request) {
  Songs songs(library.database);
  return changed_answer("song", songs, request, songs.retry(viewer_of(request), request.id()));
}

LibraryAnswer delete_song(Library& library, const LibraryRequest& request) {
  return remove_from_catalogue(library, request, CatalogueKind::kSong);
}

LibraryAnswer send_song(Library& library, const LibraryRequest& request) {
  const auto song = Songs(library.database).find(viewer_of(request), request.id());
  if (!song) return fault_answer(song.error());
  if (song->hash.empty()) return no_such_file();
  std::string kind;
  if (!each_row(library.database, "SELECT kind FROM files WHERE hash = ?", {song->hash},
                [&](const SqlRow& row) { kind = row.text(0); }))
    return library_unread();
  LibraryAnswer answer;
  answer.file = original_file(library.settings.files_dir, song->hash, kind, song->title, !request.argument("download").empty());
  return answer;
}

// For the shard, which takes it into the room: link::LibrarySong and the file's size.
LibraryAnswer song_for_room(Library& library, const LibraryRequest& request) {
  const Viewer viewer = viewer_of(request);
  Songs songs(library.database);
  const auto song = songs.find(viewer, request.id());
  if (!song) return fault_answer(song.error());
  auto words = songs.words(viewer, song->id);
  if (!words) return fault_answer(words.error());
  const auto bytes = sql_integer(library.database, "SELECT COALESCE(MAX(bytes), 0) FROM files WHERE hash = ?", {song->hash});
  if (!bytes) return library_unread();
  if (*bytes == 0) return library_error(422, "no_track", phrase("library_song_has_no_file"));
  const control::Credits credits{.artist = song->artist,
                                 .album = song->album,
                                 .key = song->key,
                                 .licence = song->licence,
                                 .attribution = song->attribution,
                                 .link = song->link,
                                 .tempo_bpm = song->tempo_bpm};
  LibraryAnswer answer = library_answer(
      link::LibrarySong{.id = song->id, .title = song->title, .credits = credits, .words = *std::move(words)}.to_json());
  answer.data["bytes"] = *bytes;
  answer.file =
      std::make_shared<const LibraryFile>(LibraryFile{.path = library.settings.files_dir + "/" + song->hash, .content_type = {}});
  return answer;
}

// {"waveform": {"points": [0 to 255, ...], "rms": [as many]}}.
LibraryAnswer show_waveform(Library& library, const LibraryRequest& request) {
  const auto song = Songs(library.database).find(viewer_of(request), request.id());
  if (!song) return fault_answer(song.error());
  const auto bytes = DerivedFiles(library.database, library.settings.files_dir).bytes(song->hash, kWaveformKind);
  if (!bytes) return library_unread();
  std::string content(static_cast<size_t>(*bytes), '\0');
  std::ifstream file(DerivedFiles::path(library.settings.files_dir, song->hash, kWaveformKind), std::ios::binary);
  if (!is_waveform_size(*bytes) || !file.read(content.data(), *bytes))
    return library_error(404, "not_found", phrase("library_no_waveform_yet"));
  nlohmann::json points = nlohmann::json::array(), rms = nlohmann::json::array();
  for (size_t i = 0; i < content.size(); ++i)
    (i < content.size() / 2 ? points : rms).push_back(static_cast<unsigned char>(content[i]));
  return library_answer({{"waveform", {{"points", std::move(points)}, {"rms", std::move(rms)}}}});
}

using enum LibraryMethod;
using enum LibraryRole;

constexpr std::array kSongRoutes = {
    LibraryRoute{kPost, "/songs/upload", kNobody, upload_song, true},
    LibraryRoute{kGet, "/songs", kNobody, list_songs, false, true, kNeedsListOfSongs},
    LibraryRoute{kGet, "/songs/*", kNobody, show_song, false, true, kNeedsThisSong | kNeedsItsPlace},
    LibraryRoute{kPatch, "/songs/*", kMember, change_song},
    LibraryRoute{kDelete, "/songs/*", kMember, delete_song},
    LibraryRoute{kPost, "/songs/*/retry", kMember, retry_song},
    LibraryRoute{kGet, "/songs/*/song.mp3", kNobody, send_song},
    LibraryRoute{kGet, "/songs/*/waveform", kNobody, show_waveform, false, true},
    LibraryRoute{kPost, "/songs/*/room", kNobody, song_for_room},
};

}  // namespace

std::span<const LibraryRoute> song_routes() {
  return kSongRoutes;
}

std::shared_ptr<const LibraryFile> original_file(const std::string& files_dir, const std::string& hash, const std::string& kind,
                                                 const std::string& title, bool download) {
  return std::make_shared<const LibraryFile>(LibraryFile{.path = files_dir + "/" + hash,
                                                         .content_type = std::string(song_content_type(kind)),
                                                         .name = title + "." + kind,
                                                         .download = download,
                                                         .lasting = true});
}

std::string_view song_content_type(std::string_view kind) {
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& each) { return each.kind == kind; });
  return found == kTypes.end() ? std::string_view() : found->type;
}

}  // namespace roundelay
