#include "server/library/search_index.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/library/folding.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

void index_words(LibraryDatabase& database, std::initializer_list<std::string_view> texts) {
  if (!database.vocabulary().is_loaded()) return;
  std::set<std::string> words;
  for (const std::string_view text : texts) {
    for (std::string& word : words_of(text)) words.insert(std::move(word));
  }
  for (const std::string& word : words) database.vocabulary().add(word);
}

std::string number_word(const std::optional<int64_t>& number) {
  return number ? std::string(" ").append(std::to_string(*number)) : std::string();
}

}  // namespace

bool index_song(LibraryDatabase& database, int64_t song) {
  std::string title, artist, album, genre, more, words;
  bool found = false;
  const bool read = each_row(
      database,
      "SELECT songs.title, artists.fold, albums.fold, songs.genre, songs.language, songs.licence, songs.attribution, songs.key, "
      "songs.year, song_words.text FROM songs LEFT JOIN artists ON artists.id = songs.artist LEFT JOIN albums ON albums.id = "
      "songs.album LEFT JOIN song_words ON song_words.song = songs.id WHERE songs.id = ?",
      {song}, [&](const SqlRow& row) {
        found = true;
        title = folded(row.text(0));
        artist = row.text(1);
        album = row.text(2);
        genre = folded(row.text(3));
        more =
            folded(row.text(4) + " " + row.text(5) + " " + row.text(6) + " " + row.text(7)) + number_word(row.integer_or_null(8));
        words = folded(row.text(9));
      });
  if (!read || !found) return read;
  index_words(database, {title, artist, album, genre, more, words});
  return run_sql(database, "UPDATE songs SET fold = ?, genre_fold = ? WHERE id = ?", {title, genre, song}) &&
         run_sql(database, "DELETE FROM song_search WHERE rowid = ?", {song}) &&
         run_sql(database,
                 "INSERT INTO song_search (rowid, title, artist, album, genre, more, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
                 {song, title, artist, album, genre, more, words});
}

bool index_album(LibraryDatabase& database, int64_t album) {
  std::string title, artist;
  bool found = false;
  const bool read =
      each_row(database,
               "SELECT albums.title, artists.fold FROM albums LEFT JOIN artists ON artists.id = albums.artist WHERE "
               "albums.id = ?",
               {album}, [&](const SqlRow& row) {
                 found = true;
                 title = folded(row.text(0));
                 artist = row.text(1);
               });
  if (!read || !found) return read;
  index_words(database, {title, artist});
  return run_sql(database, "UPDATE albums SET fold = ? WHERE id = ?", {title, album}) &&
         run_sql(database, "DELETE FROM album_search WHERE rowid = ?", {album}) &&
         run_sql(database, "INSERT INTO album_search (rowid, title, artist) VALUES (?, ?, ?)", {album, title, artist});
}

bool index_artist(LibraryDatabase& database, int64_t artist) {
  std::string name;
  bool found = false;
  const bool read = each_row(database, "SELECT name FROM artists WHERE id = ?", {artist}, [&](const SqlRow& row) {
    found = true;
    name = folded(row.text(0));
  });
  if (!read || !found) return read;
  index_words(database, {name});
  return run_sql(database, "UPDATE artists SET fold = ? WHERE id = ?", {name, artist}) &&
         run_sql(database, "DELETE FROM artist_search WHERE rowid = ?", {artist}) &&
         run_sql(database, "INSERT INTO artist_search (rowid, name) VALUES (?, ?)", {artist, name});
}

bool load_vocabulary(LibraryDatabase& database) {
  if (database.vocabulary().is_loaded()) return true;
  std::vector<std::pair<std::string, int64_t>> words;
  for (const std::string of : {"song", "album", "artist"}) {
    std::string table = "temp.";
    table.append(of).append("_vocabulary");
    std::string make = "CREATE VIRTUAL TABLE IF NOT EXISTS ";
    make.append(table).append(" USING fts5vocab('main', '").append(of).append("_search', 'row')");
    if (!each_row_once(database, make, {}, [](const SqlRow&) {}) ||
        !each_row_once(database, "SELECT term, doc FROM " + table, {},
                       [&](const SqlRow& row) { words.emplace_back(row.text(0), row.integer(1)); }))
      return false;
  }
  database.vocabulary().load(std::move(words));
  return true;
}

}  // namespace roundelay
