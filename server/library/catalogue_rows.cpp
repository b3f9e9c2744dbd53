#include "server/library/catalogue_rows.h"

#include "server/base/sentences.h"
#include "server/base/told_sentence.h"
#include "server/library/song_jobs.h"

namespace roundelay {
namespace {

template <typename T>
nlohmann::json or_null(const std::optional<T>& value) {
  return value ? nlohmann::json(*value) : nlohmann::json(nullptr);
}
nlohmann::json or_null(const std::string& text) {
  return text.empty() ? nlohmann::json(nullptr) : nlohmann::json(text);
}

// {message, sentence, values}: told in the words of now.
nlohmann::json failure_of(const CatalogueSong& song) {
  constexpr size_t kMostFailureBytes = 1'000;
  if (song.status != "FAILED") return nullptr;
  const auto told = told_sentence(nlohmann::json::parse(song.failure, nullptr, false), kMostFailureBytes);
  const Sentence said = told.value_or(phrase("server_cannot_read_the_file"));
  nlohmann::json out = {{"message", said.text}};
  put_sentence(said.code, said.values, out);
  return out;
}

}  // namespace

// The number in what follows.
static_assert(SongJobs::kGivenUpS == 4611686018427387904);

#define SONG_COLUMNS                                                                                                    \
  "songs.id, songs.title, songs.hash, songs.uploader, songs.private, songs.status, songs.artist, artists.name, "        \
  "songs.album, albums.title, songs.disc, songs.track, songs.genre, songs.length_ms, songs.key, songs.tempo_bpm, "      \
  "songs.language, songs.year, songs.licence, songs.link, songs.attribution, coalesce(songs.cover, albums.cover, "      \
  "songs.tag_cover), EXISTS (SELECT 1 FROM song_words WHERE song_words.song = songs.id), songs.rating, "                \
  "songs.rating_count, songs.plays, songs.created, songs.changed, CASE WHEN songs.status = 'FAILED' THEN (SELECT "      \
  "failure FROM jobs WHERE jobs.song = songs.id AND leased_until = 4611686018427387904 ORDER BY jobs.id LIMIT 1) END, " \
  "songs.cover IS NOT NULL, albums.artist, (SELECT of_album.name FROM artists of_album WHERE of_album.id = albums.artist)"
#define SONG_TABLES "LEFT JOIN artists ON artists.id = songs.artist LEFT JOIN albums ON albums.id = songs.album "

const char* const kSongColumns = SONG_COLUMNS;
const char* const kSongTables = SONG_TABLES;
const char* const kSelectSongs = "SELECT " SONG_COLUMNS " FROM songs " SONG_TABLES;

CatalogueSong song_of(const SqlRow& row) {
  CatalogueSong out;
  out.id = row.integer(0);
  out.title = row.text(1);
  out.hash = row.text(2);
  out.uploader_id = row.integer_or_null(3);
  out.is_private = row.flag(4);
  out.status = row.text(5);
  out.artist_id = row.integer_or_null(6);
  out.artist = row.text(7);
  out.album_id = row.integer_or_null(8);
  out.album = row.text(9);
  out.disc = row.integer_or_null(10);
  out.track = row.integer_or_null(11);
  out.genre = row.text(12);
  out.length_ms = row.integer_or_null(13);
  out.key = row.text(14);
  out.tempo_bpm = row.real_or_null(15);
  out.language = row.text(16);
  out.year = row.integer_or_null(17);
  out.licence = row.text(18);
  out.link = row.text(19);
  out.attribution = row.text(20);
  out.cover = row.text(21);
  out.has_words = row.flag(22);
  out.rating = row.real_or_null(23);
  out.rating_count = row.integer(24);
  out.plays = row.integer(25);
  out.created = row.integer(26);
  out.changed = row.integer(27);
  out.failure = row.text(28);
  out.own_cover = row.flag(29);
  out.album_artist_id = row.integer_or_null(30);
  out.album_artist = row.text(31);
  return out;
}

nlohmann::json to_json(const Artist& artist) {
  return {{"id", artist.id}, {"name", artist.name}, {"albums", artist.albums}, {"songs", artist.songs}};
}

nlohmann::json to_json(const Album& album) {
  return {{"id", album.id},
          {"title", album.title},
          {"artist_id", or_null(album.artist_id)},
          {"artist", or_null(album.artist)},
          {"year", or_null(album.year)},
          {"cover", or_null(album.cover)},
          {"own_cover", album.own_cover},
          {"songs", album.songs},
          {"length_ms", album.length_ms}};
}

nlohmann::json to_json(const CatalogueSong& song) {
  return {{"id", song.id},
          {"title", song.title},
          {"hash", or_null(song.hash)},
          {"uploader_id", or_null(song.uploader_id)},
          {"private", song.is_private},
          {"status", song.status},
          {"failure", failure_of(song)},
          {"artist_id", or_null(song.artist_id)},
          {"artist", or_null(song.artist)},
          {"album_id", or_null(song.album_id)},
          {"album", or_null(song.album)},
          {"disc", or_null(song.disc)},
          {"track", or_null(song.track)},
          {"genre", or_null(song.genre)},
          {"length_ms", or_null(song.length_ms)},
          {"key", or_null(song.key)},
          {"tempo_bpm", or_null(song.tempo_bpm)},
          {"language", or_null(song.language)},
          {"year", or_null(song.year)},
          {"licence", or_null(song.licence)},
          {"link", or_null(song.link)},
          {"attribution", or_null(song.attribution)},
          {"cover", or_null(song.cover)},
          {"own_cover", song.own_cover},
          {"has_words", song.has_words},
          {"rating", or_null(song.rating)},
          {"rating_count", song.rating_count},
          {"plays", song.plays},
          {"created", song.created},
          {"changed", song.changed}};
}

}  // namespace roundelay
