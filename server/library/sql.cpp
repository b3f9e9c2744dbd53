#include "server/library/sql.h"

namespace roundelay {

void SqlValue::bind(SQLite::Statement& statement, int number) const {
  if (const auto* integer = std::get_if<int64_t>(&value_)) {
    statement.bind(number, *integer);
  } else if (const auto* real = std::get_if<double>(&value_)) {
    statement.bind(number, *real);
  } else if (const auto* text = std::get_if<std::string>(&value_)) {
    statement.bind(number, *text);
  } else {
    statement.bind(number);
  }
}

bool run_sql(LibraryDatabase& database, std::string_view sql, const SqlValues& values) {
  return each_row(database, sql, values, [](const SqlRow&) {});
}

std::optional<int64_t> sql_integer(LibraryDatabase& database, std::string_view sql, const SqlValues& values) {
  int64_t out = 0;
  bool first = true;
  const bool read = each_row(database, sql, values, [&](const SqlRow& row) {
    if (first) out = row.integer(0);
    first = false;
  });
  return read ? std::optional(out) : std::nullopt;
}

}  // namespace roundelay
