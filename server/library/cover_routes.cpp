#include "server/library/cover_routes.h"

#include <array>
#include <memory>
#include <string_view>
#include <utility>

#include "server/jobs/song_picture.h"
#include "server/library/albums.h"
#include "server/library/answer_cache.h"
#include "server/library/catalogue_answers.h"
#include "server/library/covers.h"
#include "server/library/drawn_cover.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

constexpr int64_t kFormBytes = 131'072;  // what a form has beside its file

// "?size=160|640"; the largest where it is not said. 0: there is no such size.
int side_of(const LibraryRequest& request) {
  const std::string_view text = request.argument("size");
  if (text.empty()) return kCoverSides.back();
  for (const int side : kCoverSides) {
    if (text == std::to_string(side)) return side;
  }
  return 0;
}

// `hash`: empty where there is none. Who asks for the cover of this hash ("?v=") gets the same for ever; others ask again.
LibraryAnswer show_cover(Library& library, const LibraryRequest& request, const std::string& hash, const std::string& name) {
  const int side = side_of(request);
  if (side == 0) return library_error(400, "bad_message", std::string("“size” is 160 or 640."));
  LibraryAnswer answer = cover_file(library, hash, side, name, side, request.argument("v") == hash);
  if (!answer.file) return answer;
  std::string tag = "\"";
  tag.append(hash).append("-").append(std::to_string(side)).append("\"");
  answer.headers.emplace_back("etag", std::move(tag));
  return unless_known(std::move(answer), request);
}

// Of Songs or Albums.
template <typename Rows>
LibraryAnswer show_cover_of(Library& library, const LibraryRequest& request) {
  const auto row = Rows(library.database).find(viewer_of(request), request.id());
  return row ? show_cover(library, request, row->cover, row->title) : fault_answer(row.error());
}

const MadeCover* brought_cover(const LibraryRequest& request) {
  return request.file && request.file->cover ? &*request.file->cover : nullptr;
}

// What came is no picture: no worker has seen it.
bool lacks_picture(const LibraryRequest& request) {
  return request.method == LibraryMethod::kPut && brought_cover(request) == nullptr;
}

LibraryAnswer no_picture() {
  return library_error(422, "no_picture", phrase("no_picture_file"));
}

// DELETE takes it away. `kName`: of a row of these in the answer.
template <typename Rows, const char* kName, FromCatalogue<void> (Covers::*kMayGive)(const Viewer&, int64_t),
          bool (Covers::*kGive)(int64_t, const MadeCover*, int64_t)>
LibraryAnswer give_cover(Library& library, const LibraryRequest& request) {
  Covers covers(library.database);
  Rows rows(library.database);
  if (const auto may = (covers.*kMayGive)(viewer_of(request), request.id()); !may) return fault_answer(may.error());
  if (lacks_picture(request)) return no_picture();
  const bool given =
      library.database.transaction([&] { return (covers.*kGive)(request.id(), brought_cover(request), request.unix_s); });
  return given ? row_answer(kName, rows.find(viewer_of(request), request.id())) : library_unread();
}
constexpr char kSongName[] = "song", kAlbumName[] = "album";
constexpr LibraryHandler kGiveToSong = give_cover<Songs, kSongName, &Covers::may_give_song, &Covers::give_song>;
constexpr LibraryHandler kGiveToAlbum = give_cover<Albums, kAlbumName, &Covers::may_give_album, &Covers::give_album>;

using enum LibraryMethod;
using enum LibraryRole;

constexpr LibraryRoute takes_picture(std::string_view path, LibraryRole least, LibraryHandler answer) {
  LibraryRoute out{kPut, path, least, answer, true};
  out.takes_picture = true;
  return out;
}

constexpr std::array kCoverRoutes = {
    LibraryRoute{kGet, "/songs/*/cover", kNobody, show_cover_of<Songs>},
    takes_picture("/songs/*/cover", kMember, kGiveToSong),
    LibraryRoute{kDelete, "/songs/*/cover", kMember, kGiveToSong},
    LibraryRoute{kGet, "/albums/*/cover", kNobody, show_cover_of<Albums>},
    takes_picture("/albums/*/cover", kCurator, kGiveToAlbum),
    LibraryRoute{kDelete, "/albums/*/cover", kCurator, kGiveToAlbum},
};

}  // namespace

std::span<const LibraryRoute> cover_routes() {
  return kCoverRoutes;
}

std::optional<LibraryAnswer> refuse_picture(Library& library, const LibraryRequest& request) {
  const auto most = static_cast<int64_t>(kMostCoverFileBytes);
  if (request.coming_bytes > most + kFormBytes) return library_error(413, "too_large", cover_is_too_large());
  Covers covers(library.database);
  const Viewer viewer = viewer_of(request);
  const bool is_song = request.path.starts_with("/songs/");
  const auto may = is_song ? covers.may_give_song(viewer, request.id()) : covers.may_give_album(viewer, request.id());
  return may ? std::nullopt : std::optional(fault_answer(may.error()));
}

LibraryAnswer cover_file(Library& library, const std::string& hash, int side, const std::string& name, int64_t drawn_px,
                         bool immutable) {
  LibraryAnswer answer;
  const auto place = hash.empty() ? std::nullopt : Covers(library.database).find(hash, side);
  if (place) {
    answer.file = std::make_shared<const LibraryFile>(LibraryFile{.path = library.settings.files_dir + "/" + hash,
                                                                  .content_type = "image/webp",
                                                                  .first = place->first,
                                                                  .bytes = place->bytes,
                                                                  .immutable = immutable});
  } else {
    answer.text = std::make_shared<const LibraryText>(LibraryText{"image/svg+xml", drawn_cover(name, drawn_px)});
  }
  return answer;
}

}  // namespace roundelay
