#include "server/library/imports.h"

#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr const char* kSelectImports =
    "SELECT id, account, name, file, folder, private, state, created, ended, bytes, offset, line, rows, added, changed, "
    "unchanged, "
    "bad FROM imports WHERE ";

Import import_of(const SqlRow& row) {
  return {.id = row.integer(0),
          .account = row.integer(1),
          .name = row.text(2),
          .file = row.text(3),
          .folder = row.text(4),
          .is_private = row.flag(5),
          .state = row.text(6),
          .created = row.integer(7),
          .ended = row.integer_or_null(8),
          .bytes = row.integer(9),
          .offset = row.integer(10),
          .line = row.integer(11),
          .rows = row.integer(12),
          .added = row.integer(13),
          .changed = row.integer(14),
          .unchanged = row.integer(15),
          .bad = row.integer(16)};
}

}  // namespace

nlohmann::json to_json(const Import& import) {
  return {{"id", import.id},
          {"account_id", import.account},
          {"name", import.name},
          {"private", import.is_private},
          {"state", import.state},
          {"created", import.created},
          {"ended", import.ended ? nlohmann::json(*import.ended) : nlohmann::json(nullptr)},
          {"bytes", import.bytes},
          {"bytes_done", import.offset},
          {"rows", import.rows},
          {"added", import.added},
          {"changed", import.changed},
          {"unchanged", import.unchanged},
          {"bad", import.bad}};
}

nlohmann::json to_json(const ImportFault& fault) {
  nlohmann::json out{{"line", fault.line}, {"message", fault.said.text}};
  put_sentence(fault.said.code, fault.said.values, out);
  return out;
}

FromCatalogue<int64_t> Imports::add(const Import& import) {
  const auto running =
      sql_integer(database_, "SELECT COUNT(*) FROM imports WHERE account = ? AND state = 'running'", {import.account});
  if (!running) return unread();
  if (*running >= kMostRunning) return refused(phrase("library_imports_are_running", {{"most", kMostRunning}}));
  int64_t id = 0;
  const bool kept = database_.transaction([&] {
    if (!run_sql(database_,
                 "DELETE FROM imports WHERE account = ?1 AND state <> 'running' AND id NOT IN (SELECT id FROM imports WHERE "
                 "account = ?1 ORDER BY id DESC LIMIT ?2)",
                 {import.account, kMostKept - 1}) ||
        !run_sql(database_,
                 "INSERT INTO imports (account, name, file, folder, private, state, created, bytes) VALUES (?, ?, ?, ?, ?, "
                 "'running', ?, ?)",
                 {import.account, import.name, import.file, import.folder, import.is_private, import.created, import.bytes}))
      return false;
    id = database_.last_id();
    return id != 0;
  });
  if (!kept) return unread();
  return id;
}

FromCatalogue<PageOf<Import>> Imports::list(const Viewer& viewer, const Page& page) {
  PageOf<Import> out;
  const SqlValues whose{viewer.account, viewer.sees_all()};
  const auto total = sql_integer(database_, "SELECT COUNT(*) FROM imports WHERE (account = ? OR ?)", whose);
  std::string sql = kSelectImports;
  sql += "(account = ? OR ?) ORDER BY id DESC LIMIT ? OFFSET ?";
  if (!total || !each_row(database_, sql, {viewer.account, viewer.sees_all(), page.limit, page.offset},
                          [&](const SqlRow& row) { out.rows.push_back(import_of(row)); }))
    return unread();
  out.total = *total;
  return out;
}

FromCatalogue<Import> Imports::find(const Viewer& viewer, int64_t id) {
  Import out;
  std::string sql = kSelectImports;
  sql += "(account = ? OR ?) AND id = ?";
  if (!each_row(database_, sql, {viewer.account, viewer.sees_all(), id}, [&](const SqlRow& row) { out = import_of(row); }))
    return unread();
  if (out.id == 0) return not_there(phrase("library_no_such_import"));
  return out;
}

FromCatalogue<std::vector<ImportFault>> Imports::faults(int64_t id, const Page& page) {
  std::vector<ImportFault> out;
  if (!each_row(database_,
                "SELECT line, code, said_values, message FROM import_faults WHERE import = ? ORDER BY number LIMIT ? OFFSET ?",
                {id, page.limit, page.offset}, [&](const SqlRow& row) {
                  out.push_back({row.integer(0), {row.text(1), nlohmann::json::parse(row.text(2), nullptr, false), row.text(3)}});
                }))
    return unread();
  return out;
}

FromCatalogue<void> Imports::remove(const Viewer& viewer, int64_t id) {
  if (const auto found = find(viewer, id); !found) return tl::unexpected(found.error());
  if (!database_.transaction([&] { return run_sql(database_, "DELETE FROM imports WHERE id = ?", {id}); })) return unread();
  return {};
}

FromCatalogue<std::optional<Import>> Imports::next() {
  std::optional<Import> out;
  std::string sql = kSelectImports;
  sql += "state = 'running' ORDER BY id LIMIT 1";
  if (!each_row(database_, sql, {}, [&](const SqlRow& row) { out = import_of(row); })) return unread();
  return out;
}

bool Imports::update(const Import& import) {
  return run_sql(
      database_,
      "UPDATE imports SET state = ?, ended = ?, offset = ?, line = ?, rows = ?, added = ?, changed = ?, unchanged = ?, "
      "bad = ? WHERE id = ?",
      {import.state, import.ended, import.offset, import.line, import.rows, import.added, import.changed, import.unchanged,
       import.bad, import.id});
}

bool Imports::add_fault(const Import& import, const ImportFault& fault) {
  if (import.bad > kMostFaultsKept) return true;
  return run_sql(
      database_,
      "INSERT OR REPLACE INTO import_faults (import, number, line, code, said_values, message) VALUES (?, ?, ?, ?, ?, ?)",
      {import.id, import.bad, fault.line, fault.said.code, fault.said.values.dump(), fault.said.text});
}

bool Imports::needs(const std::string& path) {
  const auto there =
      sql_integer(database_, "SELECT COUNT(*) FROM imports WHERE state = 'running' AND (file = ?1 OR folder = ?1)", {path});
  return !there || *there > 0;
}

}  // namespace roundelay
