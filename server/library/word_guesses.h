// The words of the catalogue that somebody may have meant who typed another: candidates that share trigrams, ordered by how few
// mistakes they are away. The librarian's loop only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/library/library_database.h"

namespace roundelay {

struct WordGuess {
  std::string word;
  int mistakes = 0;

  bool operator==(const WordGuess&) const = default;
};

inline constexpr size_t kMostGuesses = 12;

// `begun`: the word is being typed still. The word itself is among them where there is one. Nothing for a word that is too short.
[[nodiscard]] std::vector<WordGuess> guess_words(LibraryDatabase& database, std::string_view typed, bool begun);

}  // namespace roundelay
