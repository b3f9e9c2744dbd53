#include "server/library/song_import.h"

#include "server/library/covers.h"
#include "server/library/csv.h"
#include "server/library/folding.h"
#include "server/library/song_csv.h"
#include "server/library/song_jobs.h"
#include "server/library/songs.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr std::string_view kHasFile = "SELECT hash IS NOT NULL FROM songs WHERE id = ?";

// A table that was exported has whole seconds.
bool is_rounded(int64_t told_ms, int64_t exact_ms) {
  return told_ms == (exact_ms + 500) / 1'000 * 1'000;
}

// What a table does not say stays as it is; so does the length of a file.
SongFields completed(const SongFields& before, bool has_file, const SongFields& row) {
  SongFields out = before;
  const auto text = [](std::string& into, const std::string& from) {
    if (!from.empty()) into = from;
  };
  text(out.genre, row.genre);
  text(out.licence, row.licence);
  text(out.link, row.link);
  text(out.attribution, row.attribution);
  text(out.language, row.language);
  text(out.key, row.key);
  const bool is_known = before.length_ms && (has_file || is_rounded(row.length_ms.value_or(0), *before.length_ms));
  if (row.length_ms && !is_known) out.length_ms = row.length_ms;
  if (row.year) out.year = row.year;
  if (row.tempo_bpm) out.tempo_bpm = row.tempo_bpm;
  return out;
}

// Of a song that is known by its bytes.
SongFields renamed(SongFields out, const SongFields& row) {
  const auto is_new = [](const std::string& said, const std::string& before) {
    return !said.empty() && case_folded(said) != case_folded(before);
  };
  out.title = row.title;
  if (is_new(row.artist, out.artist)) {
    out.artist = row.artist;
    out.artist_id.reset();
  }
  if (is_new(row.album, out.album)) {
    out.album = row.album;
    out.album_artist = row.album_artist;
    out.album_id.reset();
  }
  return out;
}

}  // namespace

std::optional<int64_t> SongImport::same_song(std::string_view sql, const SqlValues& values, const SongFields& fields,
                                             const std::string& hash) {
  const std::string title = case_folded(fields.title), artist = case_folded(fields.artist), album = case_folded(fields.album);
  int64_t out = 0;
  const bool read = each_row(database_, sql, values, [&](const SqlRow& row) {
    const bool fits = hash.empty() || row.is_null(4) || row.text(4) == hash;
    if (out == 0 && fits && case_folded(row.text(1)) == title && case_folded(row.text(2)) == artist &&
        case_folded(row.text(3)) == album)
      out = row.integer(0);
  });
  return read ? std::optional(out) : std::nullopt;
}

std::optional<int64_t> SongImport::known_song(const Viewer& viewer, const SongFields& fields, const std::string& hash) {
  const std::string fold = folded(fields.title);
  const auto own = same_song(kSongsOfTitle, {fold, viewer.account}, fields, hash);
  if (own != 0 || !viewer.is_curator()) return own;
  return same_song(kSongsOfTitleOfOthers, {fold, viewer.sees_all()}, fields, hash);
}

std::optional<bool> SongImport::is_told_already(const Viewer& viewer, const SongFields& fields) {
  const auto other = same_song(kSongsOfTitleOfOthers, {folded(fields.title), viewer.sees_all()}, fields, {});
  if (!other) return std::nullopt;
  if (*other == 0) return false;
  const auto before = Songs(database_).fields(viewer, *other);
  const auto has_file = sql_integer(database_, kHasFile, {*other});
  if (!before || !has_file) return std::nullopt;
  return completed(*before, *has_file != 0, fields) == *before;
}

std::optional<SongImport::TakenSong> SongImport::take_song(const Viewer& viewer, const SongFields& fields,
                                                           const ReceivedFile* file, bool has_cover, int64_t now_s) {
  Songs songs(database_);
  const std::string hash = file == nullptr ? std::string() : file->sha256;
  // Nobody gave it a title: it gives way to the one in its tags, and to any that the song has.
  const bool is_named_by_file = file != nullptr && !file->name.empty() && fields.title == title_of_file(file->name);
  std::optional<int64_t> known = 0;
  if (file != nullptr) {
    if (!run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                 {hash, file->bytes, file->kind}))
      return std::nullopt;
    known = sql_integer(database_, kSongOfFile, {hash, viewer.account});
  }
  const bool is_of_file = known.value_or(0) != 0;
  if (known == 0) known = known_song(viewer, fields, hash);
  if (!known) return std::nullopt;
  if (*known == 0 && !viewer.is_curator() && file == nullptr && !has_cover) {
    const auto told = is_told_already(viewer, fields);
    if (!told) return std::nullopt;
    if (*told) return TakenSong{};
  }
  if (*known == 0) {
    const SongFile its = file == nullptr ? SongFile() : SongFile{.hash = hash, .status = "UPLOADED"};
    const int64_t id = songs.insert(fields, its, viewer.account, now_s);
    if (id == 0 || (is_named_by_file && !SongJobs(database_).note_title(id, fields.title))) return std::nullopt;
    return TakenSong{id, SongTaken::kAdded};
  }
  const auto before = songs.fields(viewer, *known);
  const auto has_file = sql_integer(database_, kHasFile, {*known});
  if (!before || !has_file) return std::nullopt;
  const bool gets_file = file != nullptr && *has_file == 0;
  if (gets_file && !run_sql(database_, "UPDATE songs SET hash = ?, status = 'UPLOADED' WHERE id = ?", {hash, *known}))
    return std::nullopt;
  SongFields after = completed(*before, *has_file != 0, fields);
  if (is_of_file && !is_named_by_file) after = renamed(std::move(after), fields);
  if (after == *before) return TakenSong{*known, gets_file ? SongTaken::kChanged : SongTaken::kUnchanged};
  return songs.update(*known, after, now_s) ? std::optional(TakenSong{*known, SongTaken::kChanged}) : std::nullopt;
}

std::optional<SongTaken> SongImport::take(const Viewer& viewer, const SongFields& fields, const ReceivedFile* file, int64_t now_s,
                                          const MadeCover* cover) {
  const auto taken = take_song(viewer, fields, file, cover != nullptr, now_s);
  if (!taken) return std::nullopt;
  if (cover == nullptr) return taken->how;
  const auto is_new = sql_integer(database_, "SELECT cover IS NOT ? FROM songs WHERE id = ?", {cover->hash, taken->id});
  if (!is_new || !Covers(database_).give_song(taken->id, cover, now_s)) return std::nullopt;
  return *is_new != 0 && taken->how == SongTaken::kUnchanged ? SongTaken::kChanged : taken->how;
}

FromCatalogue<ImportReport> SongImport::run(const Viewer& viewer, std::string_view csv, bool is_private, int64_t first_line,
                                            int64_t now_s) {
  if (viewer.account == 0) return not_yours(phrase("library_song_is_not_yours"));
  if (csv.starts_with("\xFF\xFE") || csv.starts_with("\xFE\xFF")) return refused(phrase("csv_line_is_not_utf8"), "csv");
  CsvReader reader(csv);
  const auto header = reader.next();
  if (!header) return refused(phrase("csv_has_no_title"), "csv");
  if (header->fault) return refused(*header->fault, "csv");
  const auto columns = SongColumns::of(header->cells);
  if (!columns) return tl::unexpected(columns.error());
  ImportReport out;
  bool too_many = false;
  const bool done = database_.transaction([&] {
    while (const auto row = reader.next()) {
      too_many = ++out.rows > kMostRowsAtOnce;
      if (too_many) return false;
      const int64_t line = row->line + first_line - 1;
      if (row->fault) {
        out.faults.emplace_back(line, *row->fault);
        continue;
      }
      auto fields = columns->song(row->cells);
      if (!fields) {
        out.faults.emplace_back(line, fields.error().said);
        continue;
      }
      fields->is_private = is_private;
      const auto taken = take(viewer, *fields, nullptr, now_s);
      if (!taken) return false;
      ++(*taken == SongTaken::kAdded ? out.added : *taken == SongTaken::kChanged ? out.changed : out.unchanged);
    }
    return true;
  });
  if (too_many) return refused(phrase("csv_has_too_many_rows", {{"most", kMostRowsAtOnce}}), "csv");
  if (!done) return unread();
  return out;
}

}  // namespace roundelay
