// What the catalogue's resources answer alike: faults, rows, pages. The librarian's loop only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_answer.h"
#include "server/library/removal.h"
#include "server/library/viewer.h"

namespace roundelay {

[[nodiscard]] LibraryAnswer fault_answer(const CatalogueFault& fault);

template <typename Row>
[[nodiscard]] nlohmann::json rows_json(const std::vector<Row>& rows) {
  nlohmann::json out = nlohmann::json::array();
  for (const Row& row : rows) out.push_back(to_json(row));
  return out;
}
// {NAME: rows, "total": ...}, or the fault.
template <typename Row>
[[nodiscard]] LibraryAnswer page_answer(const char* name, const FromCatalogue<PageOf<Row>>& page) {
  if (!page) return fault_answer(page.error());
  return library_answer({{name, rows_json(page->rows)}, {"total", page->total}});
}
// {NAME: row}, or the fault.
template <typename Row>
[[nodiscard]] LibraryAnswer row_answer(const char* name, const FromCatalogue<Row>& row, int status = 200) {
  if (!row) return fault_answer(row.error());
  return library_answer({{name, to_json(*row)}}, status);
}
// A row was added or changed: it, as the viewer sees it now, or the fault. `rows` finds it: Songs and its like.
template <typename Rows>
[[nodiscard]] LibraryAnswer added_answer(const char* name, Rows& rows, const LibraryRequest& request,
                                         const FromCatalogue<int64_t>& id) {
  return id ? row_answer(name, rows.find(viewer_of(request), *id), 201) : fault_answer(id.error());
}
template <typename Rows>
[[nodiscard]] LibraryAnswer changed_answer(const char* name, Rows& rows, const LibraryRequest& request,
                                           const FromCatalogue<void>& done) {
  return done ? row_answer(name, rows.find(viewer_of(request), request.id())) : fault_answer(done.error());
}
// Nothing is said but that it was done, or the fault.
[[nodiscard]] LibraryAnswer done_answer(const FromCatalogue<void>& done);

}  // namespace roundelay
