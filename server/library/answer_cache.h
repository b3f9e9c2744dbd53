// Answers that were given before, each for as long as nothing is written that it depends on (AnswerNeeds; touched_rows.h tells
// what is written). The oldest go first. The librarian's loop only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/library/library_answer.h"
#include "server/library/library_database.h"
#include "server/library/library_request.h"
#include "server/library/touched_rows.h"

namespace roundelay {

// What an answer depends on, one bit each; none: on everything. What reads a table that touched_rows.cpp has no trigger on must
// have none.
using AnswerNeeds = uint32_t;
inline constexpr AnswerNeeds kNeedsSongs = 1;  // these: of any row
inline constexpr AnswerNeeds kNeedsNumbers = 2;
inline constexpr AnswerNeeds kNeedsArtists = 4;
inline constexpr AnswerNeeds kNeedsAlbums = 8;
inline constexpr AnswerNeeds kNeedsWords = 16;
inline constexpr AnswerNeeds kNeedsPlaylists = 32;
inline constexpr AnswerNeeds kNeedsThisSong = 64;  // that the path names: it, its numbers, whether it has words
inline constexpr AnswerNeeds kNeedsThisPlaylist = 128;
inline constexpr AnswerNeeds kNeedsItsPlace = 256;  // the artist and album of the song that is answered
inline constexpr AnswerNeeds kNeedsOwnFavourites = 512;
inline constexpr AnswerNeeds kNeedsOwnRatings = 1'024;
inline constexpr AnswerNeeds kNeedsOwnPlays = 2'048;
inline constexpr AnswerNeeds kNeedsCatalogue = kNeedsSongs | kNeedsArtists | kNeedsAlbums;
inline constexpr AnswerNeeds kNeedsListOfSongs = kNeedsCatalogue | kNeedsNumbers | kNeedsWords;

inline constexpr const char* kEtagHeader = "etag";

class AnswerCache {
 public:
  static constexpr size_t kMostAnswers = 1'000;

  // Null: there is none. Good until the next call.
  [[nodiscard]] const LibraryAnswer* find(LibraryDatabase& database, const LibraryRequest& request);
  // Of the request for which find() has just found nothing.
  void keep(const LibraryRequest& request, AnswerNeeds needs, LibraryAnswer answer);

  [[nodiscard]] uint64_t hits() const { return hits_; }
  [[nodiscard]] uint64_t misses() const { return misses_; }

 private:
  struct Kept {
    std::string key;
    LibraryAnswer answer;
    std::vector<TouchedRow> of;  // empty: of everything
  };
  using KeptAnswers = std::list<Kept>;
  void forget_changed(LibraryDatabase& database);
  void forget(const TouchedRow& changed);
  void drop(const std::string& key);
  void clear();

  TouchedRows touched_;
  std::string key_;      // of the last request
  KeptAnswers answers_;  // the oldest first
  std::unordered_map<std::string, KeptAnswers::iterator> by_key_;
  std::map<TouchedRow, std::set<std::string>> by_row_;  // keys
  std::set<std::string> of_everything_;                 // keys
  uint64_t hits_ = 0;
  uint64_t misses_ = 0;
};

// Marks an answer with a hash of what it says (ETag); 304 without a body where the client has the very same.
void mark_answer(LibraryAnswer& answer);
[[nodiscard]] LibraryAnswer unless_known(LibraryAnswer answer, const LibraryRequest& request);
// An answer that is read by slices (`read_on`) and then put together on the pool, of what was read alone; it is marked and not
// kept.
[[nodiscard]] LibraryAnswer marked_at_length(const LibraryRequest& request, std::function<bool(Library&)> read_on,
                                             std::function<LibraryAnswer()> put_together);

}  // namespace roundelay
