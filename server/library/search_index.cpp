#include "server/library/search_index.h"

#include <algorithm>
#include <set>

#include "server/library/folding.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr size_t kLongestIndexedWord = 40;

bool index_words(LibraryDatabase& database, std::initializer_list<std::string_view> texts) {
  std::set<std::string> words;
  for (const std::string_view text : texts) {
    for (std::string& word : words_of(text)) {
      if (word.size() >= 3 && word.size() <= kLongestIndexedWord) words.insert(std::move(word));
    }
  }
  for (const std::string& word : words) {
    int64_t made = 0;
    if (!each_row(database, "INSERT INTO search_words (word) VALUES (?) ON CONFLICT DO NOTHING RETURNING id", {word},
                  [&](const SqlRow& row) { made = row.integer(0); }))
      return false;
    if (made == 0) continue;
    for (const std::string& gram : trigrams(word, true)) {
      if (!run_sql(database, "INSERT OR IGNORE INTO search_grams (gram, length, word) VALUES (?, ?, ?)",
                   {gram, word.size(), made}))
        return false;
    }
  }
  return true;
}

std::vector<int64_t> ids(LibraryDatabase& database, std::string_view sql, int64_t of) {
  std::vector<int64_t> out;
  if (!each_row(database, sql, {of}, [&](const SqlRow& row) { out.push_back(row.integer(0)); })) out.clear();
  return out;
}

bool index_songs(LibraryDatabase& database, const std::vector<int64_t>& songs) {
  return std::all_of(songs.begin(), songs.end(), [&](int64_t song) { return index_song(database, song); });
}

std::string number_word(const std::optional<int64_t>& number) {
  return number ? std::string(" ").append(std::to_string(*number)) : std::string();
}

}  // namespace

std::vector<std::string> trigrams(std::string_view word, bool whole) {
  std::string marked = "_";
  marked += word;
  if (whole) marked += '_';
  std::vector<std::string> out;
  // Of bytes: what has no Latin letters has rarer ones.
  for (size_t i = 0; i + 3 <= marked.size(); ++i) out.push_back(marked.substr(i, 3));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

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
  return run_sql(database, "UPDATE songs SET fold = ?, genre_fold = ? WHERE id = ?", {title, genre, song}) &&
         run_sql(database, "DELETE FROM song_search WHERE rowid = ?", {song}) &&
         run_sql(database,
                 "INSERT INTO song_search (rowid, title, artist, album, genre, more, words) VALUES (?, ?, ?, ?, ?, ?, ?)",
                 {song, title, artist, album, genre, more, words}) &&
         index_words(database, {title, artist, album, genre, more, words});
}

bool index_album(LibraryDatabase& database, int64_t album, bool with_songs) {
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
  return run_sql(database, "UPDATE albums SET fold = ? WHERE id = ?", {title, album}) &&
         run_sql(database, "DELETE FROM album_search WHERE rowid = ?", {album}) &&
         run_sql(database, "INSERT INTO album_search (rowid, title, artist) VALUES (?, ?, ?)", {album, title, artist}) &&
         index_words(database, {title, artist}) &&
         (!with_songs || index_songs(database, ids(database, "SELECT id FROM songs WHERE album = ?", album)));
}

bool index_artist(LibraryDatabase& database, int64_t artist, bool with_songs) {
  std::string name;
  bool found = false;
  const bool read = each_row(database, "SELECT name FROM artists WHERE id = ?", {artist}, [&](const SqlRow& row) {
    found = true;
    name = folded(row.text(0));
  });
  if (!read || !found) return read;
  if (!run_sql(database, "UPDATE artists SET fold = ? WHERE id = ?", {name, artist}) ||
      !run_sql(database, "DELETE FROM artist_search WHERE rowid = ?", {artist}) ||
      !run_sql(database, "INSERT INTO artist_search (rowid, name) VALUES (?, ?)", {artist, name}) ||
      !index_words(database, {name}))
    return false;
  if (!with_songs) return true;
  for (const int64_t album : ids(database, "SELECT id FROM albums WHERE artist = ?", artist)) {
    if (!index_album(database, album, false)) return false;
  }
  return index_songs(database, ids(database, "SELECT id FROM songs WHERE artist = ?", artist));
}

int index_new_songs(LibraryDatabase& database, int most) {
  const std::vector<int64_t> songs = ids(database, "SELECT id FROM songs WHERE fold = '' LIMIT ?", most);
  const bool done = database.transaction([&] { return index_songs(database, songs); });
  return done ? static_cast<int>(songs.size()) : 0;
}

}  // namespace roundelay
