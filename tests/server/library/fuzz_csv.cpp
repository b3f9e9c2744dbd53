// Any bytes as a table of songs: every row is a song or a fault, and what is written is read again as the same.
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>

#include "server/library/csv.h"
#include "server/library/song_csv.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  CsvReader reader({reinterpret_cast<const char*>(data), size});
  std::optional<SongColumns> columns;
  int64_t line = 0;
  while (const auto row = reader.next()) {
    if (row->line <= line) std::abort();
    line = row->line;
    if (row->fault) continue;
    for (const std::string& cell : row->cells) {
      // Behind another: at a table's beginning a mark of byte order would be left out.
      const std::string written = "x," + csv_cell(cell);
      if (cell.empty() || written.size() > kMostCsvRowBytes) continue;
      const auto again = CsvReader(written).next();
      if (!again || again->fault || without_formula_guard(again->cells.at(1)) != cell) std::abort();
    }
    if (!columns) {
      const auto found = SongColumns::of(row->cells);
      if (found) columns = *found;
    } else if (columns) {
      static_cast<void>(columns->song(row->cells));
    }
  }
  return 0;
}
