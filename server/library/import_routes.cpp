#include <unistd.h>

#include <array>

#include "server/library/catalogue_answers.h"
#include "server/library/catalogue_routes.h"
#include "server/library/importer.h"
#include "server/library/imports.h"
#include "server/library/long_page.h"
#include "server/library/song_csv.h"
#include "server/library/song_fields.h"
#include "server/library/song_filter.h"
#include "server/library/song_import.h"
#include "server/library/songs.h"

namespace roundelay {
namespace {

// A part of a table at a time, each with the header: what a body can hold, so that between them others are served, and the sender
// knows how far it is. The same part again does no harm.
LibraryAnswer import_songs(Library& library, const LibraryRequest& request) {
  const Viewer viewer = viewer_of(request);
  bool is_private = !viewer.is_curator();
  int64_t first_line = 1;
  if (const auto given = request.body.find("private"); given != request.body.end()) {
    if (!given->is_boolean()) return fault_answer(misread("“private” is true or false.", "private").value());
    is_private = given->get<bool>();
  }
  if (const auto given = request.body.find("first_line"); given != request.body.end()) {
    if (!given->is_number_integer()) return fault_answer(misread("“first_line” is a number.", "first_line").value());
    first_line = given->get<int64_t>();
  }
  const auto report = SongImport(library.database).run(viewer, request.text("csv"), is_private, first_line, request.unix_s);
  if (!report) return fault_answer(report.error());
  nlohmann::json faults = nlohmann::json::array();
  for (const auto& [line, said] : report->faults) {
    nlohmann::json fault{{"line", line}, {"message", said.text}};
    put_sentence(said.code, said.values, fault);
    faults.push_back(std::move(fault));
  }
  return library_answer({{"rows", report->rows},
                         {"added", report->added},
                         {"changed", report->changed},
                         {"unchanged", report->unchanged},
                         {"faults", std::move(faults)}});
}

// A whole table, which is taken in while others are served.
LibraryAnswer begin_import(Library& library, const LibraryRequest& request) {
  const ReceivedFile& table = *request.file;
  if (table.path.empty())
    return library_error(413, "too_large", phrase("library_table_is_too_large", {{"most", Importer::kMostBytes / 1'000'000}}));
  const Viewer viewer = viewer_of(request);
  const std::string given = request.text("private");
  if (!given.empty() && given != "true" && given != "false")
    return fault_answer(misread("“private” is true or false.", "private").value());
  const auto name = checked_title(table.name.empty() ? std::string("songs.csv") : table.name, "file");
  Imports imports(library.database);
  const auto id = imports.add({.account = viewer.account,
                               .name = name ? *name : std::string("songs.csv"),
                               .file = table.path,
                               .is_private = given.empty() ? !viewer.is_curator() : given == "true",
                               .created = request.unix_s,
                               .bytes = table.bytes});
  return id ? row_answer("import", imports.find(viewer, *id), 202) : fault_answer(id.error());
}

LibraryAnswer list_imports(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query);
  if (!page) return fault_answer(page.error());
  return page_answer("imports", Imports(library.database).list(viewer_of(request), *page));
}

// With the rows that were not taken, a page of them.
LibraryAnswer show_import(Library& library, const LibraryRequest& request) {
  const auto page = page_of(request.query, {.offset = 0, .limit = 100});
  if (!page) return fault_answer(page.error());
  Imports imports(library.database);
  const auto import = imports.find(viewer_of(request), request.id());
  if (!import) return fault_answer(import.error());
  const auto faults = imports.faults(import->id, *page);
  if (!faults) return fault_answer(faults.error());
  return library_answer({{"import", to_json(*import)}, {"faults", rows_json(*faults)}});
}

LibraryAnswer delete_import(Library& library, const LibraryRequest& request) {
  Imports imports(library.database);
  const auto import = imports.find(viewer_of(request), request.id());
  if (!import) return fault_answer(import.error());
  const auto done = imports.remove(viewer_of(request), request.id());
  if (done) unlink(import->file.c_str());
  return done_answer(done);
}

// The songs that she sees, by id; "after" goes on behind one. The header comes with the first part.
LibraryAnswer export_songs(Library& /*library*/, const LibraryRequest& request) {
  const auto page = page_of(request.query, {.offset = 0, .limit = kMostPerPage});
  if (!page) return fault_answer(page.error());
  auto filter = song_filter(request.query, {"limit"});
  if (!filter) return fault_answer(filter.error());
  filter->order = SongOrder::kOldest;
  const auto songs = long_page<Songs, CatalogueSong>(viewer_of(request), *page, *filter);
  return marked_at_length(
      request, [songs](Library& then) { return songs->read_on(then.database); },
      [songs, is_first = !filter->after, limit = page->limit] {
        const auto& read = songs->read();
        if (!read) return fault_answer(read.error());
        std::string csv = is_first ? csv_header() : std::string();
        for (const CatalogueSong& song : read->rows) csv += csv_line(song);
        const bool more = static_cast<int64_t>(read->rows.size()) == limit;
        return library_answer(
            {{"csv", std::move(csv)}, {"next", more ? nlohmann::json(read->rows.back().id) : nlohmann::json()}});
      });
}

constexpr std::array kImportRoutes = {
    LibraryRoute{LibraryMethod::kPost, "/import", LibraryRole::kMember, import_songs},
    LibraryRoute{LibraryMethod::kPost, "/imports", LibraryRole::kMember, begin_import, true, false, 0, true},
    LibraryRoute{LibraryMethod::kGet, "/imports", LibraryRole::kMember, list_imports},
    LibraryRoute{LibraryMethod::kGet, "/imports/*", LibraryRole::kMember, show_import},
    LibraryRoute{LibraryMethod::kDelete, "/imports/*", LibraryRole::kMember, delete_import},
    LibraryRoute{LibraryMethod::kGet, "/export", LibraryRole::kMember, export_songs},
};

}  // namespace

std::span<const LibraryRoute> import_routes() {
  return kImportRoutes;
}

}  // namespace roundelay
