// Anything as the text of a search: it is never syntax, and SQLite takes it.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "server/library/search.h"
#include "server/library/songs.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  static LibraryDatabase* database = [] {
    auto* made = new LibraryDatabase(":memory:");
    SongFields fields;
    fields.title = "Amazing Grace";
    fields.artist = "Händel";
    fields.is_private = false;
    if (!made->transaction([&] { return Songs(*made).insert(fields, {}, 0, 1) != 0; })) std::abort();
    return made;
  }();
  const std::string text(reinterpret_cast<const char*>(data), size);
  Search search(*database);
  if (!search.songs({}, text, {}, {}) || !search.albums({}, text, {}) || !search.artists({}, text, {})) std::abort();
  return 0;
}
