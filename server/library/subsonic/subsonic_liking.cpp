// What somebody likes and hears: stars, ratings, scrobbles.
#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <span>

#include "server/library/listening.h"
#include "server/library/subsonic/subsonic_call.h"

namespace roundelay {
namespace {

constexpr size_t kMostAtOnce = 1'000;

// All are looked at before anything is written. Where there are many, that is done by slices; each is written in one transaction.
template <typename Thing>
class ManyWrites {
 public:
  using Look = FromCatalogue<void> (*)(LibraryDatabase& database, const Viewer& viewer, const Thing& thing);
  using Write = std::function<FromCatalogue<void>(Listening& listening, const Viewer& viewer, std::span<const Thing> slice)>;

  static SubsonicResult reply(const SubsonicCall& call, std::vector<Thing> things, Look look, Write write) {
    const auto work = std::make_shared<ManyWrites>(ManyWrites{call.viewer(), std::move(things), look, std::move(write)});
    if (work->things_.size() > kAtOnce) {
      return LongReply{{},
                       [](const std::vector<PlayerSong>&) { return SubsonicNode(); },
                       [work](Library& library, std::vector<int64_t>&) { return work->go_on(library); }};
    }
    for (int step = 0; step < 2; ++step) {
      if (const auto done = work->go_on(call.library); !done) return tl::unexpected(done.error());
    }
    return nothing_to_say();
  }

 private:
  static constexpr size_t kAtOnce = 100;
  ManyWrites(const Viewer& viewer, std::vector<Thing> things, Look look, Write write)
      : viewer_(viewer), things_(std::move(things)), look_(look), write_(std::move(write)) {}

  // True: all is written.
  FromSubsonic<bool> go_on(Library& library) {
    Listening listening(library.database);
    size_t& next = looked_ < things_.size() ? looked_ : written_;
    const auto slice = std::span<const Thing>(things_).subspan(next, std::min(kAtOnce, things_.size() - next));
    if (&next == &looked_) {
      for (const Thing& each : slice) {
        if (const auto seen = look_(library.database, viewer_, each); !seen) return told(seen.error());
      }
    } else if (const auto done = write_(listening, viewer_, slice); !done) {
      return told(done.error());
    }
    next += slice.size();
    return written_ == things_.size();
  }

  Viewer viewer_;
  std::vector<Thing> things_;
  Look look_;
  Write write_;
  size_t looked_ = 0, written_ = 0;
};

FromSubsonic<CatalogueItem> starred_item(const PlayerId& id) {
  if (id.kind == PlayerId::Kind::kAlbum) return CatalogueItem{CatalogueKind::kAlbum, id.id};
  if (id.kind == PlayerId::Kind::kArtist) return CatalogueItem{CatalogueKind::kArtist, id.id};
  if (id.kind == PlayerId::Kind::kSong) return CatalogueItem{CatalogueKind::kSong, id.id};
  return subsonic_fault(SubsonicFault::kGeneric, "This stands for songs that have no album or artist: it cannot be starred.");
}

SubsonicResult set_stars(const SubsonicCall& call, bool is) {
  std::vector<CatalogueItem> items;
  for (const char* name : {"id", "albumId", "artistId"}) {
    const auto ids = call.given.ids(name);
    if (!ids) return tl::unexpected(ids.error());
    for (const PlayerId& id : *ids) {
      const auto item = starred_item(id);
      if (!item) return tl::unexpected(item.error());
      items.push_back(*item);
    }
  }
  if (items.size() > kMostAtOnce) return subsonic_fault(SubsonicFault::kGeneric, "At most 1000 at once.");
  if (items.empty()) return subsonic_fault(SubsonicFault::kMissing, "The parameter id is missing.");
  return ManyWrites<CatalogueItem>::reply(
      call, std::move(items), sees_item,
      [is, now_s = call.now_s()](Listening& listening, const Viewer& viewer, std::span<const CatalogueItem> slice) {
        return listening.set_favourites(viewer, slice, is, now_s);
      });
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
  std::vector<Play> plays;
  for (size_t i = 0; i < ids->size(); ++i) {
    if ((*ids)[i].kind != PlayerId::Kind::kSong) return nothing_there();
    int64_t at_s = call.now_s();
    if (i < times.size())
      at_s = SubsonicParameters({{"time", std::string(times[i])}}).number("time").value_or(at_s * 1'000) / 1'000;
    plays.push_back({(*ids)[i].id, at_s});
  }
  const auto look = [](LibraryDatabase& database, const Viewer& viewer, const Play& play) {
    return sees_item(database, viewer, {CatalogueKind::kSong, play.song});
  };
  if (!call.given.flag("submission", true)) {
    const Play& last = plays.back();  // one player plays one song
    if (const auto seen = look(call.library.database, call.viewer(), last); !seen) return told(seen.error());
    call.now_playing.tell(call.viewer().account, std::string(call.given.text("c")).substr(0, 100), last.song, call.now_s());
    return nothing_to_say();
  }
  return ManyWrites<Play>::reply(call, std::move(plays), look,
                                 [now_s = call.now_s()](Listening& listening, const Viewer& viewer, std::span<const Play> slice) {
                                   return listening.played(viewer, slice, now_s);
                                 });
}

constexpr std::array kLikingMethods = {SubsonicMethod{"star", star}, SubsonicMethod{"unstar", unstar},
                                       SubsonicMethod{"setRating", set_rating}, SubsonicMethod{"scrobble", scrobble}};

}  // namespace

std::span<const SubsonicMethod> subsonic_liking() {
  return kLikingMethods;
}

}  // namespace roundelay
