#include "server/library/csv.h"

#include <gtest/gtest.h>

namespace roundelay::csv_test {
namespace {

// "line: a|b", or "line! code" of a bad one.
std::vector<std::string> rows(std::string_view text) {
  std::vector<std::string> out;
  CsvReader reader(text);
  while (const auto row = reader.next()) {
    std::string one = std::to_string(row->line);
    one += row->fault ? "! " : ": ";
    if (row->fault) one += row->fault->code;
    for (size_t i = 0; i < row->cells.size(); ++i) {
      if (i > 0) one += '|';
      one += row->cells[i];
    }
    out.push_back(one);
  }
  return out;
}

using Rows = std::vector<std::string>;

TEST(Csv, IsReadAsTheStandardHasIt) {
  EXPECT_EQ(rows("a,b\r\n1,2\r\n"), (Rows{"1: a|b", "2: 1|2"}));
  EXPECT_EQ(rows("a,b\n\"1,\"\"x\"\"\n2\",\n\n3,4"), (Rows{"1: a|b", "2: 1,\"x\"\n2|", "5: 3|4"}));
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a,b"),
            (Rows{"1: a|b"}));
  EXPECT_EQ(rows("a;b;c\n1,5;2;3"), (Rows{"1: a|b|c", "2: 1,5|2|3"}));
  EXPECT_EQ(rows("a\tb\n1\t2"), (Rows{"1: a|b", "2: 1|2"}));
  EXPECT_EQ(rows("a,b\r1,2"), (Rows{"1: a|b", "2: 1|2"}));
  EXPECT_EQ(rows(""), Rows{});
  EXPECT_EQ(rows("\n\n"), Rows{});
  EXPECT_EQ(rows("a,"), Rows{"1: a|"});
}

TEST(Csv, TellsBadLinesAndReadsOn) {
  EXPECT_EQ(rows("a,b\n\"x\"y,2\n3,4"), (Rows{"1: a|b", "2! csv_quote_is_misplaced", "3: 3|4"}));
  EXPECT_EQ(rows("a,b\n\"x,2\n3,4\n5,6"), (Rows{"1: a|b", "2! csv_quote_is_not_closed", "3: 3|4", "4: 5|6"}));
  EXPECT_EQ(rows("a\n\xFF\nb"), (Rows{"1: a", "2! csv_line_is_not_utf8", "3: b"}));
  EXPECT_EQ(rows(std::string_view("a\nb\0c\nd", 7)), (Rows{"1: a", "2! csv_line_has_a_zero", "3: d"}));
  const std::string long_line(kMostCsvRowBytes + 10, 'x');
  EXPECT_EQ(rows("a\n" + long_line + "\nb"), (Rows{"1: a", "2! csv_line_is_too_long", "3: b"}));
}

TEST(Csv, IsWrittenSoThatNothingIsAFormula) {
  EXPECT_EQ(csv_cell("plain"), "plain");
  EXPECT_EQ(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"}) {
    const auto row = CsvReader(csv_cell(text) + ",x").next();
    ASSERT_TRUE(row && !row->fault) << text;
    EXPECT_EQ(row->cells[0], "'" + text);
    EXPECT_EQ(without_formula_guard(row->cells[0]), text);
  }
  EXPECT_EQ(without_formula_guard("'Tis"), "'Tis");
}

}  // namespace
}  // namespace roundelay::csv_test
