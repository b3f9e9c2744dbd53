#include "server/http/static_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "server/http/answers.h"

namespace roundelay {

namespace {

std::string type_of(const std::filesystem::path& path) {
  static const std::map<std::string, std::string> kTypes = {
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".json", "application/json"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".wasm", "application/wasm"},
      {".map", "application/json"},
      {".txt", "text/plain; charset=utf-8"},
      {".webmanifest", "application/manifest+json"},
  };
  const auto found = kTypes.find(path.extension().string());
  return found != kTypes.end() ? found->second : "application/octet-stream";
}

// "/library", and what web/src/page/routes.ts knows below it.
bool in_library(std::string_view path) {
  constexpr std::string_view kLibrary = "/library";
  if (!path.starts_with(kLibrary)) return false;
  path.remove_prefix(kLibrary.size());
  for (const std::string_view page :
       {"", "/favourites", "/artists", "/albums", "/settings", "/account", "/recommended", "/duplicates", "/api"}) {
    if (path == page) return true;
  }
  for (const std::string_view list : {"/songs/", "/playlists/", "/artists/", "/albums/"}) {
    const std::string_view number = path.starts_with(list) ? path.substr(list.size()) : std::string_view();
    if (!number.empty() && number.find_first_not_of("0123456789") == std::string_view::npos) return true;
  }
  return false;
}

// The page's own addresses begin with a slash; the script learns the rest from the element (web/src/base_path.ts).
std::string page_at(const std::string& base_path, std::string html) {
  for (const std::string_view before : {R"(name="base-path" content=")", R"(href=")", R"(src=")"}) {
    const std::string at_root = std::string(before) + "/";
    for (size_t at = html.find(at_root); at != std::string::npos; at = html.find(at_root, at + before.size() + base_path.size()))
      html.replace(at + before.size(), 1, base_path);
  }
  return html;
}

}  // namespace

StaticFiles::StaticFiles(const std::string& directory, const std::string& base_path) {
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_regular_file()) continue;
    std::ifstream in(it->path(), std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    std::string name = "/";
    name += std::filesystem::relative(it->path(), directory).generic_string();
    HttpResponse response;
    response.content_type = type_of(it->path());
    response.body = std::make_shared<const std::string>(text.str());
    response.immutable = name.starts_with("/assets/");  // their names carry a hash of their content
    files_[name] = std::move(response);
  }
  if (!files_.contains("/index.html"))
    throw std::runtime_error("the page is not in '" + directory + "'; build it with ./dev build, or name its folder with --web");
  HttpResponse& page = files_["/index.html"];
  page.body = std::make_shared<const std::string>(page_at(base_path, *page.body));
  nowhere_ = page;
  nowhere_.status = 404;
}

void StaticFiles::add(const std::string& path, std::string body) {
  HttpResponse response;
  response.content_type = type_of(path);
  response.body = std::make_shared<const std::string>(std::move(body));
  files_[path] = std::move(response);
}

void StaticFiles::answer(HttpRequest& request) const {
  if (const HttpResponse* file = find(request.path)) return request.respond(*file);
  if (const HttpResponse* page = nowhere(request.path)) return request.respond(*page);
  roundelay::answer(request, 404, error_body("not_found", "There is nothing at this address."));
}

const HttpResponse* StaticFiles::find(const std::string& path) const {
  // A room's address has one part behind "/r/"; behind it there may be one of its pages.
  constexpr std::string_view kRooms = "/r/";
  const size_t room_end = path.find('/', kRooms.size());
  const bool in_room = path.starts_with(kRooms) && (room_end == std::string::npos || path.substr(room_end) == "/recordings");
  const bool page = path == "/" || in_room || in_library(path);
  const auto found = files_.find(page ? "/index.html" : path);
  return found != files_.end() ? &found->second : nullptr;
}

const HttpResponse* StaticFiles::nowhere(const std::string& path) const {
  return path.substr(path.rfind('/') + 1).find('.') == std::string::npos ? &nowhere_ : nullptr;
}

}  // namespace roundelay
