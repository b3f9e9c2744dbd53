// What the catalogue holds, as it is given out, and pieces of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/sql.h"

namespace roundelay {

struct Artist {
  int64_t id = 0;
  std::string name;
  int64_t albums = 0;  // of these and the songs: as many as the viewer sees
  int64_t songs = 0;
};

struct Album {
  int64_t id = 0;
  std::string title;
  std::optional<int64_t> artist_id = {};
  std::string artist = {};
  std::optional<int64_t> year = {};
  std::string cover = {};  // a hash; empty: none. What people brought, else that of the first song that has one
  bool own_cover = false;  // somebody brought it
  int64_t songs = 0;
  int64_t length_ms = 0;  // of the songs together
};

struct CatalogueSong {
  int64_t id = 0;
  std::string title;
  std::string hash = {};  // of its file; empty: it has none
  std::optional<int64_t> uploader_id = {};
  bool is_private = false;
  std::string status = {};
  std::string failure = {};  // of one that is FAILED: why, as song_jobs.h has it
  std::optional<int64_t> artist_id = {};
  std::string artist = {};
  std::optional<int64_t> album_id = {};
  std::string album = {};
  std::optional<int64_t> album_artist_id = {};
  std::string album_artist = {};
  std::optional<int64_t> disc = {};
  std::optional<int64_t> track = {};
  std::string genre = {};
  std::optional<int64_t> length_ms = {};
  std::string key = {};
  std::optional<double> tempo_bpm = {};
  std::string language = {};
  std::optional<int64_t> year = {};
  std::string licence = {};
  std::string link = {};
  std::string attribution = {};
  std::string cover = {};  // a hash; empty: none. What people brought for it or for its album, else that of its tags
  bool own_cover = false;  // somebody brought it, for this song
  bool has_words = false;
  std::optional<double> rating = {};  // the average, 1 to 10
  int64_t rating_count = 0;
  int64_t plays = 0;
  int64_t created = 0;  // Unix time in s
  int64_t changed = 0;
};

// A part of a list.
struct Page {
  int64_t offset = 0;
  int64_t limit = 50;
};
inline constexpr int64_t kMostPerPage = 500;

template <typename T>
struct PageOf {
  std::vector<T> rows;
  int64_t total = 0;
};

// "SELECT ... FROM songs LEFT JOIN ...", to be followed by WHERE, and the song of its row. `songs` has been named that.
extern const char* const kSelectSongs;
// The same in pieces, for rows that have more: what song_of() reads comes first, and what is joined to `songs` for it.
extern const char* const kSongColumns;
extern const char* const kSongTables;
inline constexpr int kSongColumnCount = 32;
[[nodiscard]] CatalogueSong song_of(const SqlRow& row);

[[nodiscard]] nlohmann::json to_json(const Artist& artist);
[[nodiscard]] nlohmann::json to_json(const Album& album);
[[nodiscard]] nlohmann::json to_json(const CatalogueSong& song);

}  // namespace roundelay
