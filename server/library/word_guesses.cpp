#include "server/library/word_guesses.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "server/base/edit_distance.h"
#include "server/library/search_index.h"
#include "server/library/sql.h"

namespace roundelay {
namespace {

constexpr size_t kMostCandidates = 200;
constexpr size_t kShortWord = 5;  // a mistake may leave none of its trigrams
constexpr int64_t kAnyLength = 1'000;

// The candidates that share most trigrams, by their numbers.
std::vector<int64_t> sharing_trigrams(LibraryDatabase& database, std::string_view typed, bool begun, int mistakes) {
  std::unordered_map<int64_t, int> shared;
  const auto letters = static_cast<int64_t>(typed.size());
  for (const std::string& gram : trigrams(typed, !begun)) {
    if (!each_row(database, "SELECT word FROM search_grams WHERE gram = ? AND length BETWEEN ? AND ?",
                  {gram, letters - mistakes, begun ? kAnyLength : letters + mistakes},
                  [&](const SqlRow& row) { ++shared[row.integer(0)]; }))
      return {};
  }
  std::vector<std::pair<int, int64_t>> ordered;
  ordered.reserve(shared.size());
  for (const auto& [word, count] : shared) ordered.emplace_back(-count, word);
  const size_t kept = std::min(ordered.size(), kMostCandidates);
  std::partial_sort(ordered.begin(), ordered.begin() + static_cast<std::ptrdiff_t>(kept), ordered.end());
  std::vector<int64_t> out;
  for (size_t i = 0; i < kept; ++i) out.push_back(ordered[i].second);
  return out;
}

}  // namespace

std::vector<WordGuess> guess_words(LibraryDatabase& database, std::string_view typed, bool begun) {
  const int most = forgiven_mistakes(typed.size());
  std::vector<WordGuess> out;
  if (most == 0) return out;
  const auto look_at = [&](std::string word) {
    const int mistakes = begun ? beginning_distance(typed, word, most) : edit_distance(typed, word, most);
    if (mistakes <= most) out.push_back({std::move(word), mistakes});
  };
  for (const int64_t id : sharing_trigrams(database, typed, begun, most)) {
    if (!each_row(database, "SELECT word FROM search_words WHERE id = ?", {id}, [&](const SqlRow& row) { look_at(row.text(0)); }))
      return {};
  }
  if (typed.size() <= kShortWord) {
    // Those that begin with the same letter.
    const std::string first(typed.substr(0, 1)), behind(1, static_cast<char>(typed.front() + 1));
    if (!each_row(database, "SELECT word FROM search_words WHERE word >= ? AND word < ? AND length(word) BETWEEN ? AND ?",
                  {first, behind, typed.size() - 1, begun ? size_t{kAnyLength} : typed.size() + 1},
                  [&](const SqlRow& row) { look_at(row.text(0)); }))
      return {};
  }
  const auto before = [](const WordGuess& a, const WordGuess& b) {
    return std::pair(a.mistakes, std::pair(a.word.size(), std::string_view(a.word))) <
           std::pair(b.mistakes, std::pair(b.word.size(), std::string_view(b.word)));
  };
  std::sort(out.begin(), out.end(), before);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kMostGuesses) out.resize(kMostGuesses);
  return out;
}

}  // namespace roundelay
