// Files of the library that the librarian let this shard send again to the same asker without asking: a player reads a song in
// many pieces. They stay open meanwhile. Loop thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/http/file_opening.h"
#include "server/net/http_request.h"
#include "server/net/library_counts.h"
#include "server/wire/link/library.h"

namespace roundelay {

class LentFiles {
 public:
  static constexpr int64_t kMostNs = 60'000'000'000;  // a login may run out meanwhile; one that is ended is a write
  static constexpr size_t kMostFiles = 512;           // each is an open one

  struct Lent {
    link::LibraryReply reply;
    OpenedFile file;
    int64_t until_ns;
  };

  // Which outlive it: the librarian's counts, with the version that is good now.
  explicit LentFiles(LibraryCounts& counts) : counts_(counts) {}

  // Null: the librarian must be asked.
  [[nodiscard]] const Lent* find(const HttpRequest& request, int64_t now_ns);
  // The file of an answer with status 200, and what the librarian said of it; kept where it lends that.
  void keep(const HttpRequest& request, const link::LibraryReply& reply, const OpenedFile& file, int64_t now_ns);
  // Closes those that are lent no more: a song that is deleted must give its space back.
  void forget_old(int64_t now_ns);
  void forget_all() { files_.clear(); }

 private:
  [[nodiscard]] bool is_lent(const Lent& lent, int64_t now_ns) const;

  LibraryCounts& counts_;
  std::unordered_map<std::string, Lent> files_;  // by all that the librarian looks at in a request
};

}  // namespace roundelay
