#include "server/store/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <unistd.h>

#include <optional>
#include <stdexcept>

#include "server/store/migrations.h"

namespace roundelay {
namespace {

constexpr int kPagesPerStep = 256;
constexpr int kPatienceMs = 5'000;  // while another process recovers the database's log

void refuse_unknown_schema(SQLite::Database& database, const std::string& name, size_t steps) {
  const int64_t schema = database.execAndGet("PRAGMA user_version").getInt64();
  const auto known = static_cast<int64_t>(steps);
  if (schema > known) {
    throw std::runtime_error(name + " was made by a newer version of Roundelay (schema " + std::to_string(schema) +
                             "; this one knows up to " + std::to_string(known) + ").");
  }
  if (schema < 1) throw std::runtime_error(name + " was not made by Roundelay.");
}

std::optional<size_t> known_to(SchemaCheck check) {
  return check == SchemaCheck::kOfRooms ? std::optional(migrations().size()) : std::nullopt;
}

std::vector<std::string> texts(SQLite::Database& database, const std::string& table, const std::string& column) {
  std::vector<std::string> out;
  if (!database.tableExists(table)) return out;  // of an earlier schema
  SQLite::Statement rows(database, "SELECT DISTINCT " + column + " FROM " + table + " ORDER BY 1");
  while (rows.executeStep()) out.push_back(rows.getColumn(0).getString());
  return out;
}

StoredFiles files_named_in(SQLite::Database& database) {
  StoredFiles out;
  out.tracks = texts(database, "tracks", "sha256");
  out.scores = texts(database, "scores", "sha256");
  out.songs = texts(database, "files", "hash");
  if (!database.tableExists("recordings")) return out;
  SQLite::Statement rows(database, "SELECT id, state FROM recordings ORDER BY id");
  while (rows.executeStep()) out.recordings.push_back({rows.getColumn(0).getString(), rows.getColumn(1).getString() == "ready"});
  return out;
}

}  // namespace

tl::expected<StoredFiles, std::string> copy_database(const std::string& from, const std::string& to, SchemaCheck schema) {
  try {
    SQLite::Database source(from, SQLite::OPEN_READONLY, kPatienceMs);
    if (const auto known = known_to(schema)) refuse_unknown_schema(source, "The database " + from, *known);
    unlink(to.c_str());
    SQLite::Database copy(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    copy.exec("PRAGMA synchronous = OFF");  // it is read again at once, and made anew after a crash
    {
      // Held over all steps: none begins again because of what is written meanwhile.
      source.exec("BEGIN");
      (void)source.execAndGet("SELECT count(*) FROM sqlite_schema");
      SQLite::Backup backup(copy, source);
      while (backup.executeStep(kPagesPerStep) != SQLITE_DONE) {
      }
    }
    source.exec("COMMIT");
    copy.exec("PRAGMA journal_mode = DELETE");
    return files_named_in(copy);
  } catch (const SQLite::Exception& error) {
    return tl::unexpected("The database " + from + " cannot be copied: " + error.what() + ".");
  } catch (const std::runtime_error& error) {
    return tl::unexpected(std::string(error.what()));
  }
}

namespace {

tl::expected<void, std::string> checked_database(const std::string& path, const std::string& name, std::optional<size_t> known,
                                                 bool whole) {
  try {
    SQLite::Database database(path, SQLite::OPEN_READONLY, kPatienceMs);
    if (known) refuse_unknown_schema(database, name, *known);
    if (!whole) return {};
    const std::string found = database.execAndGet("PRAGMA quick_check(1)").getString();
    if (found != "ok") return tl::unexpected(name + " is damaged: " + found + ".");
    return {};
  } catch (const SQLite::Exception& error) {
    return tl::unexpected(name + " is damaged: " + error.what() + ".");
  } catch (const std::runtime_error& error) {
    return tl::unexpected(std::string(error.what()));
  }
}

}  // namespace

tl::expected<void, std::string> check_database(const std::string& path, const std::string& name, SchemaCheck schema) {
  return checked_database(path, name, known_to(schema), true);
}

tl::expected<void, std::string> check_schema(const std::string& path, const std::string& name, std::optional<size_t> known) {
  return checked_database(path, name, known.value_or(migrations().size()), false);
}

}  // namespace roundelay
