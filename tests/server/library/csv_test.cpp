#include "server/library/csv.h"

#include <gtest/gtest.h>

#include <algorithm>

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

TEST(Csv, TakesWhatSpreadsheetsAddToATable) {
  EXPECT_EQ(rows(";;\r\na;b;c\r\n;;\r\n1;;\r\n \t;;\r\n;;"), (Rows{"2: a|b|c", "4: 1||"})) << "rows of empty cells";
  EXPECT_EQ(rows("\r\n\r\na;b"), Rows{"3: a|b"});
  EXPECT_EQ(rows("sep=;\r\na,b;c\r\n"), Rows{"2: a,b|c"});
  EXPECT_EQ(rows("\xEF\xBB\xBFsep=,\na;b;c,d\n"), Rows{"2: a;b;c|d"});
  EXPECT_EQ(rows("sep=x\na"), (Rows{"1: sep=x", "2: a"}));
  EXPECT_EQ(rows("sep=;"), Rows{"1: sep=|"});
}

TEST(Csv, FindsItsSeparatorOutsideOfQuotationMarks) {
  EXPECT_EQ(CsvReader("\"a;b;c\td\te\tf\",g\n").separator(), ',');
  EXPECT_EQ(CsvReader("\"a,\n\",b;c;d;e\n,,,,,,\n").separator(), ';') << "the row ends behind its mark";
  EXPECT_EQ(CsvReader("a\tb\r;;").separator(), '\t');
  EXPECT_EQ(CsvReader("").separator(), ',');
}

TEST(Csv, TellsBadLinesAndReadsOn) {
  EXPECT_EQ(rows("a,b\n\"x\"y,2\n3,4"), (Rows{"1: a|b", "2! csv_quote_is_misplaced", "3: 3|4"}));
  EXPECT_EQ(rows("a,b\n\"x,2\n3,4\n5,6"), (Rows{"1: a|b", "2! csv_quote_is_not_closed", "3: 3|4", "4: 5|6"}));
  EXPECT_EQ(rows("a\n\xFF\nb"), (Rows{"1: a", "2! csv_line_is_not_utf8", "3: b"}));
  EXPECT_EQ(rows(std::string_view("a\nb\0c\nd", 7)), (Rows{"1: a", "2! csv_line_has_a_zero", "3: d"}));
  const std::string long_line(kMostCsvRowBytes + 10, 'x');
  EXPECT_EQ(rows("a\n" + long_line + "\nb"), (Rows{"1: a", "2! csv_line_is_too_long", "3: b"}));
}

// Whoever shows it says "Line 2: " before it.
TEST(Csv, WhatIsSaidOfABadLineDoesNotTellItsNumberOnceMore) {
  const std::string long_line(kMostCsvRowBytes + 10, 'x'), empty(kMostEmptyCsvLines + 2, '\n');
  for (const std::string& bad :
       {std::string("\"x\"y"), std::string("\"x"), std::string("\xFF"), std::string("b\0c", 3), long_line, empty}) {
    const std::string text = "a\n" + bad;
    CsvReader reader(text);
    static_cast<void>(reader.next());
    const auto row = reader.next();
    ASSERT_TRUE(row && row->fault) << bad.substr(0, 10);
    EXPECT_EQ(row->line, 2);
    EXPECT_EQ(row->fault->text.find(" 2 "), std::string::npos) << row->fault->text;
  }
}

TEST(Csv, HostileTextCostsItsOwnLinesAlone) {
  EXPECT_EQ(rows("a\nna\xEFve\nb"), (Rows{"1: a", "2! csv_line_is_not_utf8", "3: b"})) << "Latin-1";
  const std::string wide("a\0,\0b\0\n\0c\0,\0d\0\n\0", 16);  // UTF-16 without its mark
  for (const std::string& row : rows(wide)) EXPECT_NE(row.find("! csv_line_has_a_zero"), std::string::npos) << row;
  EXPECT_EQ(rows("a\n\xED\xA0\x80\n\xC0\xAF\nb"), (Rows{"1: a", "2! csv_line_is_not_utf8", "3! csv_line_is_not_utf8", "4: b"}))
      << "a half pair, a letter that is longer than it need be";
  const std::string one_line(20'000'000, 'x');
  EXPECT_EQ(rows("a\n" + one_line + "\nb"), (Rows{"1: a", "2! csv_line_is_too_long", "3: b"}));
  std::string quotes = "a\n";
  for (int i = 0; i < 300; ++i) quotes += "\"x\n";
  const Rows read = rows(quotes);
  EXPECT_EQ(read.size(), 301U) << "each line is looked at";
  EXPECT_EQ(std::count_if(read.begin(), read.end(), [](const std::string& row) { return row.find('!') != std::string::npos; }),
            300);
}

TEST(Csv, TellsOfEmptyLinesWithoutEnd) {
  const std::string empty(3 * kMostEmptyCsvLines + 2, '\n');
  const Rows read = rows("a\n" + empty + "b");
  ASSERT_GE(read.size(), 4U);
  EXPECT_EQ(read[1], "2! csv_lines_are_empty");
  EXPECT_EQ(read.back().substr(read.back().find(':')), ": b");
}

TEST(Csv, TellsSoonOfEmptyCellsWithoutEnd) {
  std::string wide;
  for (int i = 0; i < 100; ++i) wide.append(10'000, ';').append("\n");
  const std::string table = "a;\n" + wide + "b;";
  const Rows read = rows(table);
  ASSERT_GE(read.size(), 10U) << "no call walks along all of it";
  EXPECT_EQ(read[1], "2! csv_lines_are_empty");
  EXPECT_EQ(read.back(), "102: b|");
}

TEST(Csv, IsWrittenSoThatNothingIsAFormula) {
  EXPECT_EQ(csv_cell("plain"), "plain");
  EXPECT_EQ(csv_cell("a,\"b\""), "\"a,\"\"b\"\"\"");
  for (const std::string text : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'=1+1", "''-1"}) {
    const auto row = CsvReader(csv_cell(text) + ",x").next();
    ASSERT_TRUE(row && !row->fault) << text;
    EXPECT_EQ(row->cells[0], "'" + text);
    EXPECT_EQ(without_formula_guard(row->cells[0]), text);
  }
  EXPECT_EQ(without_formula_guard("'Tis"), "'Tis");
}

}  // namespace
}  // namespace roundelay::csv_test
