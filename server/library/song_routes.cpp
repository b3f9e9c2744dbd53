#include "server/library/song_routes.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>

#include "server/base/text.h"
#include "server/library/catalogue_rows.h"
#include "server/library/removal.h"
#include "server/library/song_fields.h"
#include "server/library/song_filter.h"
#include "server/library/songs.h"
#include "server/library/viewer.h"

namespace roundelay {
namespace {

struct KindType {
  std::string_view kind;
  std::string_view type;
};
constexpr std::array kTypes = {KindType{"mp3", "audio/mpeg"},  KindType{"wav", "audio/wav"},   KindType{"aiff", "audio/aiff"},
                               KindType{"caf", "audio/x-caf"}, KindType{"flac", "audio/flac"}, KindType{"ogg", "audio/ogg"},
                               KindType{"mp4", "audio/mp4"},   KindType{"webm", "audio/webm"}, KindType{"wma", "audio/x-ms-wma"}};

// What the catalogue does not do, as an answer.
LibraryAnswer answer_of(const CatalogueFault& fault) {
  const auto said = [&](int status, const char* code) {
    return fault.said.code.empty() ? library_error(status, code, fault.said.text) : library_error(status, code, fault.said);
  };
  switch (fault.kind) {
    case CatalogueFault::Kind::kNotThere:
      return said(404, "not_found");
    case CatalogueFault::Kind::kNotYours:
      return said(403, "not_allowed");
    case CatalogueFault::Kind::kRefused:
      return said(422, "bad_message");
    case CatalogueFault::Kind::kTakesAlong:
      return said(409, "not_allowed");
    case CatalogueFault::Kind::kUnread:
      break;
  }
  return library_unread();
}

LibraryAnswer answer_with(const FromCatalogue<Song>& song, int status = 200) {
  return song ? library_answer({{"song", to_json(*song)}}, status) : answer_of(song.error());
}

LibraryAnswer list_songs(Library& library, const LibraryRequest& request) {
  const auto filter = song_filter(request.query, {"offset", "limit"});
  if (!filter) return answer_of(filter.error());
  const auto page = page_of(request.query);
  if (!page) return answer_of(page.error());
  const auto found = Songs(library.database).list(viewer_of(request), *filter, *page);
  if (!found) return answer_of(found.error());
  nlohmann::json out = nlohmann::json::array();
  for (const Song& each : found->rows) out.push_back(to_json(each));
  return library_answer({{"songs", std::move(out)}, {"total", found->total}});
}

LibraryAnswer show_song(Library& library, const LibraryRequest& request) {
  return answer_with(Songs(library.database).find(viewer_of(request), request.id()));
}

// The same bytes are the same song: hers, or one that everybody sees. 0: there is none.
FromStore<int64_t> song_of_file(Library& library, const LibraryRequest& request) {
  Query query(library.database.statement("SELECT id FROM songs WHERE hash = ?1 AND (private = 0 OR uploader = ?2) "
                                         "ORDER BY uploader IS ?2 DESC, id LIMIT 1"),
              request.file->sha256, viewer_of(request).account);
  const int result = query.step();
  if (result == SQLITE_ROW) return query.integer(0);
  if (result == SQLITE_DONE) return 0;
  return tl::unexpected(StoreFailure{library.database.error()});
}

LibraryAnswer upload_song(Library& library, const LibraryRequest& request) {
  const ReceivedFile& file = *request.file;
  if (song_content_type(file.kind).empty()) return library_error(422, "no_track", phrase("library_knows_no_such_sound"));
  Songs songs(library.database);
  const auto there = song_of_file(library, request);
  if (!there) return library_unread();
  if (*there != 0) return answer_with(songs.find(viewer_of(request), *there), 201);
  const std::string given = request.text("title");
  const auto title = checked_title(given.empty() ? track_name(file.name) : given, "title");
  if (!title) return answer_of(title.error());
  SongFields fields;
  fields.title = *title;
  fields.is_private = request.account.has_value();
  int64_t id = 0;
  const bool kept = library.database.transaction([&] {
    Query add_file(library.database.statement("INSERT INTO files(hash, bytes, kind) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING"),
                   file.sha256, file.bytes, file.kind);
    if (add_file.step() != SQLITE_DONE) return false;
    id = songs.insert(fields, {.hash = file.sha256, .status = "UPLOADED"}, viewer_of(request).account, request.unix_s);
    return id != 0;
  });
  return kept ? answer_with(songs.find(viewer_of(request), id), 201) : library_unread();
}

LibraryAnswer change_song(Library& library, const LibraryRequest& request) {
  Songs songs(library.database);
  const auto changed = songs.change(viewer_of(request), request.id(), request.body, request.unix_s);
  return changed ? answer_with(songs.find(viewer_of(request), request.id())) : answer_of(changed.error());
}

LibraryAnswer delete_song(Library& library, const LibraryRequest& request) {
  const auto taken = Removal(library.database).remove(viewer_of(request), CatalogueKind::kSong, request.id());
  if (!taken) return answer_of(taken.error());
  library.unneeded_files.insert(library.unneeded_files.end(), taken->files.begin(), taken->files.end());
  return library_answer({{"took_along", to_json(*taken)}});
}

LibraryAnswer send_song(Library& library, const LibraryRequest& request) {
  const auto song = Songs(library.database).find(viewer_of(request), request.id());
  if (!song) return answer_of(song.error());
  if (song->hash.empty()) return library_error(404, "not_found", phrase("library_no_such_song"));
  Query query(library.database.statement("SELECT kind FROM files WHERE hash = ?1"), song->hash);
  if (query.step() != SQLITE_ROW) return library_unread();
  const std::string kind = query.text(0);
  LibraryAnswer answer;
  answer.file = std::make_shared<const LibraryFile>(LibraryFile{.path = library.settings.files_dir + "/" + song->hash,
                                                                .content_type = std::string(song_content_type(kind)),
                                                                .name = song->title + "." + kind,
                                                                .download = !request.argument("download").empty()});
  return answer;
}

using enum LibraryMethod;
using enum LibraryRole;

constexpr std::array kSongRoutes = {
    LibraryRoute{kPost, "/songs/upload", kNobody, upload_song, true},
    LibraryRoute{kGet, "/songs", kNobody, list_songs},
    LibraryRoute{kGet, "/songs/*", kNobody, show_song},
    LibraryRoute{kPatch, "/songs/*", kMember, change_song},
    LibraryRoute{kDelete, "/songs/*", kMember, delete_song},
    LibraryRoute{kGet, "/songs/*/song.mp3", kNobody, send_song},
};

}  // namespace

std::span<const LibraryRoute> song_routes() {
  return kSongRoutes;
}

std::string_view song_content_type(std::string_view kind) {
  const auto* found = std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& each) { return each.kind == kind; });
  return found == kTypes.end() ? std::string_view() : found->type;
}

}  // namespace roundelay
