// What the library answers: JSON {ok, errors, data}, a text, a file of the disk, or first something that takes long.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "server/base/sentences.h"

namespace roundelay {

struct Library;
struct LibraryAnswer;

// A file of the disk, which the shard sends, or the part of it that was asked for.
struct LibraryFile {
  std::string path;
  std::string content_type;
  std::string name = {};  // under which it is kept; empty: nothing is said of that
  bool download = false;  // it is kept rather than shown
  // A stretch of it; 0 bytes: the whole.
  int64_t first = 0;
  int64_t bytes = 0;
  bool immutable = false;    // of a stretch: this path and query give the same for ever
  std::string content = {};  // names its content, with its size, for the ETag; empty: the time of its last change does
  bool lasting = false;      // the same asker gets the same as long as nothing is written
};

// A text that is there already: of another kind than JSON {ok, errors, data}, or such JSON.
struct LibraryText {
  std::string content_type = {};
  std::string text = {};
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers = {};
};

// Work on a password, which must not be done on the loop; then() gives the answer.
struct PasswordWork {
  std::string password;
  std::string hash = {};  // to be compared with; empty: one is made
  std::string same = {};  // of two comparisons under way of which this is the same, one serves both; empty: there is none
  // `made`: the hash that was made, empty where there was no memory for it. `fits`: the password is that of `hash`.
  std::function<LibraryAnswer(Library&, const std::string& made, bool fits)> then;
};

// A text that takes more than a moment, or work that does (long_answers.h).
struct LongAnswer {
  // On the loop: reads a part of what is needed, or does a part of the work, for a few ms at most. True: that was the last one.
  // Empty: nothing is read.
  std::function<bool(Library&)> read_on = {};
  // Once, on the pool: of what was read alone.
  std::function<LibraryText()> write = {};
  // Once, on the loop, instead of `write`: what is said of the work.
  std::function<LibraryAnswer(Library&)> then = {};
};

struct LibraryAnswer {
  int status = 200;
  nlohmann::json data = nullptr;
  nlohmann::json errors = nlohmann::json::array();                // of {code, message} and, as in PROTOCOL.md 3.4, more
  std::vector<std::pair<std::string, std::string>> headers = {};  // e.g. Set-Cookie, ETag
  std::shared_ptr<const LibraryFile> file = {};                   // instead of JSON
  std::shared_ptr<const LibraryText> text = {};                   // likewise
  std::shared_ptr<PasswordWork> password = {};                    // instead of an answer
  std::shared_ptr<LongAnswer> long_one = {};                      // likewise
  // {ok, errors, data}.
  [[nodiscard]] nlohmann::json body() const;
};

[[nodiscard]] LibraryAnswer library_answer(nlohmann::json data, int status = 200);
// `code` as in PROTOCOL.md; what people read.
[[nodiscard]] LibraryAnswer library_error(int status, const std::string& code, const Sentence& said);
// For authors of programs, in English alone.
[[nodiscard]] LibraryAnswer library_error(int status, const std::string& code, const std::string& message);
[[nodiscard]] LibraryAnswer library_not_found();
// 429, with the seconds after which another try makes sense.
[[nodiscard]] LibraryAnswer library_too_often(const Sentence& said, int64_t retry_after_s);
// What is said of work that is done by slices, the first of which now: `go_on` as LongAnswer::read_on has it.
[[nodiscard]] LibraryAnswer answered_by_slices(Library& library, std::function<bool(Library&)> go_on,
                                               std::function<LibraryAnswer(Library&)> then);
// The database could not be read or written: 503.
[[nodiscard]] LibraryAnswer library_unread();

}  // namespace roundelay
