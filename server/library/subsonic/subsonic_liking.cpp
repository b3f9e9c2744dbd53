// What somebody likes and hears: stars, ratings, scrobbles.
#include <array>

#include "server/library/listening.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr size_t kMostAtOnce = 1'000;

FromSubsonic<void> star_one(const SubsonicCall& call, const PlayerId& id, bool is) {
  CatalogueKind kind = CatalogueKind::kSong;
  if (id.kind == PlayerId::Kind::kAlbum)
    kind = CatalogueKind::kAlbum;
  else if (id.kind == PlayerId::Kind::kArtist)
    kind = CatalogueKind::kArtist;
  else if (id.kind != PlayerId::Kind::kSong)
    return subsonic_fault(SubsonicFault::kGeneric, "This stands for songs that have no album or artist: it cannot be starred.");
  const auto done = Listening(call.library.database).set_favourite(call.viewer(), kind, id.id, is, call.now_s());
  if (!done) return told(done.error());
  return {};
}

SubsonicResult set_stars(const SubsonicCall& call, bool is) {
  size_t count = 0;
  for (const char* name : {"id", "albumId", "artistId"}) {
    const auto ids = call.given.ids(name);
    if (!ids) return tl::unexpected(ids.error());
    count += ids->size();
    if (count > kMostAtOnce) return subsonic_fault(SubsonicFault::kGeneric, "At most 1000 at once.");
    for (const PlayerId& id : *ids) {
      if (const auto done = star_one(call, id, is); !done) return tl::unexpected(done.error());
    }
  }
  if (count == 0) return subsonic_fault(SubsonicFault::kMissing, "The parameter id is missing.");
  return nothing_to_say();
}
SubsonicResult star(const SubsonicCall& call) {
  return set_stars(call, true);
}
SubsonicResult unstar(const SubsonicCall& call) {
  return set_stars(call, false);
}

SubsonicResult set_rating(const SubsonicCall& call) {
  const auto id = call.given.id("id");
  if (!id) return tl::unexpected(id.error());
  if (id->kind != PlayerId::Kind::kSong) return subsonic_fault(SubsonicFault::kGeneric, "Only songs are rated here.");
  const auto stars = call.given.number("rating");
  if (!stars) return subsonic_fault(SubsonicFault::kMissing, "The parameter rating is missing.");
  if (*stars < 0 || *stars > 5) return subsonic_fault(SubsonicFault::kGeneric, "A rating is from 0 (none) to 5.");
  const auto value = *stars == 0 ? std::nullopt : std::optional(*stars * 2);
  const auto done = Listening(call.library.database).rate(call.viewer(), id->id, value, call.now_s());
  if (!done) return told(done.error());
  return nothing_to_say();
}

// `time` in ms; of the song that is heard just now (submission=false) nothing is kept.
SubsonicResult scrobble(const SubsonicCall& call) {
  const auto ids = call.given.ids("id");
  if (!ids) return tl::unexpected(ids.error());
  if (ids->empty()) return subsonic_fault(SubsonicFault::kMissing, "The parameter id is missing.");
  if (ids->size() > kMostAtOnce) return subsonic_fault(SubsonicFault::kGeneric, "At most 1000 at once.");
  const auto times = call.given.all("time");
  const bool heard = call.given.flag("submission", true);
  for (size_t i = 0; i < ids->size(); ++i) {
    if ((*ids)[i].kind != PlayerId::Kind::kSong) return nothing_there();
    const int64_t song = (*ids)[i].id;
    if (!heard) {
      if (const auto there = call.songs().find(song); !there) return tl::unexpected(there.error());
      call.now_playing.tell(call.viewer().account, std::string(call.given.text("c")).substr(0, 100), song, call.now_s());
      continue;
    }
    int64_t at_s = call.now_s();
    if (i < times.size())
      at_s = SubsonicParameters({{"time", std::string(times[i])}}).number("time").value_or(at_s * 1'000) / 1'000;
    const auto done = Listening(call.library.database).played(call.viewer(), song, at_s, call.now_s());
    if (!done) return told(done.error());
  }
  return nothing_to_say();
}

constexpr std::array kLikingMethods = {SubsonicMethod{"star", star}, SubsonicMethod{"unstar", unstar},
                                       SubsonicMethod{"setRating", set_rating}, SubsonicMethod{"scrobble", scrobble}};

}  // namespace

std::span<const SubsonicMethod> subsonic_liking() {
  return kLikingMethods;
}

}  // namespace roundelay
