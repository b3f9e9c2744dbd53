#include "server/library/row_notes.h"

#include "server/library/sql.h"

namespace roundelay {
namespace {

bool do_sql(LibraryDatabase& database, const std::string& sql) {
  return each_row_once(database, sql, {}, [](const SqlRow&) {});
}

// "old.id" of "row.id".
std::string of_row(std::string sql, const std::string& row) {
  constexpr std::string_view kRow = "row.";
  for (size_t at = sql.find(kRow); at != std::string::npos; at = sql.find(kRow, at + 1)) sql.replace(at, kRow.size(), row);
  return sql;
}

}  // namespace

bool RowNotes::watch(LibraryDatabase& database, const Watched& watched) {
  const auto note = [&](const std::string& row) {
    // Not OR IGNORE: in a trigger, the conflict clause of the statement that fires it wins.
    return "INSERT INTO " + table_ + " (kind, id, account) VALUES (" + of_row(watched.kind, row) + ", " +
           of_row(watched.id, row) + ", " + of_row(watched.account, row) + ") ON CONFLICT DO NOTHING;";
  };
  std::string body = note(watched.when == "DELETE" ? "old." : "new.");
  if (watched.when.starts_with("UPDATE")) body += note("old.");
  return do_sql(database, "CREATE TEMP TRIGGER IF NOT EXISTS " + table_ + "_" + watched.table + "_" + watched.name + " AFTER " +
                              watched.when + " ON main." + watched.table + " BEGIN " + body + " END");
}

bool RowNotes::watch_all(LibraryDatabase& database, Watched watched, const std::string& columns) {
  const std::string name = watched.name;
  for (const auto& [when, what] : {std::pair("INSERT", "came"), std::pair("UPDATE", "changed"), std::pair("DELETE", "went")}) {
    watched.when = when;
    if (watched.when == "UPDATE" && !columns.empty()) watched.when.append(" OF ").append(columns);
    watched.name = name + what;
    if (!watch(database, watched)) return false;
  }
  return true;
}

std::optional<std::vector<RowNote>> RowNotes::take(LibraryDatabase& database, int64_t most) {
  const bool is_first = !begun_;
  wrote_ = true;
  if (is_first) {
    begun_ = do_sql(database, "CREATE TEMP TABLE IF NOT EXISTS " + table_ +
                                  " (kind INTEGER NOT NULL, id INTEGER NOT NULL, account INTEGER NOT NULL, PRIMARY KEY (kind, "
                                  "id, account)) WITHOUT ROWID") &&
             begin_(*this, database);
    if (!begun_) return std::nullopt;
  }
  const auto version = sql_integer(database, "SELECT data_version FROM pragma_data_version");
  const auto changes = sql_integer(database, "SELECT total_changes()");
  if (!version || !changes) return std::nullopt;
  const bool is_others = *version != version_;
  version_ = *version;
  std::vector<RowNote> out;
  wrote_ = *changes != changes_;
  if (wrote_ || left_) {
    const std::string first = "SELECT kind, id, account FROM " + table_ + " ORDER BY kind, id, account LIMIT ?";
    if (is_first || is_others) most = INT64_MAX;
    const bool read = each_row(database, first, {most}, [&](const SqlRow& row) {
      out.push_back({row.integer(0), row.integer(1), row.integer(2)});
    });
    left_ = static_cast<int64_t>(out.size()) >= most;
    const bool taken =
        out.empty()
            ? read
            : read &&
                  (left_ ? run_sql(database, "DELETE FROM " + table_ + " WHERE (kind, id, account) IN (" + first + ")", {most})
                         : run_sql(database, "DELETE FROM " + table_));
    if (!taken) return std::nullopt;
    changes_ = sql_integer(database, "SELECT total_changes()").value_or(-1);
  }
  if (is_first || is_others) return std::nullopt;
  return out;
}

}  // namespace roundelay
