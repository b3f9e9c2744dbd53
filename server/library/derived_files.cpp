#include "server/library/derived_files.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cstdio>
#include <utility>
#include <vector>

#include "server/library/job_kinds.h"
#include "server/library/received_file.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

using HashAndKind = std::pair<std::string, std::string>;

}  // namespace

std::string DerivedFiles::path(const std::string& files_dir, const std::string& hash, std::string_view kind) {
  return files_dir + "/" + hash + "." + std::string(kind);
}

std::optional<int64_t> DerivedFiles::bytes(const std::string& hash, std::string_view kind) {
  return sql_integer(database_, "SELECT bytes FROM derived WHERE hash = ? AND kind = ?", {hash, kind});
}

bool DerivedFiles::keep(const std::string& hash, std::string_view kind, const std::string& made) {
  const int64_t bytes = bytes_of_file(made);
  if (bytes <= 0 ||
      !run_sql(database_,
               "INSERT INTO derived (hash, kind, bytes) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes",
               {hash, kind, bytes}) ||
      rename(made.c_str(), path(files_dir_, hash, kind).c_str()) != 0)
    return false;
  // Whoever dies before the transaction's end leaves a file without a row, which the next librarian removes.
  return sync_library_folder(files_dir_);
}

bool DerivedFiles::forget(const std::string& hash, std::string_view kind) {
  return run_sql(database_, "DELETE FROM derived WHERE hash = ? AND kind = ?", {hash, kind});
}

bool DerivedFiles::watch() {
  return run_sql(database_, "CREATE TEMP TABLE IF NOT EXISTS derived_gone (hash TEXT NOT NULL, kind TEXT NOT NULL)") &&
         run_sql(database_,
                 "CREATE TEMP TRIGGER IF NOT EXISTS derived_goes AFTER DELETE ON main.derived BEGIN "
                 "INSERT INTO derived_gone (hash, kind) VALUES (old.hash, old.kind); END");
}

void DerivedFiles::sweep() {
  std::vector<HashAndKind> gone;
  if (!each_row(database_, "SELECT hash, kind FROM derived_gone", {},
                [&](const SqlRow& row) { gone.emplace_back(row.text(0), row.text(1)); }) ||
      gone.empty() || !run_sql(database_, "DELETE FROM derived_gone"))
    return;
  for (const auto& [hash, kind] : gone) {
    if (bytes(hash, kind) == 0) unlink(path(files_dir_, hash, kind).c_str());  // it may have been made anew
  }
}

int DerivedFiles::drop_rows_without_files() {
  std::vector<HashAndKind> missing;
  bool done = each_row(database_, "SELECT hash, kind, bytes FROM derived", {}, [&](const SqlRow& row) {
    if (bytes_of_file(path(files_dir_, row.text(0), row.text(1))) != row.integer(2))
      missing.emplace_back(row.text(0), row.text(1));
  });
  if (missing.empty()) return 0;
  done = done && database_.transaction([&] {
    for (const auto& [hash, kind] : missing) {
      if (!forget(hash, kind)) return false;
      const JobKind* its = job_kind(kind);
      if (its == nullptr || !its->of_every_song) continue;
      const auto song = sql_integer(database_, "SELECT MIN(id) FROM songs WHERE hash = ?", {hash});
      if (!song || (*song != 0 && !SongJobs(database_).add(*song, kind))) return false;
    }
    return true;
  });
  if (!done) spdlog::warn("what is made of songs could not be looked through: {}", database_.transaction_error());
  return done ? static_cast<int>(missing.size()) : 0;
}

}  // namespace roundelay
