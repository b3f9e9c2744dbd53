#include "server/library/importer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string_view>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/library/accounts.h"
#include "server/library/covers.h"
#include "server/library/song_import.h"

namespace roundelay {

namespace fs = std::filesystem;

class MappedTable {
 public:
  explicit MappedTable(const std::string& path) {
    const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat about = {};
    if (file.get() < 0 || fstat(file.get(), &about) != 0 || !S_ISREG(about.st_mode)) return;
    is_there_ = true;
    bytes_ = static_cast<size_t>(about.st_size);
    if (bytes_ == 0) return;
    void* mapped = mmap(nullptr, bytes_, PROT_READ, MAP_PRIVATE, file.get(), 0);
    is_there_ = mapped != MAP_FAILED;
    if (is_there_) data_ = static_cast<const char*>(mapped);
  }
  ~MappedTable() {
    if (data_ != nullptr) munmap(const_cast<char*>(data_), bytes_);
  }
  MappedTable(const MappedTable&) = delete;
  MappedTable& operator=(const MappedTable&) = delete;

  [[nodiscard]] bool is_there() const { return is_there_; }
  [[nodiscard]] std::string_view text() const { return data_ == nullptr ? std::string_view() : std::string_view(data_, bytes_); }

 private:
  bool is_there_ = false;
  const char* data_ = nullptr;
  size_t bytes_ = 0;
};

namespace {

constexpr size_t kLongestFileCell = 1'000;
constexpr auto kKeepStrangers = std::chrono::hours(24);  // somebody may be filling a folder just now

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

}  // namespace

Importer::Importer(LibraryDatabase& database, std::string folder) : database_(database), folder_(std::move(folder)) {}

Importer::~Importer() = default;

std::optional<std::string> Importer::file_in(const std::string& folder, const std::string& cell) {
  if (cell.empty() || cell.size() > kLongestFileCell || cell.find('\0') != std::string::npos) return std::nullopt;
  // As Windows writes it, where it is nothing else.
  std::string name = cell;
  if (name.find('/') == std::string::npos) std::ranges::replace(name, '\\', '/');
  const fs::path path(name);
  if (path.is_absolute()) return std::nullopt;
  for (const fs::path& part : path) {
    if (part == "..") return std::nullopt;
  }
  return folder + "/" + name;
}

void Importer::close() {
  open_id_ = 0;
  reader_.reset();
  columns_.reset();
  heading_fault_.reset();
  table_.reset();
  if (row_of_files_ && row_of_files_->made) brought_.push_back(row_of_files_->made->hash);
  row_of_files_.reset();
  row_before_.reset();
}

Importer::Next Importer::end(Import import, const std::string& state, int64_t now_s, std::optional<Sentence> said) {
  import.state = state;
  import.ended = now_s;
  const bool kept = database_.transaction([&] {
    if (said && !note_fault(import, import.line, *said)) return false;
    return Imports(database_).update(import);
  });
  close();
  if (!kept) return Next::kWait;
  std::error_code ignored;
  fs::remove(import.file, ignored);
  if (!import.folder.empty()) fs::remove_all(import.folder, ignored);
  return Next::kSlice;
}

// The header is read again by whoever goes on.
bool Importer::open(const Import& import) {
  close();
  table_ = std::make_unique<MappedTable>(import.file);
  open_id_ = import.id;
  if (!table_->is_there()) return false;
  reader_.emplace(table_->text());
  const auto header = reader_->next();
  if (header) heading_fault_ = header->fault;
  if (!header || header->fault) return true;
  if (auto columns = SongColumns::of(header->cells)) columns_ = std::move(*columns);
  if (import.offset > 0) reader_->go_to(static_cast<size_t>(import.offset), import.line);
  return true;
}

bool Importer::note_fault(Import& import, int64_t line, const Sentence& said) {
  ++import.bad;
  return Imports(database_).add_fault(import, {line, said});
}

bool Importer::take_song(Import& import, const SongFields& fields, const ReceivedFile* file, int64_t now_s,
                         const MadeCover* cover) {
  const auto account = Accounts(database_).by_id(import.account);
  if (!account) return false;
  const Viewer viewer{import.account, *account ? (*account)->role : LibraryRole::kMember};
  const auto taken = SongImport(database_).take(viewer, fields, file, now_s, cover);
  if (!taken) return false;
  ++(*taken == SongTaken::kAdded ? import.added : *taken == SongTaken::kChanged ? import.changed : import.unchanged);
  return true;
}

bool Importer::take_row(Import& import, const CsvRow& row, int64_t now_s) {
  if (row.fault) return note_fault(import, row.line, *row.fault);
  auto fields = columns_->song(row.cells);
  if (!fields) return note_fault(import, row.line, fields.error().said);
  fields->is_private = import.is_private;
  const bool has_folder = !import.folder.empty();
  const std::string cell = has_folder ? columns_->file(row.cells) : std::string();
  const std::string cover = has_folder ? columns_->cover(row.cells) : std::string();
  if (cell.empty() && cover.empty()) return take_song(import, *fields, nullptr, now_s);
  RowOfFiles waits{.row = row};
  if (!cell.empty()) {
    const auto path = file_in(import.folder, cell);
    if (!path) return note_fault(import, row.line, phrase("csv_file_is_not_there"));
    waits.file = *path;
  }
  if (!cover.empty()) {
    std::error_code error;
    const auto path = file_in(import.folder, cover);
    if (path && fs::is_regular_file(*path, error))
      waits.cover = *path;
    else
      waits.cover_fault = phrase("csv_cover_is_not_there");
  }
  row_of_files_ = std::move(waits);
  return true;
}

Importer::Next Importer::slice(int64_t now_s) {
  const auto begin = std::chrono::steady_clock::now();
  if (row_of_files_) return next_of_row(now_s);
  const auto found = Imports(database_).next();
  if (!found) return Next::kWait;
  if (!*found) {
    close();
    return Next::kNothing;
  }
  Import import = **found;
  if (open_id_ != import.id && !open(import)) return end(import, "failed", now_s, phrase("library_import_is_gone"));
  if (is_utf16(table_->text())) return end(import, "failed", now_s, phrase("csv_line_is_not_utf8"));
  if (!columns_) return end(import, "failed", now_s, heading_fault_.value_or(phrase("csv_has_no_title")));
  bool is_end = false, is_long = false;
  const bool kept = database_.transaction([&] {
    for (int done = 0; done < kMostRowsOfSlice && !row_of_files_ && !is_long; ++done) {
      if (std::chrono::steady_clock::now() - begin > std::chrono::nanoseconds(kSliceNs)) break;
      const auto row = reader_->next();
      is_end = !row;
      if (is_end) break;
      is_long = import.rows >= kMostRows;
      if (is_long) break;
      if (!take_row(import, *row, now_s)) return false;
      if (row_of_files_) break;  // it counts when its file has come
      ++import.rows;
      ++rows_taken_;
      import.offset = static_cast<int64_t>(reader_->at());
      import.line = reader_->line();
    }
    return Imports(database_).update(import);
  });
  if (!kept) {
    close();  // it is begun again from where it was
    return Next::kWait;
  }
  if (is_long) return end(import, "done", now_s, phrase("library_import_is_long", {{"most", kMostRows}}));
  if (is_end) {
    import.offset = import.bytes;
    return end(import, "done", now_s);
  }
  return row_of_files_ ? next_of_row(now_s) : Next::kSlice;
}

Importer::Next Importer::next_of_row(int64_t now_s) {
  RowOfFiles& waits = *row_of_files_;
  if (!waits.cover.empty() && !waits.made && row_before_ && row_before_->cover == waits.cover) {
    waits.cover_fault = row_before_->cover_fault;
    // As long as a song has it.
    if (row_before_->made && Covers(database_).find(row_before_->made->hash, kCoverSides.back())) waits.made = row_before_->made;
  }
  if (!waits.cover.empty() && !waits.made && !waits.cover_fault) return Next::kPicture;
  return waits.file.empty() ? take_row_of_files(nullptr, now_s) : Next::kFile;
}

Importer::Next Importer::give_picture(const tl::expected<MadeCover, Sentence>& cover, int64_t now_s) {
  if (!row_of_files_) {  // it was closed meanwhile
    if (cover) brought_.push_back(cover->hash);
    return Next::kSlice;
  }
  if (cover)
    row_of_files_->made = *cover;
  else
    row_of_files_->cover_fault = cover.error();
  return next_of_row(now_s);
}

Importer::Next Importer::give_file(const std::optional<ReceivedFile>& file, int64_t now_s) {
  if (file && !file->sha256.empty()) brought_.push_back(file->sha256);
  if (row_of_files_ && !file) row_of_files_->fault = phrase("csv_file_is_not_there");
  if (row_of_files_ && file && file->kind.empty()) row_of_files_->fault = phrase("library_knows_no_such_sound");
  return take_row_of_files(file ? &*file : nullptr, now_s);
}

Importer::Next Importer::take_row_of_files(const ReceivedFile* file, int64_t now_s) {
  const auto found = Imports(database_).next();
  // It was taken away meanwhile, or another one's turn has come.
  if (!found || !*found || (*found)->id != open_id_ || !row_of_files_) {
    close();
    return found ? Next::kSlice : Next::kWait;
  }
  Import import = **found;
  const RowOfFiles waits = *std::exchange(row_of_files_, std::nullopt);
  if (waits.made) brought_.push_back(waits.made->hash);
  std::optional<ReceivedFile> named;
  if (file != nullptr) {
    named = *file;
    named->name = columns_->are_titles_of_files() ? fs::path(waits.file).filename().string() : std::string();
  }
  const bool kept = database_.transaction([&] {
    auto fields = columns_->song(waits.row.cells);
    if (!fields) {
      if (!note_fault(import, waits.row.line, fields.error().said)) return false;
    } else if (waits.fault) {
      if (!note_fault(import, waits.row.line, *waits.fault)) return false;
    } else {
      fields->is_private = import.is_private;
      if (!take_song(import, *fields, named ? &*named : nullptr, now_s, waits.made ? &*waits.made : nullptr)) return false;
      if (waits.cover_fault && !note_fault(import, waits.row.line, *waits.cover_fault)) return false;
    }
    ++import.rows;
    ++rows_taken_;
    import.offset = static_cast<int64_t>(reader_->at());
    import.line = reader_->line();
    return Imports(database_).update(import);
  });
  if (kept) {
    if (!waits.cover.empty()) row_before_ = waits;
    return Next::kSlice;
  }
  close();
  return Next::kWait;
}

std::vector<std::string> Importer::brought() {
  return std::exchange(brought_, {});
}

void Importer::tidy() {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    std::error_code unread;
    const auto age = fs::file_time_type::clock::now() - entry.last_write_time(unread);
    if (unread || age < kKeepStrangers || Imports(database_).needs(entry.path().string())) continue;
    fs::remove_all(entry.path(), unread);
  }
}

}  // namespace roundelay
