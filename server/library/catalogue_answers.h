// What the catalogue's resources answer alike: faults, rows, pages. The librarian's loop only.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_answer.h"
#include "server/library/removal.h"

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
// Nothing is said but that it was done, or the fault.
[[nodiscard]] LibraryAnswer done_answer(const FromCatalogue<void>& done);

}  // namespace roundelay
