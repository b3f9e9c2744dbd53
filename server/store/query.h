// A prepared statement while it is in use: its parameters bound in their order, its rows read one by one. Reset at the end, so
// that it holds no lock.
#pragma once

#include <optional>
#include <string>

#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/VariadicBind.h>

namespace roundelay {

class Query {
 public:
  template <typename... Values>
  explicit Query(SQLite::Statement& statement, const Values&... values) : statement_(statement) {
    statement_.tryReset();
    statement_.clearBindings();
    SQLite::bind(statement_, values...);
  }
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // Binds parameter `number` (from 1): bytes that are no text.
  void bind_blob(int number, const std::string& bytes) { statement_.bind(number, bytes.data(), static_cast<int>(bytes.size())); }
  void bind_text(int number, const std::string& text) { statement_.bind(number, text); }
  void bind_integer(int number, int64_t value) { statement_.bind(number, value); }
  // Parameters that are not bound are null.
  void bind_real(int number, double value) { statement_.bind(number, value); }
  // SQLite's result: SQLITE_ROW, SQLITE_DONE or why not.
  [[nodiscard]] int step() noexcept { return statement_.tryExecuteStep(); }
  // Of the row that step() found; columns count from 0.
  [[nodiscard]] std::string text(int column) const { return statement_.getColumn(column).getString(); }
  [[nodiscard]] int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  [[nodiscard]] double real(int column) const { return statement_.getColumn(column).getDouble(); }
  [[nodiscard]] std::optional<double> real_or_null(int column) const {
    return statement_.isColumnNull(column) ? std::nullopt : std::optional(real(column));
  }

 private:
  SQLite::Statement& statement_;
};

}  // namespace roundelay
