// Pictures of songs and albums: what people brought (`cover` of both), and what songs carry in their tags (`tag_cover`). Each is
// a file of the library, of the kind "cover", which holds it in every size (server/jobs/cover.h), stored once however many have
// it. Triggers delete its rows with the last song or album that has it. The librarian's loop only. Times are Unix time in
// seconds.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/library/catalogue_fault.h"
#include "server/library/library_database.h"
#include "server/library/made_cover.h"
#include "server/library/viewer.h"

namespace roundelay {

class Covers {
 public:
  explicit Covers(LibraryDatabase& database) : database_(database) {}

  // What a worker made, by its last line (cover_worker.h), of which nothing is believed: it lies at `path`, synced, and goes
  // among the library's files, whose folder that is. Without `cover`: the worker made none. Nothing: the disk refused, or the
  // worker lied.
  struct Kept {
    std::optional<MadeCover> cover = {};
  };
  [[nodiscard]] static std::optional<Kept> keep_file(const nlohmann::json& verdict, const std::string& path,
                                                     const std::string& files_dir);

  // In a transaction: of whom the viewer may change; null takes it away. Its file lies there already. False: the database does
  // not take it.
  [[nodiscard]] bool give_song(int64_t song, const MadeCover* cover, int64_t now_s);
  [[nodiscard]] bool give_album(int64_t album, const MadeCover* cover, int64_t now_s);
  [[nodiscard]] bool give_tags(int64_t song, const MadeCover* cover);

  // Whether this viewer may give them one.
  [[nodiscard]] FromCatalogue<void> may_give_song(const Viewer& viewer, int64_t song);
  [[nodiscard]] FromCatalogue<void> may_give_album(const Viewer& viewer, int64_t album);

  // Where a size of it lies in its file; nothing where the database has none of this hash, or cannot be read.
  [[nodiscard]] std::optional<CoverStretch> find(const std::string& hash, int side);

  // Once, by whoever calls gone(): from now on it is noted what loses its row, for whatever reason. False: the database does not
  // take it.
  [[nodiscard]] bool watch();
  // What has lost its row since the last call: the files are the caller's to delete.
  [[nodiscard]] std::vector<std::string> gone();
  // Drops those whose file in `files_dir` is not there, or not whole (a disk that lost power). Those of tags are made anew. Their
  // number.
  [[nodiscard]] int drop_rows_without_files(const std::string& files_dir);

 private:
  [[nodiscard]] bool add_row(const MadeCover& cover);
  [[nodiscard]] bool give(const std::string& table, int64_t id, const MadeCover* cover, int64_t now_s);

  LibraryDatabase& database_;
};

}  // namespace roundelay
