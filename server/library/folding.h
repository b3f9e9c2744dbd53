// Texts as they are compared, sorted and searched: in Latin letters, small, without accents. Pure; one thread (ICU's
// transliterator is made at the first use).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace roundelay {

// "Händel's Messiah" is "handels messiah", "Молитва" is "molitva", "祈り" is "qiri". Letters that ICU has no Latin for stay.
// White space is single, none at the ends. `text`: UTF-8.
[[nodiscard]] std::string folded(std::string_view text);

// The same letters whatever their case and form (NFKC, case folded): for names that are the same to people.
[[nodiscard]] std::string case_folded(std::string_view text);

// The words of a folded text, in their order: runs of letters and digits.
[[nodiscard]] std::vector<std::string> words_of(std::string_view folded_text);

}  // namespace roundelay
