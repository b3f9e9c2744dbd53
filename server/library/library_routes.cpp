#include "server/library/library_routes.h"

#include <algorithm>
#include <array>

#include "server/library/auth_routes.h"
#include "server/library/catalogue_routes.h"
#include "server/library/cover_routes.h"
#include "server/library/library_settings.h"
#include "server/library/listening_routes.h"
#include "server/library/opus_routes.h"
#include "server/library/song_routes.h"

namespace roundelay {
namespace {

// The pattern's stars stand for one part each, not empty. A slash at the end makes no difference.
bool library_path_fits(std::string_view pattern, std::string_view path, std::vector<std::string>& parts) {
  parts.clear();
  if (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  while (!pattern.empty() && !path.empty()) {
    if (path.front() != '/') return false;
    const size_t pattern_end = std::min(pattern.find('/', 1), pattern.size());
    const size_t path_end = std::min(path.find('/', 1), path.size());
    const std::string_view wanted = pattern.substr(1, pattern_end - 1);
    const std::string_view part = path.substr(1, path_end - 1);
    if (wanted == "*" && !part.empty()) {
      parts.emplace_back(part);
    } else if (wanted != part) {
      return false;
    }
    pattern.remove_prefix(pattern_end);
    path.remove_prefix(path_end);
  }
  return pattern.empty() && path.empty();
}

// As the header Allow has them. Empty: there is no such address.
std::string methods_at(std::string_view path) {
  using enum LibraryMethod;
  std::vector<std::string> parts;
  const auto& routes = library_routes();
  std::string out;
  for (const auto& [method, name] : {std::pair{kGet, "GET, HEAD"}, std::pair{kPost, "POST"}, std::pair{kPut, "PUT"},
                                     std::pair{kPatch, "PATCH"}, std::pair{kDelete, "DELETE"}}) {
    const bool known = std::any_of(routes.begin(), routes.end(), [&, wanted = method](const LibraryRoute& each) {
      return each.method == wanted && library_path_fits(each.path, path, parts);
    });
    if (known) out.append(out.empty() ? "" : ", ").append(name);
  }
  return out;
}

constexpr std::array kGeneralRoutes = {
    LibraryRoute{LibraryMethod::kGet, "/", LibraryRole::kNobody, show_library},
    LibraryRoute{LibraryMethod::kPatch, "/", LibraryRole::kAdmin, change_library},
};

LibraryAnswer log_in_first(const LibraryRequest& request) {
  if (request.account_is_gone) return library_error(401, "account_gone", phrase("library_account_is_gone"));
  return library_error(401, "bad_token", phrase("library_log_in_first"));
}

// Of nobody, or of somebody who may less; or there is no such route.
std::optional<LibraryAnswer> refuse(LibraryRequest& request) {
  const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
  if (route == nullptr) {
    const std::string methods = methods_at(request.path);
    if (methods.empty()) return library_not_found();
    LibraryAnswer out = library_error(405, "not_allowed", "This method is not known here; " + methods + " may be used.");
    out.headers.emplace_back("allow", methods);
    return out;
  }
  if (request.role() >= route->least) return std::nullopt;
  if (!request.account) return log_in_first(request);
  return library_error(403, "not_allowed", phrase("library_is_not_yours_to_do"));
}

// As it was given before, where nothing has changed since.
LibraryAnswer cached_answer(Library& library, const LibraryRequest& request, const LibraryRoute& route) {
  if (const LibraryAnswer* known = library.cache.find(library.database, request)) return unless_known(*known, request);
  LibraryAnswer answer = route.answer(library, request);
  if (answer.status == 200 && !answer.long_one) {
    mark_answer(answer);
    library.cache.keep(request, route.needs, answer);
  }
  return unless_known(std::move(answer), request);
}

std::vector<LibraryRoute> joined(std::initializer_list<std::span<const LibraryRoute>> lists) {
  std::vector<LibraryRoute> out;
  for (const auto& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

}  // namespace

const std::vector<LibraryRoute>& library_routes() {
  static const std::vector<LibraryRoute> kRoutes =
      joined({kGeneralRoutes, auth_routes(), catalogue_routes(), song_routes(), cover_routes(), search_routes(),
              listening_routes(), playlist_routes(), import_routes(), opus_routes()});
  return kRoutes;
}

const LibraryRoute* find_library_route(LibraryMethod method, std::string_view path, std::vector<std::string>& parts) {
  for (const LibraryRoute& route : library_routes()) {
    if (route.method == method && library_path_fits(route.path, path, parts)) return &route;
  }
  return nullptr;
}

std::optional<LibraryAnswer> refuse_file(Library& library, LibraryRequest& request) {
  auto refused = refuse(request);
  if (refused) return refused;
  const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
  if (!route->takes_file) return library_error(400, "bad_message", std::string("No file is taken here."));
  if (!request.account && !library.settings.anonymous_uploads) return log_in_first(request);
  if (!request.account && !library.limits.uploads.allow(request.address, request.now_ns))
    return library_too_often(phrase("library_too_many_requests"), 30);
  if (route->takes_picture) refused = refuse_picture(library, request);
  if (!refused) refused = refuse_for_space(library, request, request.coming_bytes);
  if (!refused) library.under_way.begin(request.account ? request.account->id : 0, request.coming_bytes, request.now_ns);
  return refused;
}

LibraryAnswer answer_library(Library& library, LibraryRequest& request) {
  if (auto refused = refuse(request)) return *std::move(refused);
  const LibraryRoute* route = find_library_route(request.method, request.path, request.parts);
  if (route->takes_file && !request.file)
    return library_error(400, "bad_message", std::string("A file is to come with this, as multipart/form-data."));
  if (route->takes_file && !request.account && !library.settings.anonymous_uploads) return log_in_first(request);
  if (!request.body.is_null() && !request.body.is_object())
    return library_error(400, "bad_message", std::string("The body must be an object of JSON."));
  return route->cached ? cached_answer(library, request, *route) : route->answer(library, request);
}

}  // namespace roundelay
