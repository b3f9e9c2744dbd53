// The words that occur in the catalogue, with how many rows have each, kept in memory, and those that are few typing mistakes
// away from one that was typed. Owned by LibraryDatabase; filled from the search's index (load_vocabulary() of search_index.h),
// and told of each word that is indexed. A word that occurs no more stays until the next start: it finds nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace roundelay {

struct WordGuess {
  std::string word;
  int mistakes = 0;
  int64_t rows = 0;  // that have it, about

  bool operator==(const WordGuess&) const = default;
};

class Vocabulary {
 public:
  static constexpr size_t kMostGuesses = 48;
  static constexpr size_t kLeastLetters = 3;
  static constexpr size_t kMostLetters = 40;

  [[nodiscard]] bool is_loaded() const { return is_loaded_; }
  // All words, in any order; of one that comes again the rows are added up.
  void load(std::vector<std::pair<std::string, int64_t>> words);
  // One more row has it. Nothing before load().
  void add(std::string_view word);
  // Grows with each of these.
  [[nodiscard]] uint64_t changes() const { return changes_; }

  // How many rows have it.
  [[nodiscard]] int64_t rows_of(std::string_view word) const;
  // The nearest ones, the more frequent first among equally near ones. `begun`: the word is being typed still, so its distance
  // is that of the beginning that fits best. `most`: so many mistakes are forgiven. The word itself is among them.
  [[nodiscard]] std::vector<WordGuess> guesses(std::string_view typed, bool begun, int most) const;

 private:
  struct Entry {
    std::string word;
    int64_t rows = 0;
  };
  void merge_added();
  [[nodiscard]] const Entry* find(std::string_view word) const;

  static constexpr size_t kMostAdded = 512;  // looked through one by one; beyond that they are sorted in

  bool is_loaded_ = false;
  uint64_t changes_ = 0;
  std::vector<Entry> words_;                        // sorted by their bytes
  std::unordered_map<std::string, int64_t> added_;  // not among them yet
};

}  // namespace roundelay
