#include "server/library/opus_routes.h"

#include <algorithm>
#include <array>

#include "server/library/catalogue_answers.h"
#include "server/library/opus_copies.h"
#include "server/library/song_routes.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// Nothing: of none that is made.
std::optional<int64_t> wanted_kbits(const LibraryRequest& request) {
  const std::string_view given = request.argument("kbits");
  if (given.empty()) return kUsualOpusKbits;
  const auto* found =
      std::find_if(kOpusKbits.begin(), kOpusKbits.end(), [&](int64_t kbits) { return given == std::to_string(kbits); });
  return found == kOpusKbits.end() ? std::nullopt : std::optional(*found);
}

LibraryAnswer in_a_moment() {
  LibraryAnswer out = library_answer({{"status", "MAKING"}}, 202);
  out.headers.emplace_back("retry-after", "1");
  return out;
}

// Its own address, so that what comes part by part is parts of one file.
LibraryAnswer original_meanwhile() {
  LibraryAnswer out = library_answer(nullptr, 302);
  out.headers.emplace_back("location", "song.mp3");
  return out;
}

LibraryAnswer send_opus(Library& library, const LibraryRequest& request) {
  const auto kbits = wanted_kbits(request);
  if (!kbits) return library_error(422, "bad_message", std::string("kbits is 48 or 96."));
  const auto song = Songs(library.database).find(viewer_of(request), request.id());
  if (!song) return fault_answer(song.error());
  if (song->hash.empty()) return library_error(404, "not_found", phrase("library_no_such_song"));
  OpusSource source{.song = song->id, .hash = song->hash, .kind = {}, .title = song->title, .length_ms = song->length_ms};
  if (!each_row(library.database, "SELECT kind, bytes FROM files WHERE hash = ?", {song->hash}, [&](const SqlRow& row) {
        source.kind = row.text(0);
        source.bytes = row.integer(1);
      }))
    return library_unread();
  LibraryAnswer answer;
  if (OpusCopies::takes_no_more(source, *kbits)) {
    answer.file = original_file(library.settings.files_dir, source.hash, source.kind, source.title);
    return answer;
  }
  OpusCopies copies(library.database, library.settings.files_dir);
  const auto state = copies.want(source, *kbits, viewer_of(request).account, request.unix_s);
  if (!state) return library_unread();
  if (*state == OpusCopies::State::kMade) {
    ++library.opus.sent;
    answer.file = copies.file(source, *kbits);
    return answer;
  }
  ++library.opus.not_made;
  if (request.argument("meanwhile") == "original") return original_meanwhile();
  if (*state == OpusCopies::State::kTooMany) return library_too_often(phrase("library_too_many_requests"), 5);
  if (*state == OpusCopies::State::kCannotBeMade)
    return library_error(422, "no_track", std::string("This song's file cannot be made smaller; it may be had as it is."));
  return in_a_moment();
}

constexpr std::array kOpusRoutes = {
    LibraryRoute{LibraryMethod::kGet, "/songs/*/song.opus", LibraryRole::kNobody, send_opus},
};

}  // namespace

std::span<const LibraryRoute> opus_routes() {
  return kOpusRoutes;
}

}  // namespace roundelay
