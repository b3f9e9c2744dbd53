#include "server/library/unknown_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

#include "mixer/file_descriptor.h"
#include "server/base/tokens.h"
#include "server/library/received_file.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarkName = ".mark";
constexpr size_t kMostMarkBytes = 64;
// The last but one is kept for a death between the writing of the two.
constexpr const char* kMark = "folder_mark";
constexpr const char* kMarkBefore = "folder_mark_before";

std::string read_mark(const std::string& folder) {
  std::ifstream in(folder + "/" + kMarkName, std::ios::binary);
  std::string out(kMostMarkBytes, '\0');
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<size_t>(in.gcount()));
  return out;
}

bool write_mark(const std::string& folder, const std::string& mark) {
  const std::string path = folder + "/" + kMarkName, made = path + ".new";
  {
    const FileDescriptor file(open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0 || write(file.get(), mark.data(), mark.size()) != static_cast<ssize_t>(mark.size()) ||
        fsync(file.get()) != 0)
      return false;
  }
  if (rename(made.c_str(), path.c_str()) != 0) return false;
  return sync_library_folder(folder);
}

bool put_setting(LibraryDatabase& database, const char* name, const std::string& value) {
  return run_sql(database, "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                 {name, value});
}

std::string setting(LibraryDatabase& database, const char* name) {
  std::string out;
  const bool read =
      each_row(database, "SELECT value FROM settings WHERE name = ?", {name}, [&](const SqlRow& row) { out = row.text(0); });
  return read ? out : std::string();
}

}  // namespace

std::string LibraryFolder::aside_folder(const std::string& path, int64_t unix_s) {
  const std::time_t time = unix_s;
  std::tm day{};
  gmtime_r(&time, &day);
  std::array<char, 16> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d", &day);
  return path + "/set-aside-" + text.data();
}

bool LibraryFolder::knows_each_other() {
  const std::string mark = read_mark(path_);
  return !mark.empty() && (mark == setting(database_, kMark) || mark == setting(database_, kMarkBefore));
}

bool LibraryFolder::has_row(const std::string& name) {
  const size_t dot = name.find('.');
  const auto there = dot == std::string::npos ? sql_integer(database_, "SELECT 1 FROM files WHERE hash = ?", {name})
                                              : sql_integer(database_, "SELECT 1 FROM derived WHERE hash = ? AND kind = ?",
                                                            {name.substr(0, dot), name.substr(dot + 1)});
  return !there || *there != 0;  // who cannot read takes nothing away
}

UnknownFiles LibraryFolder::tidy(int64_t unix_s) {
  UnknownFiles out;
  std::vector<fs::path> unknown;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(path_, error)) {
    std::error_code unread;
    const std::string name = entry.path().filename().string();
    if (!name.starts_with('.') && entry.is_regular_file(unread) && !has_row(name)) unknown.push_back(entry.path());
  }
  const bool known = knows_each_other();
  if (!known && !unknown.empty()) {
    out.aside = aside_folder(path_, unix_s);
    fs::create_directory(out.aside, error);
  }
  for (const fs::path& file : unknown) {
    if (known)
      out.removed += fs::remove(file, error) ? 1 : 0;
    else if (fs::rename(file, fs::path(out.aside) / file.filename(), error); !error)
      ++out.set_aside;
  }
  return out;
}

bool LibraryFolder::mark() {
  const std::string before = read_mark(path_), made = make_organiser_key();
  const bool kept =
      database_.transaction([&] { return put_setting(database_, kMarkBefore, before) && put_setting(database_, kMark, made); });
  return kept && write_mark(path_, made);
}

}  // namespace roundelay
