// Songs' files as Opus for slow lines: derived files (derived_files.h) of the kinds "opus-48" and "opus-96", made when somebody
// first wants one, and thrown away when there are too many, the one first that was not heard for longest. The librarian's loop
// only. Times are Unix time in seconds.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/library/job_kinds.h"
#include "server/library/library_answer.h"
#include "server/library/library_database.h"

namespace roundelay {

// In kbit/s, the least first: one for lines that hardly carry it, and one that few can tell from the original. A rate more would
// be a copy more of the same song, and one rate for all who want "less" is found made more often.
inline constexpr std::array<int64_t, 2> kOpusKbits = {48, 96};
inline constexpr int64_t kUsualOpusKbits = kOpusKbits.back();
// The largest of these that is not above; the least, if all are.
[[nodiscard]] int64_t opus_kbits_below(int64_t most);

// What a copy is made of.
struct OpusSource {
  int64_t song = 0;
  std::string hash;
  std::string kind;  // "mp3"
  std::string title;
  int64_t bytes = 0;
  std::optional<int64_t> length_ms = {};
};

class OpusCopies {
 public:
  enum class State {
    kMade,
    kMaking,
    kTooMany,       // she waits for kMostWaiting of them already
    kCannotBeMade,  // it was tried too often
  };
  static constexpr int64_t kMostWaiting = 10;  // of an account; whoever has none waits with all others who have none
  static constexpr int64_t kLeastMostBytes = 1'000'000'000;

  OpusCopies(LibraryDatabase& database, std::string files_dir) : database_(database), files_dir_(std::move(files_dir)) {}

  // A file takes no more than this rate as it is: a copy would not be smaller.
  [[nodiscard]] static bool takes_no_more(const OpusSource& source, int64_t kbits);
  // Reads the beginning of its file.
  [[nodiscard]] bool is_opus(const OpusSource& source) const;

  // Somebody (0: nobody with an account) wants to hear it so: made if it is not. Nothing: the database could not be read.
  [[nodiscard]] std::optional<State> want(const OpusSource& source, int64_t kbits, int64_t account, int64_t now_s);
  [[nodiscard]] std::shared_ptr<const LibraryFile> file(const OpusSource& source, int64_t kbits) const;

  // Of all copies together: a fifth of what the originals have, and kLeastMostBytes at least. Nothing: unread.
  [[nodiscard]] std::optional<int64_t> most_bytes();
  // What a worker made, in the transaction that ends its job; what is too much goes then.
  [[nodiscard]] bool keep(const JobOutcome& outcome);

 private:
  [[nodiscard]] bool make_room(const std::string& hash, const std::string& kind);

  LibraryDatabase& database_;
  std::string files_dir_;
};

}  // namespace roundelay
