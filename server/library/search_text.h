// What was typed into the search box, as words, and as an expression for FTS5 in which nothing that was typed is syntax. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roundelay {

inline constexpr size_t kMostSearchBytes = 500;
inline constexpr size_t kMostSearchWords = 8;

struct SearchText {
  std::string folded;              // the whole
  std::vector<std::string> words;  // folded
  bool last_is_begun = false;      // the last word may go on: it is being typed

  [[nodiscard]] bool is_begun(size_t word) const { return last_is_begun && word + 1 == words.size(); }
};

// Any bytes: what is not UTF-8 has no words. What is longer is cut.
[[nodiscard]] SearchText search_text(std::string_view typed);

// One word, in quotation marks; `begun`: and what begins with it.
[[nodiscard]] std::string fts_word(std::string_view word, bool begun);
// All the words, in any of these columns ("title artist"; empty: in all).
[[nodiscard]] std::string fts_expression(std::string_view columns, const SearchText& text);
// Of each word one of those given for it (one list for each word; each as fts_word() has it).
[[nodiscard]] std::string fts_expression(std::span<const std::vector<std::string>> choices);

}  // namespace roundelay
