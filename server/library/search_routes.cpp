#include <array>

#include "server/library/catalogue_answers.h"
#include "server/library/catalogue_routes.h"
#include "server/library/search.h"

namespace roundelay {
namespace {

// "q": what was typed; "kind": "songs", "albums" or "artists" alone. Filters are those of songs.
LibraryAnswer search_library(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  const auto filter = song_filter(request.query, {"q", "kind", "offset", "limit"});
  if (!filter) return fault_answer(filter.error());
  const std::string_view kind = request.argument("kind"), text = request.argument("q");
  if (!kind.empty() && kind != "songs" && kind != "albums" && kind != "artists")
    return fault_answer(misread("The kind is songs, albums or artists.", "kind").value());
  const Viewer viewer = viewer_of(request);
  Search search(library.database);
  nlohmann::json out = nlohmann::json::object();
  const auto put = [&](const char* name, const auto& found) {
    if (found) out[name] = {{"rows", rows_json(found->rows)}, {"total", found->total}};
    return found.has_value();
  };
  const bool done = (!(kind.empty() || kind == "songs") || put("songs", search.songs(viewer, text, *filter, *page))) &&
                    (!(kind.empty() || kind == "albums") || put("albums", search.albums(viewer, text, *page))) &&
                    (!(kind.empty() || kind == "artists") || put("artists", search.artists(viewer, text, *page)));
  return done ? library_answer(std::move(out)) : library_unread();
}

constexpr std::array kSearchRoutes = {
    LibraryRoute{LibraryMethod::kGet, "/search", LibraryRole::kNobody, search_library, false, true, kNeedsListOfSongs},
};

}  // namespace

std::span<const LibraryRoute> search_routes() {
  return kSearchRoutes;
}

}  // namespace roundelay
