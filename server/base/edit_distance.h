// How many typing mistakes lie between two words: letters left out, added, changed, or two neighbours swapped
// (Damerau-Levenshtein, as "optimal string alignment": no letter is mended twice). Pure; on bytes.
#pragma once

#include <string_view>

namespace roundelay {

// `most` + 1 where there are more.
[[nodiscard]] int edit_distance(std::string_view typed, std::string_view word, int most);
// The same to the beginning of `word` that fits best: for a word that is being typed still.
[[nodiscard]] int beginning_distance(std::string_view typed, std::string_view word, int most);
// So many mistakes are forgiven in a word.
[[nodiscard]] constexpr int forgiven_mistakes(size_t letters) {
  return letters < 3 ? 0 : letters < 6 ? 1 : 2;
}

}  // namespace roundelay
