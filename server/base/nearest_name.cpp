#include "server/base/nearest_name.h"

#include <algorithm>
#include <string>

#include "server/base/edit_distance.h"

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

std::string_view nearest_name(std::string_view word, std::span<const std::string_view> names) {
  if (word.empty() || word.size() > kLongestWord) return {};
  const std::string meant = as_a_name(word);
  std::string_view nearest;
  int fewest = std::max(1, static_cast<int>(word.size()) / 3) + 1;
  for (const std::string_view name : names) {
    const int edits = edit_distance(meant, name, fewest - 1);
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
