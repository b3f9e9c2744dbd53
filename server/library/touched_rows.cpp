#include "server/library/touched_rows.h"

#include <string>

#include "server/library/sql.h"

namespace roundelay {
namespace {

using Kind = TouchedRow::Kind;

RowNotes::Watched touch(Kind kind, const char* table, const char* id, const char* name = "", std::string when = {}) {
  return {table, name, std::move(when), std::to_string(static_cast<int>(kind)), id};
}

// The columns of a table but these, as SQL lists both. Empty: the database cannot be read.
std::string columns_but(LibraryDatabase& database, const char* table, const std::string& these) {
  std::string out;
  std::string sql = "SELECT name FROM pragma_table_info(?) WHERE name NOT IN (";
  sql.append(these).append(")");
  if (!each_row(database, sql, {table}, [&](const SqlRow& row) { out.append(out.empty() ? "" : ", ").append(row.text(0)); }))
    return {};
  return out;
}

// Whoever hears or rates a song changes its numbers and nothing else of it.
bool watch_songs(RowNotes& notes, LibraryDatabase& database) {
  const std::string others = columns_but(database, "songs", "'rating', 'rating_count', 'plays'");
  return !others.empty() && notes.watch_all(database, touch(Kind::kSong, "songs", "row.id"), others) &&
         notes.watch(database, touch(Kind::kNumbers, "songs", "row.id", "numbered", "UPDATE OF rating, rating_count, plays"));
}

// What they count of their songs changes with these, which are noted themselves.
bool watch_all_but_counts(RowNotes& notes, LibraryDatabase& database, Kind kind, const char* table) {
  const std::string others = columns_but(database, table, "'public_songs', 'public_albums'");
  return !others.empty() && notes.watch_all(database, touch(kind, table, "row.id"), others);
}

bool watch_catalogue(RowNotes& notes, LibraryDatabase& database) {
  const auto watch_all = [&](Kind kind, const char* table, const char* id) {
    return notes.watch_all(database, touch(kind, table, id));
  };
  return watch_songs(notes, database) && watch_all_but_counts(notes, database, Kind::kArtist, "artists") &&
         watch_all_but_counts(notes, database, Kind::kAlbum, "albums") && watch_all(Kind::kWords, "song_words", "row.song") &&
         watch_all(Kind::kPlaylist, "playlists", "row.id") && watch_all(Kind::kPlaylist, "playlist_songs", "row.playlist") &&
         watch_all(Kind::kFavourite, "favourites", "row.account") && watch_all(Kind::kRating, "ratings", "row.account") &&
         watch_all(Kind::kPlay, "plays", "row.account");
}

}  // namespace

TouchedRows::TouchedRows() : notes_("touched_rows", watch_catalogue) {}

std::optional<std::vector<TouchedRow>> TouchedRows::take(LibraryDatabase& database) {
  const auto notes = notes_.take(database);
  if (!notes) return std::nullopt;
  std::vector<TouchedRow> out;
  for (const RowNote& note : *notes) out.push_back({static_cast<Kind>(note.kind), note.id});
  return out;
}

}  // namespace roundelay
