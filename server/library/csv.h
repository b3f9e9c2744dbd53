// Tables as comma-separated values (RFC 4180; semicolons and tabs where the first line has those, or is "sep=;"). Pure. Bad rows
// are told by their line, and what comes behind them is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/base/sentences.h"

namespace roundelay {

inline constexpr size_t kMostCsvRowBytes = 16'384;
inline constexpr int kMostEmptyCsvLines = 10'000;  // in a row
inline constexpr size_t kMostEmptyCsvBytes = 65'536;

struct CsvRow {
  int64_t line = 0;  // where it begins, from 1
  std::vector<std::string> cells = {};
  std::optional<Sentence> fault = {};  // why it cannot be read, without its line; there are no cells then
};

class CsvReader {
 public:
  // Any bytes; they outlive the reader. A mark of byte order is left out.
  explicit CsvReader(std::string_view text);

  // The next row with something in a cell; nothing at the end. A bad row too where nothing but empty ones comes: each call ends
  // soon.
  [[nodiscard]] std::optional<CsvRow> next();
  [[nodiscard]] char separator() const { return separator_; }
  // Where the next row begins, and its line; and on from there, of the same text.
  [[nodiscard]] size_t at() const { return at_; }
  [[nodiscard]] int64_t line() const { return line_; }
  void go_to(size_t at, int64_t line);

 private:
  [[nodiscard]] CsvRow read_row();
  [[nodiscard]] std::optional<Sentence> read_cell(size_t row_begin, std::string& cell);
  void skip_line_end();
  [[nodiscard]] bool at_line_end() const;

  std::string_view text_;
  size_t at_ = 0;
  int64_t line_ = 1;
  char separator_ = ',';
};

// A cell as it is written: in quotation marks where it must be, and as text, where a table would take it for a formula.
[[nodiscard]] std::string csv_cell(std::string_view text);
// What csv_cell() put before it for that reason is taken away.
[[nodiscard]] std::string_view without_formula_guard(std::string_view cell);

}  // namespace roundelay
