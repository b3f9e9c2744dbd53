#include "server/library/folder_import.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "server/base/tokens.h"
#include "server/library/csv.h"
#include "server/library/importer.h"
#include "server/library/received_file.h"
#include "server/library/song_csv.h"
#include "server/library/song_fields.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

using Fault = tl::unexpected<std::string>;

// Sounds below a folder, by their paths from there, in their order.
std::vector<std::string> sounds_below(const fs::path& from) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator each(from, fs::directory_options::skip_permission_denied, error), end;
       !error && each != end; each.increment(error)) {
    std::error_code unread;
    if (each->is_symlink(unread) || !each->is_regular_file(unread) || kind_of_sound(each->path().string()).empty()) continue;
    out.push_back(fs::relative(each->path(), from, unread).string());
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool copy_into(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::create_directories(to.parent_path(), error);
  return fs::copy_file(from, to, fs::copy_options::skip_existing, error) || (!error && fs::exists(to));
}

bool is_known(LibraryDatabase& database, const std::string& path) {
  const auto hash = file_sha256(path);
  return hash && sql_integer(database, "SELECT 1 FROM files WHERE hash = ?", {*hash}).value_or(0) != 0;
}

// The files and pictures that a table names, copied; what is missing is told when the table is taken in.
tl::expected<void, std::string> copy_named(const std::string& text, const std::string& from, StagedFolder& staged) {
  CsvReader reader(text);
  const auto header = reader.next();
  if (!header || header->fault) return Fault("The table's first line cannot be read.");
  const auto columns = SongColumns::of(header->cells);
  if (!columns) return Fault(columns.error().said.text);
  while (const auto row = reader.next()) {
    ++staged.rows;
    bool is_copied = false;  // the sound
    if (row->fault) continue;
    for (const std::string& cell : {columns->cover(row->cells), columns->file(row->cells)}) {
      const auto path = Importer::file_in(from, cell);
      const auto to = Importer::file_in(staged.folder, cell);
      std::error_code error;
      is_copied = path && to && fs::is_regular_file(*path, error);
      if (is_copied && !copy_into(*path, *to)) return Fault("The file " + *path + " cannot be copied: is the disk full?");
    }
    staged.files += is_copied ? 1 : 0;
  }
  return {};
}

tl::expected<std::string, std::string> copy_all(LibraryDatabase& database, const std::string& from, StagedFolder& staged) {
  std::string table = "title,file\r\n";
  for (const std::string& name : sounds_below(from)) {
    std::string path = from;
    path.append("/").append(name);
    if (is_known(database, path)) {
      ++staged.known;
      continue;
    }
    if (!copy_into(path, staged.folder + "/" + name)) return Fault("The file " + path + " cannot be copied: is the disk full?");
    table.append(csv_cell(title_of_file(fs::path(name).filename().string()))).append(",").append(csv_cell(name)).append("\r\n");
    ++staged.files;
    ++staged.rows;
  }
  return table;
}

}  // namespace

tl::expected<StagedFolder, std::string> stage_folder(LibraryDatabase& database, const std::string& from, const std::string& csv,
                                                     const std::string& imports) {
  std::error_code error;
  if (!fs::is_directory(from, error)) return Fault("There is no folder '" + from + "'.");
  StagedFolder out;
  out.folder = imports + "/" + make_organiser_key();
  out.table = out.folder + ".csv";
  fs::create_directories(out.folder, error);
  if (error) return Fault("The folder " + out.folder + " cannot be made: " + error.message() + ".");
  const auto failed = [&](std::string why) {
    fs::remove_all(out.folder, error);
    fs::remove(out.table, error);
    return Fault(std::move(why));
  };
  std::string table;
  if (csv.empty()) {
    auto made = copy_all(database, from, out);
    if (!made) return failed(made.error());
    table = std::move(*made);
  } else {
    std::ifstream in(csv, std::ios::binary);
    if (!in) return failed("The table '" + csv + "' cannot be read.");
    table.assign(std::istreambuf_iterator<char>(in), {});
    if (const auto copied = copy_named(table, from, out); !copied) return failed(copied.error());
  }
  out.bytes = static_cast<int64_t>(table.size());
  if (out.rows > Importer::kMostRows || out.bytes > Importer::kMostBytes)
    return failed("At most 100,000 songs and 50 MB of a table are taken at once: import the folder in parts.");
  std::ofstream file(out.table, std::ios::binary);
  file << table;
  file.close();
  if (!file) return failed("The table cannot be written: is the disk full?");
  return out;
}

}  // namespace roundelay
