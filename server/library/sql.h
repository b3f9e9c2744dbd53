// SQL with values that are known at run time: bound in their order, null among them; rows read by number of the column. The
// librarian's loop only.
#pragma once

#include <sqlite3.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/library/library_database.h"
#include "server/store/query.h"

namespace roundelay {

class SqlValue {
 public:
  SqlValue(std::nullptr_t) {}
  SqlValue(std::integral auto number) : value_(static_cast<int64_t>(number)) {}
  SqlValue(double number) : value_(number) {}
  SqlValue(std::string text) : value_(std::move(text)) {}
  SqlValue(std::string_view text) : value_(std::string(text)) {}
  SqlValue(const char* text) : value_(std::string(text)) {}
  template <typename T>
  SqlValue(const std::optional<T>& value) {
    if (value) *this = SqlValue(*value);
  }

  void bind(SQLite::Statement& statement, int number) const;

 private:
  std::variant<std::monostate, int64_t, double, std::string> value_;
};
using SqlValues = std::vector<SqlValue>;

// The row that a statement stands at; columns count from 0.
class SqlRow {
 public:
  explicit SqlRow(SQLite::Statement& statement) : statement_(statement) {}
  [[nodiscard]] std::string text(int column) const { return statement_.getColumn(column).getString(); }
  [[nodiscard]] int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  [[nodiscard]] double real(int column) const { return statement_.getColumn(column).getDouble(); }
  [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
  [[nodiscard]] bool is_null(int column) const { return statement_.isColumnNull(column); }
  [[nodiscard]] std::optional<int64_t> integer_or_null(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  [[nodiscard]] std::optional<double> real_or_null(int column) const {
    return is_null(column) ? std::nullopt : std::optional(real(column));
  }

 private:
  SQLite::Statement& statement_;
};

// A statement that returns nothing. False: the database does not take it.
[[nodiscard]] bool run_sql(LibraryDatabase& database, std::string_view sql, const SqlValues& values = {});

// The first column of the first row; 0 if that is null or there is no row. Nothing: the database could not be read.
[[nodiscard]] std::optional<int64_t> sql_integer(LibraryDatabase& database, std::string_view sql, const SqlValues& values = {});

// `row` for each row. False: the database could not be read to the end.
template <typename OnRow>
[[nodiscard]] bool each_row_of(SQLite::Statement& statement, const SqlValues& values, OnRow&& row) {
  Query query(statement);
  int number = 0;
  for (const SqlValue& value : values) value.bind(statement, ++number);
  int result = query.step();
  for (; result == SQLITE_ROW; result = query.step()) row(SqlRow(statement));
  return result == SQLITE_DONE;
}
// The statement is kept for the next time: for SQL of which there are few. `row` must not run the same SQL.
template <typename OnRow>
[[nodiscard]] bool each_row(LibraryDatabase& database, std::string_view sql, const SqlValues& values, OnRow&& row) {
  return each_row_of(database.statement(sql), values, row);
}
// The statement is prepared for this time alone: for SQL put together from filters.
template <typename OnRow>
[[nodiscard]] bool each_row_once(LibraryDatabase& database, const std::string& sql, const SqlValues& values, OnRow&& row) {
  SQLite::Statement statement = database.prepare(sql);
  return each_row_of(statement, values, row);
}

}  // namespace roundelay
