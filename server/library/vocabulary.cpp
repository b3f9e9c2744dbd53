#include "server/library/vocabulary.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "server/base/edit_distance.h"

namespace roundelay {
namespace {

using DistanceLine = std::array<uint8_t, Vocabulary::kMostLetters + 1>;

// Distances of a typed word to words that come in their order: what a word shares with the one before is not computed again.
// Row i has the distances of the first i letters of the word to each beginning of the typed one (Damerau-Levenshtein, "optimal
// string alignment", as edit_distance.h).
class DistanceWalk {
 public:
  DistanceWalk(std::string_view typed, int most) : typed_(typed), most_(most) {
    for (size_t j = 0; j <= typed_.size(); ++j) rows_[0][j] = static_cast<uint8_t>(j);
    best_[0] = rows_[0][typed_.size()];
  }

  // Computes the rows of `word`, up to the first from which nothing comes within `most`; how many letters that took. `shared`:
  // letters at its beginning of which the rows are there.
  size_t enter(std::string_view word, size_t shared) {
    for (size_t i = shared; i < word.size(); ++i) {
      if (row(word, i) > most_) return i + 1;
    }
    return word.size();
  }
  // To the word's first `letters`, all of whose rows were computed.
  [[nodiscard]] int whole(size_t letters) const { return rows_[letters][typed_.size()]; }
  // To the best beginning of these.
  [[nodiscard]] int beginning(size_t letters) const { return best_[letters]; }
  [[nodiscard]] bool is_dead(size_t letters) const { return least_[letters] > most_; }

 private:
  // Row i + 1; its least.
  int row(std::string_view word, size_t i) {
    const DistanceLine& last = rows_[i];
    DistanceLine& out = rows_[i + 1];
    out[0] = static_cast<uint8_t>(i + 1);
    int least = out[0];
    for (size_t j = 0; j < typed_.size(); ++j) {
      int best = std::min({last[j + 1] + 1, out[j] + 1, last[j] + (word[i] == typed_[j] ? 0 : 1)});
      if (i > 0 && j > 0 && word[i] == typed_[j - 1] && word[i - 1] == typed_[j]) best = std::min(best, rows_[i - 1][j - 1] + 1);
      out[j + 1] = static_cast<uint8_t>(best);
      least = std::min(least, best);
    }
    best_[i + 1] = std::min(best_[i], out[typed_.size()]);
    least_[i + 1] = static_cast<uint8_t>(least);
    return least;
  }

  std::string_view typed_;
  int most_;
  std::array<DistanceLine, Vocabulary::kMostLetters + 1> rows_{};
  DistanceLine best_{};   // of the last cells so far
  DistanceLine least_{};  // of each row
};

size_t shared_letters(std::string_view a, std::string_view b) {
  return static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
}

// The best of the guesses that are found, without keeping them all.
class BestGuesses {
 public:
  void add(std::string_view word, int mistakes, int64_t rows) {
    if (mistakes > worst_mistakes_) return;
    found_.push_back({word, mistakes, rows});
    if (found_.size() >= 1'024) shrink();
  }
  [[nodiscard]] std::vector<WordGuess> take() {
    shrink();
    std::vector<WordGuess> out;
    out.reserve(found_.size());
    for (const Found& one : found_) out.push_back({std::string(one.word), one.mistakes, one.rows});
    return out;
  }

 private:
  struct Found {
    std::string_view word;
    int mistakes;
    int64_t rows;
    [[nodiscard]] auto order() const { return std::tuple(mistakes, -rows, word); }
  };
  void shrink() {
    const size_t kept = std::min(found_.size(), Vocabulary::kMostGuesses);
    std::partial_sort(found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(kept), found_.end(),
                      [](const Found& a, const Found& b) { return a.order() < b.order(); });
    found_.resize(kept, {});
    if (kept == Vocabulary::kMostGuesses) worst_mistakes_ = found_.back().mistakes;
  }

  std::vector<Found> found_;
  int worst_mistakes_ = 1'000;
};

}  // namespace

void Vocabulary::load(std::vector<std::pair<std::string, int64_t>> words) {
  std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  words_.clear();
  words_.reserve(words.size());
  for (auto& [word, rows] : words) {
    if (word.size() < kLeastLetters || word.size() > kMostLetters) continue;
    if (!words_.empty() && words_.back().word == word)
      words_.back().rows += rows;
    else
      words_.push_back({std::move(word), rows});
  }
  added_.clear();
  is_loaded_ = true;
  ++changes_;
}

const Vocabulary::Entry* Vocabulary::find(std::string_view word) const {
  const auto found =
      std::lower_bound(words_.begin(), words_.end(), word, [](const Entry& a, std::string_view b) { return a.word < b; });
  return found != words_.end() && found->word == word ? &*found : nullptr;
}

void Vocabulary::add(std::string_view word) {
  if (!is_loaded_ || word.size() < kLeastLetters || word.size() > kMostLetters) return;
  ++changes_;
  if (const Entry* there = find(word)) {
    ++words_[static_cast<size_t>(there - words_.data())].rows;
    return;
  }
  ++added_[std::string(word)];
  if (added_.size() > kMostAdded) merge_added();
}

void Vocabulary::merge_added() {
  const auto middle = static_cast<std::ptrdiff_t>(words_.size());
  for (auto& [word, rows] : added_) words_.push_back({word, rows});
  added_.clear();
  const auto before = [](const Entry& a, const Entry& b) { return a.word < b.word; };
  std::sort(words_.begin() + middle, words_.end(), before);
  std::inplace_merge(words_.begin(), words_.begin() + middle, words_.end(), before);
}

int64_t Vocabulary::rows_of(std::string_view word) const {
  if (const Entry* there = find(word)) return there->rows;
  const auto added = added_.find(std::string(word));
  return added == added_.end() ? 0 : added->second;
}

std::vector<WordGuess> Vocabulary::guesses(std::string_view typed, bool begun, int most) const {
  if (most <= 0 || typed.empty() || typed.size() > kMostLetters) return {};
  BestGuesses best;
  DistanceWalk walk(typed, most);
  size_t there = 0;  // letters of the word before, of which rows are there
  for (size_t i = 0; i < words_.size();) {
    const std::string_view word = words_[i].word;
    const size_t shared = i == 0 ? 0 : std::min(there, shared_letters(words_[i - 1].word, word));
    const size_t entered = walk.enter(word, shared);
    there = entered;
    const bool dead = walk.is_dead(entered);
    const int mistakes = begun ? walk.beginning(entered) : dead ? most + 1 : walk.whole(entered);
    if (mistakes <= most) best.add(word, mistakes, words_[i].rows);
    ++i;
    if (!dead) continue;
    // All that begin with these letters are as far.
    const std::string_view beginning = word.substr(0, entered);
    if (begun && mistakes <= most) {
      for (; i < words_.size() && words_[i].word.starts_with(beginning); ++i) best.add(words_[i].word, mistakes, words_[i].rows);
      continue;
    }
    size_t step = 1;
    while (i + step < words_.size() && words_[i + step].word.starts_with(beginning)) step *= 2;
    const auto from = words_.begin() + static_cast<std::ptrdiff_t>(i);
    const auto to = words_.begin() + static_cast<std::ptrdiff_t>(std::min(i + step, words_.size()));
    i = static_cast<size_t>(std::partition_point(from, to, [&](const Entry& one) { return one.word.starts_with(beginning); }) -
                            words_.begin());
  }
  for (const auto& [word, rows] : added_) {
    const int mistakes = begun ? beginning_distance(typed, word, most) : edit_distance(typed, word, most);
    if (mistakes <= most) best.add(word, mistakes, rows);
  }
  return best.take();
}

}  // namespace roundelay
