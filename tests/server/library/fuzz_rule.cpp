// Anything as the rule of a playlist: what is taken is a statement that SQLite takes, and is read again as the same. And as what
// somebody says of a song: what is taken is clean.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "server/library/playlist_rule.h"
#include "server/library/song_fields.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  static LibraryDatabase* database = new LibraryDatabase(":memory:");
  const auto json = nlohmann::json::parse(data, data + size, nullptr, false);
  if (json.is_discarded()) return 0;
  if (json.is_object()) {
    const auto song = changed_song(SongFields{}, json);
    if (song && checked_song(*song) != *song) std::abort();
  }
  const auto rule = playlist_rule(json);
  if (!rule) return 0;
  const auto again = playlist_rule(to_json(*rule));
  if (!again || *again != *rule) std::abort();
  for (const Viewer& viewer : {Viewer{}, Viewer{7, LibraryRole::kMember}, Viewer{8, LibraryRole::kAdmin}}) {
    const SqlCondition where = condition_of(*rule, viewer, 1'800'000'000);
    std::string sql = "SELECT id FROM songs WHERE " + where.sql;
    sql += order_of(rule->order);
    if (!each_row_once(*database, sql, where.values, [](const SqlRow&) {})) std::abort();
  }
  return 0;
}
