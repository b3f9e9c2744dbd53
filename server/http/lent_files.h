// Files of the library that the librarian let this shard send again to the same asker without asking: a player reads a song in
// many pieces. Loop thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/net/http_request.h"
#include "server/net/library_counts.h"
#include "server/wire/link/library.h"

namespace roundelay {

class LentFiles {
 public:
  static constexpr int64_t kMostNs = 10'000'000'000;  // a login may end meanwhile
  static constexpr size_t kMostFiles = 4'096;

  // Which outlive it: the librarian's counts, with the version that is good now.
  explicit LentFiles(LibraryCounts& counts) : counts_(counts) {}

  // Null: the librarian must be asked.
  [[nodiscard]] const link::LibraryReply* find(const HttpRequest& request, int64_t now_ns);
  // What the librarian said to it; kept where it lends that.
  void keep(const HttpRequest& request, int status, const link::LibraryReply& reply, int64_t now_ns);
  void forget_all() { files_.clear(); }

 private:
  struct Lent {
    link::LibraryReply reply;
    int64_t until_ns;
  };
  LibraryCounts& counts_;
  std::unordered_map<std::string, Lent> files_;  // by all that the librarian looks at in a request
};

}  // namespace roundelay
