// Songs from a table (CSV): each row is a song, added or brought up to date; a bad row is told and the others are kept. The same
// table again changes nothing. The librarian's loop only.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/base/sentences.h"
#include "server/library/catalogue_fault.h"
#include "server/library/library_database.h"
#include "server/library/library_request.h"
#include "server/library/song_fields.h"
#include "server/library/viewer.h"

namespace roundelay {

inline constexpr int64_t kMostRowsAtOnce = 1'000;  // others wait meanwhile

// Songs of an account, by the folded title, and by their file. Asked for each row of a table.
inline constexpr std::string_view kSongsOfTitle =
    "SELECT songs.id, songs.title, artists.name, albums.title, songs.hash FROM songs LEFT JOIN artists ON artists.id = "
    "songs.artist LEFT JOIN albums ON albums.id = songs.album WHERE songs.fold = ? AND songs.uploader = ?";
inline constexpr std::string_view kSongsOfTitleOfOthers =
    "SELECT songs.id, songs.title, artists.name, albums.title, songs.hash FROM songs LEFT JOIN artists ON artists.id = "
    "songs.artist LEFT JOIN albums ON albums.id = songs.album WHERE songs.fold = ? AND (songs.private = 0 OR ?)";
inline constexpr std::string_view kSongOfFile = "SELECT id FROM songs WHERE hash = ? AND uploader = ? ORDER BY id LIMIT 1";

struct ImportReport {
  int64_t rows = 0;  // without the header
  int64_t added = 0;
  int64_t changed = 0;
  int64_t unchanged = 0;
  std::vector<std::pair<int64_t, Sentence>> faults = {};  // by line
};

enum class SongTaken { kAdded, kChanged, kUnchanged };

class SongImport {
 public:
  explicit SongImport(LibraryDatabase& database) : database_(database) {}

  // One song, in a transaction; `file`: its sound, `cover`: its picture, which lie among the library's already, or null. It is
  // the song of these bytes if this account has that. A file has a name where a title that is like it says nothing. Nothing: the
  // database does not take it.
  [[nodiscard]] std::optional<SongTaken> take(const Viewer& viewer, const SongFields& fields, const ReceivedFile* file,
                                              int64_t now_s, const MadeCover* cover = nullptr);
  // In one transaction. `first_line`: the number of the table's first line, where it is a part of a longer one; its header comes
  // with every part. A song is the same where title, artist and album are, and this account uploaded it or may see
  // and change it; or may see it, and the row says nothing new.
  [[nodiscard]] FromCatalogue<ImportReport> run(const Viewer& viewer, std::string_view csv, bool is_private, int64_t first_line,
                                                int64_t now_s);

 private:
  struct TakenSong {
    int64_t id = 0;
    SongTaken how = SongTaken::kUnchanged;
  };
  [[nodiscard]] std::optional<TakenSong> take_song(const Viewer& viewer, const SongFields& fields, const ReceivedFile* file,
                                                   bool has_cover, int64_t now_s);
  // 0: there is none. With another file it is another song.
  [[nodiscard]] std::optional<int64_t> known_song(const Viewer& viewer, const SongFields& fields, const std::string& hash);
  // Of what a statement like kSongsOfTitle finds.
  [[nodiscard]] std::optional<int64_t> same_song(std::string_view sql, const SqlValues& values, const SongFields& fields,
                                                 const std::string& hash);
  // A song that she may not change says all that the row does.
  [[nodiscard]] std::optional<bool> is_told_already(const Viewer& viewer, const SongFields& fields);

  LibraryDatabase& database_;
};

}  // namespace roundelay
