// The schema of the database, as numbered steps forward. The database's user_version is the number of steps that it has seen. A
// step that has been released is never changed: another one comes behind it.
#pragma once

#include <span>
#include <string>

namespace SQLite {
class Database;
}

namespace roundelay {

// Each is one or more statements of SQL, run in a transaction of its own.
[[nodiscard]] std::span<const char* const> migrations();

// Takes the database through the steps that it has not seen. Writes nothing, and waits for nobody's lock, when it has seen all.
// Several processes may do so at once. The connection's foreign keys must be off; what refers to nothing after a step fails it.
// Throws StartFailure (start_failure.h) when the database is of another program's or of a
// newer schema, which is left as it is; SQLite::Exception when a step fails, which leaves the database as it was before that
// step.
void migrate(SQLite::Database& database, std::span<const char* const> steps = migrations());

}  // namespace roundelay
