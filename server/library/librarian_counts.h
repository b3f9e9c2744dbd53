// What the librarian tells in /metrics: counts its requests, and looks now and then how much there is. Its loop only.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/importer.h"
#include "server/library/library.h"
#include "server/library/library_request.h"
#include "server/net/library_counts.h"

namespace roundelay {

class LibrarianCounts {
 public:
  // Throws std::runtime_error: start-up only.
  explicit LibrarianCounts(const std::string& path) : counts_(path) { counts_.reset(); }

  void asked(const LibraryRequest& request) { counts_.add(kind_of_request(request.method, request.path)); }
  void answered(const LibraryAnswer& answer);
  [[nodiscard]] LibraryCounts& all() { return counts_; }
  void paused(bool jobs) { counts_.set(LibraryCount::kJobsPaused, jobs ? 1 : 0); }
  void kept(const ReceivedFile& file, const LibraryAnswer& answer);
  // At each tick.
  void look(Library& library, const Importer& importer, int64_t now_ns);

  // Pure.
  [[nodiscard]] static LibraryCount kind_of_request(LibraryMethod method, const std::string& path);

 private:
  static constexpr int64_t kLookEveryNs = 30'000'000'000;

  LibraryCounts counts_;
  int64_t looked_ns_ = 0;
};

}  // namespace roundelay
