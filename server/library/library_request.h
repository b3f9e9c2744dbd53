// A request to the library as a value: all that a handler may know of it. No socket, no clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/made_cover.h"

namespace roundelay {

enum class LibraryMethod { kGet, kPost, kPatch, kPut, kDelete };  // HEAD is asked as kGet

// In the order of what they may: each may what those before it may.
enum class LibraryRole { kNobody, kMember, kCurator, kAdmin };
// "member", "curator", "admin"; "" for kNobody.
[[nodiscard]] std::string_view name_of(LibraryRole role);
[[nodiscard]] std::optional<LibraryRole> library_role(std::string_view name);

// Who asks, found by her session or token.
struct LibraryAccount {
  int64_t id = 0;
  std::string name;
  LibraryRole role = LibraryRole::kNobody;
  int64_t session = 0;  // 0: by a token
};

// A file that came with the request; it lies where the library keeps its files already (LibraryFiles).
struct ReceivedFile {
  std::string sha256 = {};  // hex
  int64_t bytes = 0;
  std::string name = {};                // as its sender calls it
  std::string kind = {};                // of sound, by its first bytes: "mp3", "flac"; empty: of none that is known
  std::string path = {};                // of a table, where it lies; whoever takes it keeps it there
  std::optional<MadeCover> cover = {};  // of a picture: what was made of it
};

// The row that stood for a song while its file came (uploading_songs.h).
struct UploadingSong {
  int64_t id = 0;
  std::string title = {};  // as it was when the file began to come
};

struct LibraryRequest {
  LibraryMethod method = LibraryMethod::kGet;
  std::string path;                                        // behind /api/library, decoded: "/songs/7"
  std::vector<std::string> parts = {};                     // what stands where the route's path has a "*"
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in their order
  std::string cookie = {};                                 // these are the headers
  std::string authorization = {};
  std::string origin = {};
  std::string host = {};
  std::string if_none_match = {};
  std::string range = {};
  std::string user_agent = {};
  nlohmann::json body = nullptr;  // JSON, or the fields of a form that came with a file
  std::optional<ReceivedFile> file = {};
  std::optional<UploadingSong> uploading = {};
  int64_t coming_bytes = 0;  // of a form with a file, as it was announced
  std::string address = {};  // the client's
  bool secure = false;       // it came over TLS
  std::optional<LibraryAccount> account = {};
  bool account_is_gone = false;  // the cookie is of one that has been deleted
  int64_t unix_s = 0;
  int64_t now_ns = 0;  // monotonic

  [[nodiscard]] LibraryRole role() const { return account ? account->role : LibraryRole::kNobody; }
  // The first value of this name in the query; empty if there is none.
  [[nodiscard]] std::string_view argument(std::string_view name) const;
  // A text of the body; empty if it is none.
  [[nodiscard]] std::string text(const char* name) const;
  // parts[index] as an id: a number from 1; 0 if it is none.
  [[nodiscard]] int64_t id(size_t index = 0) const;
};

}  // namespace roundelay
