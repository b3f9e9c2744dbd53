#include "server/library/touched_rows.h"

#include <string>

#include "server/library/sql.h"

namespace roundelay {
namespace {

using Kind = TouchedRow::Kind;

bool do_sql(LibraryDatabase& database, const std::string& sql) {
  return each_row_once(database, sql, {}, [](const SqlRow&) {});
}

std::string note(Kind kind, const std::string& id) {
  return "INSERT OR IGNORE INTO touched_rows (kind, id) VALUES (" + std::to_string(static_cast<int>(kind)) + ", " + id + ");";
}

// `when`: "UPDATE OF plays". `name` is its own among those of the table.
bool add_note(LibraryDatabase& database, const std::string& table, const std::string& name, const std::string& when, Kind kind,
              const std::string& id) {
  const bool is_old = when == "DELETE";
  std::string body = note(kind, (is_old ? "old." : "new.") + id);
  if (when.starts_with("UPDATE")) body += note(kind, "old." + id);
  return do_sql(database, "CREATE TEMP TRIGGER IF NOT EXISTS touched_" + table + "_" + name + " AFTER " + when + " ON main." +
                              table + " BEGIN " + body + " END");
}

bool add_notes(LibraryDatabase& database, const std::string& table, Kind kind, const std::string& id) {
  return add_note(database, table, "came", "INSERT", kind, id) && add_note(database, table, "changed", "UPDATE", kind, id) &&
         add_note(database, table, "went", "DELETE", kind, id);
}

// Whoever hears or rates a song changes its numbers and nothing else of it.
bool add_notes_of_songs(LibraryDatabase& database) {
  std::string others;
  if (!each_row(database, "SELECT name FROM pragma_table_info('songs') WHERE name NOT IN ('rating', 'rating_count', 'plays')", {},
                [&](const SqlRow& row) { others.append(others.empty() ? "" : ", ").append(row.text(0)); }))
    return false;
  return add_note(database, "songs", "came", "INSERT", Kind::kSong, "id") &&
         add_note(database, "songs", "went", "DELETE", Kind::kSong, "id") &&
         add_note(database, "songs", "changed", "UPDATE OF " + others, Kind::kSong, "id") &&
         add_note(database, "songs", "numbered", "UPDATE OF rating, rating_count, plays", Kind::kNumbers, "id");
}

}  // namespace

bool TouchedRows::begin(LibraryDatabase& database) {
  begun_ = do_sql(database, "PRAGMA temp_store = MEMORY") &&
           do_sql(database,
                  "CREATE TEMP TABLE IF NOT EXISTS touched_rows (kind INTEGER NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (kind, "
                  "id)) WITHOUT ROWID") &&
           add_notes_of_songs(database) && add_notes(database, "artists", Kind::kArtist, "id") &&
           add_notes(database, "albums", Kind::kAlbum, "id") && add_notes(database, "song_words", Kind::kWords, "song") &&
           add_notes(database, "playlists", Kind::kPlaylist, "id") &&
           add_notes(database, "playlist_songs", Kind::kPlaylist, "playlist") &&
           add_notes(database, "favourites", Kind::kFavourite, "account") &&
           add_notes(database, "ratings", Kind::kRating, "account") && add_notes(database, "plays", Kind::kPlay, "account");
  return begun_;
}

std::optional<std::vector<TouchedRow>> TouchedRows::take(LibraryDatabase& database) {
  const bool is_first = !begun_;
  wrote_ = true;
  if (is_first && !begin(database)) return std::nullopt;
  const auto version = sql_integer(database, "SELECT data_version FROM pragma_data_version");
  const auto changes = sql_integer(database, "SELECT total_changes()");
  if (!version || !changes) return std::nullopt;
  const bool is_others = *version != version_;
  version_ = *version;
  std::vector<TouchedRow> out;
  wrote_ = *changes != changes_;
  if (wrote_) {
    const bool read = each_row(database, "SELECT kind, id FROM touched_rows", {}, [&](const SqlRow& row) {
      out.push_back({static_cast<Kind>(row.integer(0)), row.integer(1)});
    });
    if (!read || !run_sql(database, "DELETE FROM touched_rows")) return std::nullopt;
    changes_ = sql_integer(database, "SELECT total_changes()").value_or(-1);
  }
  if (is_first || is_others) return std::nullopt;
  return out;
}

}  // namespace roundelay
