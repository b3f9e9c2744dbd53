#include "server/base/nearest_name.h"

#include <algorithm>
#include <string>
#include <vector>

namespace roundelay {
namespace {

constexpr size_t kLongestWord = 64;  // bytes; nobody mistypes a longer one
constexpr size_t kLeastPart = 4;     // letters of a word that is looked for in names

std::string as_a_name(std::string_view word) {
  std::string out(word);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    if (letter == '-' || letter == ' ') letter = '_';
  }
  return out;
}

}  // namespace

size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<size_t> two_before;
  std::vector<size_t> before(b.size() + 1);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    two_before = std::move(before);
    before = row;
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({before[j] + 1, row[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_before[j - 2] + 1);
    }
  }
  return row[b.size()];
}

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string meant = as_a_name(word);
  std::string_view nearest;
  size_t fewest = std::max<size_t>(1, word.size() / 3) + 1;
  for (const std::string_view name : names) {
    const size_t edits = edits_between(meant, name);
    if (edits >= fewest) continue;
    fewest = edits;
    nearest = name;
  }
  if (!nearest.empty() || meant.size() < kLeastPart) return nearest;
  const auto holds_it = [&](std::string_view name) { return name.find(meant) != std::string_view::npos; };
  const auto found = std::find_if(names.begin(), names.end(), holds_it);
  return found == names.end() ? std::string_view{} : *found;
}

}  // namespace roundelay
