// Answers that were given before, for as long as nothing has been written to the database since: SQLite's count of changed rows
// says so, and counts what triggers and cascades change too. The librarian's loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "server/library/library_answer.h"
#include "server/library/library_database.h"
#include "server/library/library_request.h"

namespace roundelay {

class AnswerCache {
 public:
  static constexpr size_t kMostAnswers = 1'000;

  // Null: there is none. Good until the next call.
  [[nodiscard]] const LibraryAnswer* find(LibraryDatabase& database, const LibraryRequest& request);
  // Of the request for which find() has just found nothing.
  void keep(LibraryAnswer answer);

  [[nodiscard]] uint64_t hits() const { return hits_; }
  [[nodiscard]] uint64_t misses() const { return misses_; }

 private:
  int64_t changes_ = -1;  // of the database, when these answers were right
  std::string key_;       // of the last request
  std::unordered_map<std::string, LibraryAnswer> answers_;
  uint64_t hits_ = 0;
  uint64_t misses_ = 0;
};

// Marks an answer with a hash of what it says (ETag); 304 without a body where the client has the very same.
void mark_answer(LibraryAnswer& answer);
[[nodiscard]] LibraryAnswer unless_known(LibraryAnswer answer, const LibraryRequest& request);

}  // namespace roundelay
