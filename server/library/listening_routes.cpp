#include "server/library/listening_routes.h"

#include <array>

#include "server/library/catalogue_answers.h"
#include "server/library/listening.h"
#include "server/library/recommendations.h"
#include "server/library/song_filter.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// The average and her own.
LibraryAnswer rating_answer(Library& library, const LibraryRequest& request) {
  const auto song = Songs(library.database).find(viewer_of(request), request.id());
  if (!song) return fault_answer(song.error());
  const auto own = Listening(library.database).own_rating(viewer_of(request), request.id());
  if (!own) return fault_answer(own.error());
  return library_answer({{"rating", song->rating ? nlohmann::json(*song->rating) : nlohmann::json(nullptr)},
                         {"rating_count", song->rating_count},
                         {"own_rating", *own ? nlohmann::json(**own) : nlohmann::json(nullptr)}});
}

LibraryAnswer put_rating(Library& library, const LibraryRequest& request) {
  const auto value = request.body.is_object() ? request.body.find("rating") : request.body.end();
  if (value == request.body.end() || !value->is_number_integer())
    return fault_answer(misread("“rating” is a number from 1 to 10.", "rating").value());
  const auto done = Listening(library.database).rate(viewer_of(request), request.id(), value->get<int64_t>(), request.unix_s);
  return done ? rating_answer(library, request) : fault_answer(done.error());
}

LibraryAnswer delete_rating(Library& library, const LibraryRequest& request) {
  const auto done = Listening(library.database).rate(viewer_of(request), request.id(), std::nullopt, request.unix_s);
  return done ? rating_answer(library, request) : fault_answer(done.error());
}

template <CatalogueKind kKind, bool kIs>
LibraryAnswer set_favourite(Library& library, const LibraryRequest& request) {
  return done_answer(Listening(library.database).set_favourite(viewer_of(request), kKind, request.id(), kIs, request.unix_s));
}

LibraryAnswer list_favourites(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  Listening listening(library.database);
  const auto songs = listening.favourite_songs(viewer_of(request), *page);
  const auto albums = listening.favourite_albums(viewer_of(request), *page);
  const auto artists = listening.favourite_artists(viewer_of(request), *page);
  const auto total = listening.favourite_count(viewer_of(request));
  if (!songs || !albums || !artists || !total) return library_unread();
  return library_answer(
      {{"songs", rows_json(*songs)}, {"albums", rows_json(*albums)}, {"artists", rows_json(*artists)}, {"total", *total}});
}

LibraryAnswer add_play(Library& library, const LibraryRequest& request) {
  const auto at = request.body.is_object() ? request.body.find("at") : request.body.end();
  const bool given = at != request.body.end();
  if (given && !at->is_number_integer()) return fault_answer(misread("“at” is Unix time in seconds.", "at").value());
  return done_answer(Listening(library.database)
                         .played(viewer_of(request), request.id(), given ? at->get<int64_t>() : request.unix_s, request.unix_s));
}

LibraryAnswer list_plays(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  const auto plays = Listening(library.database).history(viewer_of(request), *page);
  if (!plays) return fault_answer(plays.error());
  nlohmann::json out = nlohmann::json::array();
  for (const PlayedSong& one : *plays) out.push_back({{"song", to_json(one.song)}, {"at", one.at}});
  return library_answer({{"plays", std::move(out)}});
}

LibraryAnswer list_recommendations(Library& library, const LibraryRequest& request) {
  const auto found = Recommendations(library.database).of(viewer_of(request));
  if (!found) return fault_answer(found.error());
  nlohmann::json out = nlohmann::json::array();
  for (const Recommendation& one : *found) {
    nlohmann::json reason{{"message", one.reason.text}};
    put_sentence(one.reason.code, one.reason.values, reason);
    out.push_back({{"song", to_json(one.song)}, {"reason", std::move(reason)}});
  }
  return library_answer({{"recommendations", std::move(out)}});
}

using enum LibraryMethod;
using enum LibraryRole;
using enum CatalogueKind;

constexpr std::array kListeningRoutes = {
    LibraryRoute{kGet, "/songs/*/rating", kMember, rating_answer, false, true, kNeedsThisSong | kNeedsOwnRatings},
    LibraryRoute{kPut, "/songs/*/rating", kMember, put_rating},
    LibraryRoute{kDelete, "/songs/*/rating", kMember, delete_rating},
    LibraryRoute{kPost, "/songs/*/plays", kMember, add_play},
    LibraryRoute{kPut, "/songs/*/favourite", kMember, set_favourite<kSong, true>},
    LibraryRoute{kDelete, "/songs/*/favourite", kMember, set_favourite<kSong, false>},
    LibraryRoute{kPut, "/albums/*/favourite", kMember, set_favourite<kAlbum, true>},
    LibraryRoute{kDelete, "/albums/*/favourite", kMember, set_favourite<kAlbum, false>},
    LibraryRoute{kPut, "/artists/*/favourite", kMember, set_favourite<kArtist, true>},
    LibraryRoute{kDelete, "/artists/*/favourite", kMember, set_favourite<kArtist, false>},
    LibraryRoute{kGet, "/favourites", kMember, list_favourites, false, true, kNeedsListOfSongs | kNeedsOwnFavourites},
    LibraryRoute{kGet, "/plays", kMember, list_plays, false, true, kNeedsListOfSongs | kNeedsOwnPlays},
    LibraryRoute{kGet, "/recommendations", kMember, list_recommendations, false, true},
};

}  // namespace

std::span<const LibraryRoute> listening_routes() {
  return kListeningRoutes;
}

}  // namespace roundelay
