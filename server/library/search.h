// The search box: songs, albums and artists by all that is said of them, while it is being typed, with typing mistakes forgiven.
// Best first: what begins with the text, what has its words in the title, in title, artist or album, anywhere, and what it would
// be with mistakes mended. The librarian's loop only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/library/catalogue_fault.h"
#include "server/library/catalogue_rows.h"
#include "server/library/library_database.h"
#include "server/library/search_text.h"
#include "server/library/song_filter.h"
#include "server/library/viewer.h"
#include "server/library/vocabulary.h"

namespace roundelay {

class Search {
 public:
  // So many of the best are found, however many there are.
  static constexpr size_t kMostFound = 500;
  // So many rows that have the words are looked at, whether the filter takes them or not.
  static constexpr int64_t kMostLookedAt = 3'000;

  explicit Search(LibraryDatabase& database) : database_(database) {}

  // The filter's order does not count: the best come first.
  [[nodiscard]] FromCatalogue<PageOf<CatalogueSong>> songs(const Viewer& viewer, std::string_view text, const SongFilter& filter,
                                                           const Page& page);
  [[nodiscard]] FromCatalogue<PageOf<Album>> albums(const Viewer& viewer, std::string_view text, const Page& page);
  [[nodiscard]] FromCatalogue<PageOf<Artist>> artists(const Viewer& viewer, std::string_view text, const Page& page);

 private:
  // Where is searched.
  struct Place {
    std::string rows;                  // "songs"
    std::string index;                 // "song_search"
    std::vector<std::string> columns;  // first where the text is looked for first; the last are all
    std::string liked;                 // which of two equal ones comes first: the larger
    SqlCondition condition;            // of a row
  };
  // Their ids, best first.
  [[nodiscard]] FromCatalogue<std::vector<int64_t>> found(const Place& place, std::string_view typed);
  struct Hit;
  [[nodiscard]] bool add_beginnings(const Place& place, const SearchText& text, std::vector<Hit>& hits);
  [[nodiscard]] bool add_matching(const Place& place, const std::string& expression, int tier, std::vector<Hit>& hits);
  [[nodiscard]] bool add_mended(const Place& place, const SearchText& text, std::vector<Hit>& hits);
  // Which words are taken for mistyped, and how badly.
  struct Mending {
    bool known_words = false;  // those too that occur
    int mistakes = 0;          // of each word, at most
    size_t guesses = 0;        // of each word, at most
  };
  // Empty: nothing is to be found by it.
  [[nodiscard]] std::string mended_expression(const SearchText& text, const Mending& mending);
  void guess(const SearchText& text);

  LibraryDatabase& database_;
  std::string guessed_for_ = {};                      // songs, albums and artists are asked for the same
  uint64_t guessed_at_ = 0;                           // of the vocabulary's changes
  std::vector<std::vector<WordGuess>> guesses_ = {};  // of each of its words
};

}  // namespace roundelay
