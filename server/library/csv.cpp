#include "server/library/csv.h"

#include <algorithm>
#include <array>

#include "server/base/text.h"

namespace roundelay {
namespace {

constexpr std::string_view kFormulaBegins = "=+-@\t\r";
constexpr std::string_view kSeparators = ",;\t";
constexpr std::string_view kSeparatorLine = "sep=";

// Which of them stands most often in the first row that is not empty; what is in quotation marks does not count.
char separator_of(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of("\r\n"), text.size()));
  std::array<int, kSeparators.size()> counts{};
  bool quoted = false;
  for (const char c : text.substr(0, kMostCsvRowBytes)) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const size_t found = kSeparators.find(c); found != std::string_view::npos) ++counts.at(found);
  }
  return kSeparators[static_cast<size_t>(std::max_element(counts.begin(), counts.end()) - counts.begin())];
}

bool is_blank(const CsvRow& row) {
  return std::all_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return cell.find_first_not_of(" \t") == std::string::npos; });
}

// Also of what was guarded already: so each guard is taken away once.
bool looks_like_formula(std::string_view cell) {
  const size_t begin = cell.find_first_not_of('\'');
  return begin != std::string_view::npos && kFormulaBegins.find(cell[begin]) != std::string_view::npos;
}

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
  if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  separator_ = separator_of(text_);
  // Excel's own line about it.
  const size_t end = kSeparatorLine.size() + 1;
  if (!text_.starts_with(kSeparatorLine) || text_.size() <= end || (text_[end] != '\n' && text_[end] != '\r')) return;
  if (kSeparators.find(text_[end - 1]) == std::string_view::npos) return;
  at_ = end;
  skip_line_end();
}

void CsvReader::go_to(size_t at, int64_t line) {
  at_ = std::min(at, text_.size());
  line_ = line;
}

bool CsvReader::at_line_end() const {
  return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r';
}

void CsvReader::skip_line_end() {
  if (at_ >= text_.size()) return;
  const bool two = text_.substr(at_, 2) == "\r\n";
  at_ += two ? 2 : 1;
  ++line_;
}

std::optional<Sentence> CsvReader::read_cell(size_t row_begin, std::string& cell) {
  const auto too_long = [&] { return at_ - row_begin > kMostCsvRowBytes; };
  if (at_ >= text_.size() || text_[at_] != '"') {
    while (!at_line_end() && text_[at_] != separator_) {
      if (too_long()) return phrase("csv_line_is_too_long");
      cell += text_[at_++];
    }
    return std::nullopt;
  }
  for (++at_; at_ < text_.size(); ++at_) {
    if (too_long()) break;
    if (text_[at_] != '"') {
      if (text_[at_] == '\n') ++line_;
      cell += text_[at_];
    } else if (text_.substr(at_, 2) == "\"\"") {
      cell += text_[at_++];
    } else {
      ++at_;
      if (at_line_end() || text_[at_] == separator_) return std::nullopt;
      return phrase("csv_quote_is_misplaced");
    }
  }
  return phrase("csv_quote_is_not_closed");
}

CsvRow CsvReader::read_row() {
  const size_t begin = at_;
  CsvRow out{.line = line_};
  for (;;) {
    out.fault = read_cell(begin, out.cells.emplace_back());
    if (out.fault || at_line_end()) break;
    ++at_;  // the separator
  }
  const std::string_view row = text_.substr(begin, at_ - begin);
  if (!out.fault && row.find('\0') != std::string_view::npos) out.fault = phrase("csv_line_has_a_zero");
  if (!out.fault && !is_utf8(row)) out.fault = phrase("csv_line_is_not_utf8");
  if (!out.fault) {
    skip_line_end();
    return out;
  }
  // On from the next line, whatever this one began.
  out.cells.clear();
  line_ = out.line;
  at_ = std::min(text_.find_first_of("\r\n", begin), text_.size());
  skip_line_end();
  return out;
}

std::optional<CsvRow> CsvReader::next() {
  const int64_t first = line_;
  const size_t begin = at_;
  for (int empty = 0; at_ < text_.size(); ++empty) {
    CsvRow row = read_row();
    if (row.fault || !is_blank(row)) return row;
    if (empty >= kMostEmptyCsvLines || at_ - begin > kMostEmptyCsvBytes)
      return CsvRow{.line = first, .fault = phrase("csv_lines_are_empty")};
  }
  return std::nullopt;
}

std::string_view without_formula_guard(std::string_view cell) {
  return cell.starts_with('\'') && looks_like_formula(cell) ? cell.substr(1) : cell;
}

std::string csv_cell(std::string_view text) {
  std::string out;
  if (looks_like_formula(text)) out += '\'';
  out += text;
  if (out.find_first_of("\",;\t\r\n") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char c : out) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted += '"';
}

}  // namespace roundelay
