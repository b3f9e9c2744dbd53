// Takes tables in, a slice at a time, so that others are served between two. Each slice is a transaction that also says how far
// it came: whoever is killed goes on there, and a row that comes twice does no harm. Not of any loop: the librarian calls it when
// its own has time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/library/csv.h"
#include "server/library/imports.h"
#include "server/library/library_request.h"
#include "server/library/song_csv.h"

namespace roundelay {

// A file that is read where it lies.
class MappedTable;

class Importer {
 public:
  static constexpr int64_t kMostBytes = 50'000'000;
  static constexpr int64_t kMostRows = 100'000;
  static constexpr int64_t kSliceNs = 6'000'000;
  static constexpr int kMostRowsOfSlice = 200;

  // `folder`: in which the tables lie; those that no import needs are removed by tidy().
  Importer(LibraryDatabase& database, std::string folder);
  ~Importer();
  Importer(const Importer&) = delete;
  Importer& operator=(const Importer&) = delete;

  enum class Next {
    kNothing,  // there is no import
    kSlice,    // another slice
    kPicture,  // a cover is to be made of picture(); give_picture() then
    kFile,     // file() is to be put among the library's; give_file() then
    kWait,     // the database does not take it now
  };
  // Does a slice.
  [[nodiscard]] Next slice(int64_t now_s);
  [[nodiscard]] const std::string& picture() const { return row_of_files_->cover; }
  [[nodiscard]] const std::string& file() const { return row_of_files_->file; }
  // What became of picture(); the error is a sentence. Its file lies among the library's; where no song takes it, brought() has
  // it.
  [[nodiscard]] Next give_picture(const tl::expected<MadeCover, Sentence>& cover, int64_t now_s);
  // What became of file(). Nothing: the disk refused, or it is not there.
  [[nodiscard]] Next give_file(const std::optional<ReceivedFile>& file, int64_t now_s);
  // Hashes of files that came since the last call, for rows that are done with: what has no row is the caller's to delete.
  [[nodiscard]] std::vector<std::string> brought();
  // Since it was made.
  [[nodiscard]] uint64_t rows_taken() const { return rows_taken_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }
  // Removes tables and folders that no import needs (any more).
  void tidy();

  // Where a cell of the column "file" lies below the folder; nothing where it leads out of it. Pure.
  [[nodiscard]] static std::optional<std::string> file_in(const std::string& folder, const std::string& cell);

 private:
  // A row that names files.
  struct RowOfFiles {
    CsvRow row = {};
    std::string file = {};               // its path; empty: it names none
    std::string cover = {};              // likewise
    std::optional<Sentence> fault = {};  // why it is not taken
    std::optional<MadeCover> made = {};
    std::optional<Sentence> cover_fault = {};  // why it is taken without a cover, though it names one
  };
  [[nodiscard]] bool open(const Import& import);
  void close();
  [[nodiscard]] Next end(Import import, const std::string& state, int64_t now_s, std::optional<Sentence> said = {});
  // Into `import`. False: the database does not take it.
  [[nodiscard]] bool take_row(Import& import, const CsvRow& row, int64_t now_s);
  [[nodiscard]] bool take_song(Import& import, const SongFields& fields, const ReceivedFile* file, int64_t now_s,
                               const MadeCover* cover = nullptr);
  // What the row that names files wants next; where it has all, it is taken.
  [[nodiscard]] Next next_of_row(int64_t now_s);
  // `file`: null where it has none.
  [[nodiscard]] Next take_row_of_files(const ReceivedFile* file, int64_t now_s);
  [[nodiscard]] bool note_fault(Import& import, int64_t line, const Sentence& said);

  LibraryDatabase& database_;
  std::string folder_;
  uint64_t rows_taken_ = 0;
  int64_t open_id_ = 0;  // of the import whose table is open
  std::unique_ptr<MappedTable> table_;
  std::optional<CsvReader> reader_;
  std::optional<SongColumns> columns_;
  std::optional<Sentence> heading_fault_;  // why its first line cannot be read
  std::optional<RowOfFiles> row_of_files_;
  std::optional<RowOfFiles> row_before_;  // with a cover: often its picture comes again and again
  std::vector<std::string> brought_;
};

}  // namespace roundelay
