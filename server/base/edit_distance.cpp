#include "server/base/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace roundelay {
namespace {

constexpr size_t kLongestCompared = 64;

using DistanceRow = std::array<int, kLongestCompared + 1>;

// `whole`: all of the word; otherwise the least over its beginnings.
int distance_to(std::string_view typed, std::string_view word, int most, bool whole) {
  if (typed.size() > kLongestCompared || word.size() > kLongestCompared) return most + 1;
  const auto letters = static_cast<int>(typed.size()), width = static_cast<int>(word.size());
  if (letters - width > most || (whole && width - letters > most)) return most + 1;
  DistanceRow before_last{}, last{}, row{};
  for (int j = 0; j <= width; ++j) last[static_cast<size_t>(j)] = j;
  for (int i = 1; i <= letters; ++i) {
    row[0] = i;
    int least = i;
    for (int j = 1; j <= width; ++j) {
      const auto x = static_cast<size_t>(i - 1), y = static_cast<size_t>(j - 1);
      int best = std::min({last[y + 1] + 1, row[y] + 1, last[y] + (typed[x] == word[y] ? 0 : 1)});
      if (i > 1 && j > 1 && typed[x] == word[y - 1] && typed[x - 1] == word[y]) best = std::min(best, before_last[y - 1] + 1);
      row[y + 1] = best;
      least = std::min(least, best);
    }
    if (least > most) return most + 1;
    before_last = last;
    last = row;
  }
  const int out = whole ? last[word.size()] : *std::min_element(last.begin(), last.begin() + width + 1);
  return std::min(out, most + 1);
}

}  // namespace

int edit_distance(std::string_view typed, std::string_view word, int most) {
  return distance_to(typed, word, most, true);
}

int beginning_distance(std::string_view typed, std::string_view word, int most) {
  return distance_to(typed, word, most, false);
}

}  // namespace roundelay
