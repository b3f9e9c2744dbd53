#include "server/library/catalogue_routes.h"

#include <array>
#include <memory>

#include "server/library/albums.h"
#include "server/library/artists.h"
#include "server/library/catalogue_answers.h"
#include "server/library/duplicates.h"
#include "server/library/long_page.h"
#include "server/library/merging.h"
#include "server/library/songs.h"
#include "server/library/stale_index.h"

namespace roundelay {
namespace {

constexpr int64_t kRowsOfAShortPage = 100;

// What was renamed, once the search finds by the new name what bears it: that takes slices.
template <typename Rows>
LibraryAnswer renamed_answer(const char* name, Library& library, const LibraryRequest& request, const FromCatalogue<void>& done) {
  if (!done) return fault_answer(done.error());
  return answered_by_slices(
      library,
      [](Library& then) {
        const auto last = index_on(then.database);
        return !last || *last;  // what is left the librarian's timer does
      },
      [name, viewer = viewer_of(request), id = request.id()](Library& then) {
        return row_answer(name, Rows(then.database).find(viewer, id));
      });
}

template <typename Row>
LibraryAnswer long_page_answer(const char* name, const LibraryRequest& request, std::shared_ptr<LongPage<Row>> page) {
  return marked_at_length(
      request, [page](Library& library) { return page->read_on(library.database); },
      [page, name] { return page_answer(name, page->read()); });
}

LibraryAnswer list_artists(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  const std::string beginning(request.argument("starting_with"));
  if (page->limit <= kRowsOfAShortPage)
    return page_answer("artists", Artists(library.database).list(viewer_of(request), *page, beginning));
  return long_page_answer("artists", request, long_page<Artists, Artist>(viewer_of(request), *page, beginning));
}

LibraryAnswer show_artist(Library& library, const LibraryRequest& request) {
  return row_answer("artist", Artists(library.database).find(viewer_of(request), request.id()));
}

LibraryAnswer add_artist(Library& library, const LibraryRequest& request) {
  Artists artists(library.database);
  return added_answer("artist", artists, request, artists.add(viewer_of(request), request.text("name"), request.unix_s));
}

LibraryAnswer change_artist(Library& library, const LibraryRequest& request) {
  return renamed_answer<Artists>(
      "artist", library, request,
      Artists(library.database).rename(viewer_of(request), request.id(), request.text("name"), request.unix_s));
}

LibraryAnswer list_albums(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  // The id of an artist is read as a filter of songs is.
  QueryArguments artist;
  for (const auto& argument : request.query) {
    if (argument.first == "artist") artist.push_back(argument);
  }
  const auto filter = song_filter(artist, {});
  if (!filter) return fault_answer(filter.error());
  const std::string beginning(request.argument("starting_with"));
  if (page->limit <= kRowsOfAShortPage)
    return page_answer("albums", Albums(library.database).list(viewer_of(request), *page, filter->artist, beginning));
  return long_page_answer("albums", request, long_page<Albums, Album>(viewer_of(request), *page, filter->artist, beginning));
}

LibraryAnswer show_album(Library& library, const LibraryRequest& request) {
  return row_answer("album", Albums(library.database).find(viewer_of(request), request.id()));
}

LibraryAnswer add_album(Library& library, const LibraryRequest& request) {
  Albums albums(library.database);
  return added_answer("album", albums, request, albums.add(viewer_of(request), request.body, request.unix_s));
}

LibraryAnswer change_album(Library& library, const LibraryRequest& request) {
  return renamed_answer<Albums>("album", library, request,
                                Albums(library.database).change(viewer_of(request), request.id(), request.body, request.unix_s));
}

LibraryAnswer add_song(Library& library, const LibraryRequest& request) {
  Songs songs(library.database);
  return added_answer("song", songs, request, songs.add(viewer_of(request), request.body, request.unix_s));
}

LibraryAnswer show_words(Library& library, const LibraryRequest& request) {
  const auto words = Songs(library.database).words(viewer_of(request), request.id());
  return words ? library_answer({{"words", *words}}) : fault_answer(words.error());
}

LibraryAnswer merge(Library& library, const LibraryRequest& request, CatalogueKind kind) {
  const auto from = request.body.is_object() ? request.body.find("from") : request.body.end();
  if (from == request.body.end() || !from->is_number_integer())
    return fault_answer(misread("“from” is the id of the one that goes.", "from").value());
  struct Asked {
    Merging merging;
    LibraryAnswer said;
  };
  const auto work = std::make_shared<Asked>(Asked{
      {library.database, viewer_of(request), kind, request.id(), from->get<int64_t>()}, library_answer({{"id", request.id()}})});
  return answered_by_slices(
      library,
      [work, now_s = request.unix_s](Library& then) {
        const auto last = work->merging.go_on(now_s, then.unneeded_files);
        if (!last) work->said = fault_answer(last.error());
        return !last || *last;
      },
      [work](Library&) { return work->said; });
}

LibraryAnswer show_duplicates(Library& library, const LibraryRequest& request, CatalogueKind kind) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  const auto found = duplicates(library.database, viewer_of(request), kind, *page);
  if (!found) return fault_answer(found.error());
  nlohmann::json out = nlohmann::json::array();
  for (const Duplicates& one : *found) out.push_back({{"name", one.name}, {"ids", one.ids}});
  return library_answer({{"duplicates", std::move(out)}});
}

// What goes along is told, and taken if she wants that.
struct AskedRemoval {
  Removal removal;
  CatalogueKind kind;
  bool with_all;
  bool counted = false;
  LibraryAnswer said = {};

  // True: there is an answer.
  bool go_on(Library& library) {
    if (!counted) {
      const auto last = removal.count_on();
      if (!last) return say(fault_answer(last.error()));
      counted = *last;
      return counted && is_too_much();
    }
    const auto last = removal.remove_on(library.unneeded_files);
    if (!last) return say(fault_answer(last.error()));
    return *last && say(library_answer({{"took_along", to_json(removal.taken())}}));
  }

 private:
  bool say(LibraryAnswer answer) {
    said = std::move(answer);
    return true;
  }
  bool is_too_much() {
    const TakenAlong& taken = removal.taken();
    if (with_all || kind == CatalogueKind::kSong || taken.albums + taken.songs == 0) return false;
    LibraryAnswer out = library_error(409, "takes_along", phrase("library_takes_along", {{"songs", taken.songs}}));
    out.data = {{"took_along", to_json(taken)}};
    return say(std::move(out));
  }
};

template <CatalogueKind kKind>
LibraryAnswer remove_one(Library& library, const LibraryRequest& request) {
  return remove_from_catalogue(library, request, kKind);
}
template <CatalogueKind kKind>
LibraryAnswer merge_one(Library& library, const LibraryRequest& request) {
  return merge(library, request, kKind);
}
template <CatalogueKind kKind>
LibraryAnswer duplicates_of(Library& library, const LibraryRequest& request) {
  return show_duplicates(library, request, kKind);
}

using enum LibraryMethod;
using enum LibraryRole;
using enum CatalogueKind;

constexpr std::array kCatalogueRoutes = {
    LibraryRoute{kGet, "/artists", kNobody, list_artists, false, true, kNeedsCatalogue},
    LibraryRoute{kPost, "/artists", kCurator, add_artist},
    LibraryRoute{kGet, "/artists/duplicates", kCurator, duplicates_of<kArtist>, false, true, kNeedsCatalogue},
    LibraryRoute{kGet, "/artists/*", kNobody, show_artist, false, true, kNeedsCatalogue},
    LibraryRoute{kPatch, "/artists/*", kCurator, change_artist},
    LibraryRoute{kDelete, "/artists/*", kCurator, remove_one<kArtist>},
    LibraryRoute{kPost, "/artists/*/merge", kCurator, merge_one<kArtist>},
    LibraryRoute{kGet, "/albums", kNobody, list_albums, false, true, kNeedsCatalogue},
    LibraryRoute{kPost, "/albums", kCurator, add_album},
    LibraryRoute{kGet, "/albums/duplicates", kCurator, duplicates_of<kAlbum>, false, true, kNeedsCatalogue},
    LibraryRoute{kGet, "/albums/*", kNobody, show_album, false, true, kNeedsCatalogue},
    LibraryRoute{kPatch, "/albums/*", kCurator, change_album},
    LibraryRoute{kDelete, "/albums/*", kCurator, remove_one<kAlbum>},
    LibraryRoute{kPost, "/albums/*/merge", kCurator, merge_one<kAlbum>},
    LibraryRoute{kPost, "/songs", kMember, add_song},
    LibraryRoute{kGet, "/songs/duplicates", kCurator, duplicates_of<kSong>, false, true, kNeedsCatalogue},
    LibraryRoute{kGet, "/songs/*/words", kNobody, show_words, false, true, kNeedsThisSong},
    LibraryRoute{kPost, "/songs/*/merge", kCurator, merge_one<kSong>},
};

}  // namespace

LibraryAnswer remove_from_catalogue(Library& library, const LibraryRequest& request, CatalogueKind kind) {
  const bool with_all = request.argument("with") == "all";
  const auto work =
      std::make_shared<AskedRemoval>(AskedRemoval{{library.database, viewer_of(request), {kind, request.id()}}, kind, with_all});
  return answered_by_slices(
      library, [work](Library& then) { return work->go_on(then); }, [work](Library&) { return work->said; });
}

std::span<const LibraryRoute> catalogue_routes() {
  return kCatalogueRoutes;
}

}  // namespace roundelay
