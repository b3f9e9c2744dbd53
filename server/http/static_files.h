// The built page, read into memory at start. Immutable afterwards.
#pragma once

#include <map>
#include <string>

#include "server/net/web_server.h"

namespace roundelay {

class StaticFiles {
 public:
  // Reads every file below `directory` (blocks; at start only), and tells the page that it is at `base_path`. Throws
  // std::runtime_error when there is no index.html.
  StaticFiles(const std::string& directory, const std::string& base_path);
  // One more, at this path; before anything is answered.
  void add(const std::string& path, std::string body);

  // Answers with the file, the page, or that nothing is there.
  void answer(HttpRequest& request) const;

 private:
  // The answer for a path such as "/" or "/assets/page.js"; "/r/..." gives the page. Null if there is nothing.
  [[nodiscard]] const HttpResponse* find(const std::string& path) const;
  // The page with status 404, for a path that somebody may have typed: it says in words that nothing is there. Null for the path
  // of a file (its last part has a dot).
  [[nodiscard]] const HttpResponse* nowhere(const std::string& path) const;

  std::map<std::string, HttpResponse> files_;
  HttpResponse nowhere_;
};

}  // namespace roundelay
