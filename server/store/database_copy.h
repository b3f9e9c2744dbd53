// A copy of a database that a running server may be using: as it was at one moment, whatever is written meanwhile, and nobody is
// held up (SQLite's backup API over one read transaction, which a write-ahead log allows). For commands of the operator; blocks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace roundelay {

// The files that the rows of a database name.
struct StoredFiles {
  std::vector<std::string> tracks;  // blobs, by SHA-256 in hex; each once
  std::vector<std::string> scores;  // likewise
  struct Recording {
    std::string id;  // the name of its folder
    bool ready;      // its files are made
  };
  std::vector<Recording> recordings;
  std::vector<std::string> songs;  // of the library, whose database is another one: blobs, likewise
};

// Which schemas are let pass.
enum class SchemaCheck {
  kOfRooms,  // those that this version knows of the rooms' database
  kNone,     // any: of another database
};

// Writes the database `from` into the file `to`, which is made anew: one file, without a log beside it. Says what its rows name.
// A database of an earlier schema is copied as it is, a newer one refused. The error is a sentence.
[[nodiscard]] tl::expected<StoredFiles, std::string> copy_database(const std::string& from, const std::string& to,
                                                                   SchemaCheck schema = SchemaCheck::kOfRooms);

// Whether it is whole, and of a schema that this version knows. The error is a sentence, which calls it `name`.
[[nodiscard]] tl::expected<void, std::string> check_database(const std::string& path, const std::string& name,
                                                             SchemaCheck schema = SchemaCheck::kOfRooms);

// The second of these alone: reads no more than the head of the file. `known`: schemas of that database; nothing: of the rooms'.
[[nodiscard]] tl::expected<void, std::string> check_schema(const std::string& path, const std::string& name,
                                                           std::optional<size_t> known = {});

}  // namespace roundelay
