// A prepared statement of SQLite: start, bind in order, step, read columns in order. Reset before every use. Conductor's loop
// only.
#pragma once

#include <cstdint>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace roundelay {

class Statement {
 public:
  // Throws StartFailure if the database does not fit, std::runtime_error if it is busy: start-up only.
  Statement(sqlite3* db, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& start();
  Statement& bind(const std::string& text);
  Statement& bind_blob(const std::string& bytes);
  Statement& bind(int64_t number);
  Statement& bind(double number);
  // SQLite's result: SQLITE_ROW, SQLITE_DONE or why not. What is no row ends the statement.
  [[nodiscard]] int step();
  void end();
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] int64_t integer(int column) const;
  [[nodiscard]] double real(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

// Ends a start-up: StartFailure if `result` of SQLite is such that another try will not help, otherwise std::runtime_error.
[[noreturn]] void fail_start(int result, const std::string& sentence);

}  // namespace roundelay
