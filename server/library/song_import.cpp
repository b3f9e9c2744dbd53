#include "server/library/song_import.h"

#include "server/library/csv.h"
#include "server/library/folding.h"
#include "server/library/song_csv.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// What a table does not say stays as it is.
SongFields completed(const SongFields& before, const SongFields& row) {
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
  if (row.length_ms) out.length_ms = row.length_ms;
  if (row.year) out.year = row.year;
  if (row.tempo_bpm) out.tempo_bpm = row.tempo_bpm;
  return out;
}

}  // namespace

std::optional<int64_t> SongImport::known_song(const Viewer& viewer, const SongFields& fields) {
  const std::string title = case_folded(fields.title), artist = case_folded(fields.artist), album = case_folded(fields.album);
  int64_t out = 0;
  const bool read =
      each_row(database_,
               "SELECT songs.id, songs.title, artists.name, albums.title FROM songs LEFT JOIN artists ON artists.id = "
               "songs.artist LEFT JOIN albums ON albums.id = songs.album WHERE songs.fold = ? AND songs.uploader = ?",
               {folded(fields.title), viewer.account}, [&](const SqlRow& row) {
                 if (out == 0 && case_folded(row.text(1)) == title && case_folded(row.text(2)) == artist &&
                     case_folded(row.text(3)) == album)
                   out = row.integer(0);
               });
  return read ? std::optional(out) : std::nullopt;
}

bool SongImport::take(const Viewer& viewer, SongFields fields, int64_t now_s, ImportReport& report) {
  Songs songs(database_);
  const auto known = known_song(viewer, fields);
  if (!known) return false;
  if (*known == 0) {
    ++report.added;
    return songs.insert(fields, {}, viewer.account, now_s) != 0;
  }
  const auto before = songs.fields(viewer, *known);
  if (!before) return false;
  SongFields after = completed(*before, fields);
  if (after == *before) {
    ++report.unchanged;
    return true;
  }
  ++report.changed;
  return songs.update(*known, after, now_s);
}

FromCatalogue<ImportReport> SongImport::run(const Viewer& viewer, std::string_view csv, bool is_private, int64_t first_line,
                                            int64_t now_s) {
  if (viewer.account == 0) return not_yours(phrase("library_song_is_not_yours"));
  if (csv.starts_with("\xFF\xFE") || csv.starts_with("\xFE\xFF"))
    return refused(phrase("csv_line_is_not_utf8", {{"line", 1}}), "csv");
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
        out.faults.emplace_back(line, phrase(row->fault->code, {{"line", line}}));
        continue;
      }
      auto fields = columns->song(row->cells);
      if (!fields) {
        out.faults.emplace_back(line, fields.error().said);
        continue;
      }
      fields->is_private = is_private;
      if (!take(viewer, std::move(*fields), now_s, out)) return false;
    }
    return true;
  });
  if (too_many) return misread("At most 1000 rows are taken at once.", "csv");
  if (!done) return unread();
  return out;
}

}  // namespace roundelay
