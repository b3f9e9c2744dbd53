// Songs whose file is still coming: private rows of the status UPLOADING, for their uploader to see. Each goes with its upload,
// or becomes the song; a process that died leaves none, for the next one begins by deleting them. The librarian's loop only.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "server/library/library_database.h"
#include "server/library/library_request.h"
#include "server/library/viewer.h"
#include "server/net/control_server.h"

namespace roundelay {

inline constexpr const char* kUploadingStatus = "UPLOADING";

class UploadingSongs {
 public:
  // Of a request, as the shard numbers it.
  struct Key {
    ConnectionId link = 0;
    uint64_t request = 0;
    auto operator<=>(const Key&) const = default;
  };

  explicit UploadingSongs(LibraryDatabase& database) : database_(database) {}

  // Of an earlier process. False: the database does not take it.
  [[nodiscard]] bool remove_all();
  // The first bytes of the file have come. Nothing is listed of nobody's, or with a title that is none.
  void begin(const Key& key, const Viewer& viewer, const std::string& title, const std::string& file_name, int64_t now_s);
  // All has come: the row is the caller's now, who calls end() with it when it has answered. Nothing: none was made.
  [[nodiscard]] std::optional<UploadingSong> take(const Key& key);
  // Deletes the row where it has not become the song.
  void end(const UploadingSong& song);
  // It broke off.
  void gone(const Key& key);
  // So did all of this shard's.
  void link_closed(ConnectionId link);

 private:
  LibraryDatabase& database_;
  std::map<Key, UploadingSong> songs_;
};

}  // namespace roundelay
