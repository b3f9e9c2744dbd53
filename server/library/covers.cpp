#include "server/library/covers.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "server/library/albums.h"
#include "server/library/received_file.h"
#include "server/library/song_jobs.h"
#include "server/library/songs.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

// [[offset, bytes, width, height], ...] of a file of so many bytes.
std::optional<MadeCover> told_cover(const nlohmann::json& cover, int64_t bytes) {
  MadeCover out{.bytes = bytes};
  const auto parts = cover.is_object() ? cover.value("parts", nlohmann::json()) : nlohmann::json();
  if (!parts.is_array() || parts.size() != out.sizes.size()) return std::nullopt;
  for (size_t i = 0; i < out.sizes.size(); ++i) {
    const nlohmann::json& part = parts[i];
    if (!part.is_array() || part.size() < 2 || !part[0].is_number_integer() || !part[1].is_number_integer()) return std::nullopt;
    CoverStretch& size = out.sizes[i];
    size = {.first = part[0].get<int64_t>(), .bytes = part[1].get<int64_t>()};
    if (size.first < 0 || size.bytes <= 0 || size.first > bytes || size.bytes > bytes - size.first) return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<Covers::Kept> Covers::keep_file(const nlohmann::json& verdict, const std::string& path,
                                              const std::string& files_dir) {
  if (!verdict.contains("cover")) return Kept{};
  auto cover = told_cover(verdict["cover"], bytes_of_file(path));
  // Whatever the worker says: it has read foreign bytes, and may be theirs.
  auto hash = cover ? file_sha256(path) : std::nullopt;
  if (!hash) return std::nullopt;
  cover->hash = *std::move(hash);
  if (rename(path.c_str(), (files_dir + "/" + cover->hash).c_str()) != 0) return std::nullopt;
  if (!sync_library_folder(files_dir)) return std::nullopt;
  return Kept{.cover = std::move(cover)};
}

bool Covers::add_row(const MadeCover& cover) {
  return run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                 {cover.hash, cover.bytes, kCoverKind}) &&
         run_sql(database_,
                 "INSERT INTO covers (hash, small_first, small_bytes, large_first, large_bytes) VALUES (?, ?, ?, ?, ?) ON "
                 "CONFLICT DO NOTHING",
                 {cover.hash, cover.sizes[0].first, cover.sizes[0].bytes, cover.sizes[1].first, cover.sizes[1].bytes});
}

bool Covers::give(const std::string& table, int64_t id, const MadeCover* cover, int64_t now_s) {
  if (cover == nullptr)
    return run_sql(database_, "UPDATE " + table + " SET cover = NULL, changed = ? WHERE id = ? AND cover IS NOT NULL",
                   {now_s, id});
  return add_row(*cover) &&
         run_sql(database_, "UPDATE " + table + " SET cover = ?1, changed = ?2 WHERE id = ?3 AND cover IS NOT ?1",
                 {cover->hash, now_s, id});
}

bool Covers::give_song(int64_t song, const MadeCover* cover, int64_t now_s) {
  return give("songs", song, cover, now_s);
}

bool Covers::give_album(int64_t album, const MadeCover* cover, int64_t now_s) {
  return give("albums", album, cover, now_s);
}

bool Covers::give_tags(int64_t song, const MadeCover* cover) {
  if (cover == nullptr)
    return run_sql(database_, "UPDATE songs SET tag_cover = NULL WHERE id = ? AND tag_cover IS NOT NULL", {song});
  return add_row(*cover) &&
         run_sql(database_, "UPDATE songs SET tag_cover = ?1 WHERE id = ?2 AND tag_cover IS NOT ?1", {cover->hash, song});
}

FromCatalogue<void> Covers::may_give_song(const Viewer& viewer, int64_t song) {
  const auto found = Songs(database_).find(viewer, song);
  if (!found) return tl::unexpected(found.error());
  if (!viewer.may_change(found->uploader_id.value_or(0))) return not_yours(phrase("library_song_is_not_yours"));
  return {};
}

FromCatalogue<void> Covers::may_give_album(const Viewer& viewer, int64_t album) {
  const auto found = Albums(database_).find(viewer, album);
  if (!found) return tl::unexpected(found.error());
  if (!viewer.is_curator()) return not_yours(phrase("library_is_the_curators"));
  return {};
}

std::optional<CoverStretch> Covers::find(const std::string& hash, int side) {
  std::optional<CoverStretch> out;
  const bool is_small = side == kCoverSides.front();
  const bool read =
      each_row(database_, "SELECT small_first, small_bytes, large_first, large_bytes FROM covers WHERE hash = ?", {hash},
               [&](const SqlRow& row) {
                 out = is_small ? CoverStretch{row.integer(0), row.integer(1)} : CoverStretch{row.integer(2), row.integer(3)};
               });
  return read ? out : std::nullopt;
}

bool Covers::watch() {
  return run_sql(database_, "CREATE TEMP TABLE IF NOT EXISTS covers_gone (hash TEXT NOT NULL)") &&
         run_sql(database_,
                 "CREATE TEMP TRIGGER IF NOT EXISTS cover_goes AFTER DELETE ON main.files WHEN old.kind = 'cover' BEGIN "
                 "INSERT INTO covers_gone (hash) VALUES (old.hash); END");
}

std::vector<std::string> Covers::gone() {
  std::vector<std::string> out;
  if (!each_row(database_, "SELECT hash FROM covers_gone", {}, [&](const SqlRow& row) { out.push_back(row.text(0)); }) ||
      out.empty() || !run_sql(database_, "DELETE FROM covers_gone"))
    return {};
  return out;
}

int Covers::drop_rows_without_files(const std::string& files_dir) {
  std::vector<std::string> missing;
  bool done = each_row(database_, "SELECT hash, bytes FROM files WHERE kind = 'cover'", {}, [&](const SqlRow& row) {
    if (bytes_of_file(files_dir + "/" + row.text(0)) != row.integer(1)) missing.push_back(row.text(0));
  });
  if (missing.empty()) return 0;
  done = done && database_.transaction([&] {
    for (const std::string& hash : missing) {
      std::vector<int64_t> songs;
      if (!each_row(database_, "SELECT id FROM songs WHERE tag_cover = ?", {hash},
                    [&](const SqlRow& row) { songs.push_back(row.integer(0)); }))
        return false;
      const bool again =
          std::all_of(songs.begin(), songs.end(), [&](int64_t song) { return SongJobs(database_).add(song, kCoverKind); });
      // The triggers delete its rows.
      if (!again || !run_sql(database_, "UPDATE songs SET tag_cover = NULL WHERE tag_cover = ?", {hash}) ||
          !run_sql(database_, "UPDATE songs SET cover = NULL WHERE cover = ?", {hash}) ||
          !run_sql(database_, "UPDATE albums SET cover = NULL WHERE cover = ?", {hash}))
        return false;
    }
    return true;
  });
  if (!done) spdlog::warn("the covers could not be looked through: {}", database_.transaction_error());
  return done ? static_cast<int>(missing.size()) : 0;
}

}  // namespace roundelay
