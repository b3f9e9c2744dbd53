// What handlers of the library work with. One thread: the librarian's loop.
#pragma once

#include <cstdint>
#include <string>

#include "server/library/library_database.h"

namespace roundelay {

enum class LibraryRegistration { kOpen, kInvitation, kClosed };

struct LibrarySettings {
  LibraryRegistration registration = LibraryRegistration::kInvitation;
  bool anonymous_uploads = false;
  std::string files_dir;      // files by their SHA-256
  std::string public_origin;  // allowed as Origin beside the Host's own; empty: none
};

struct Library {
  LibraryDatabase& database;
  const LibrarySettings& settings;
};

}  // namespace roundelay
