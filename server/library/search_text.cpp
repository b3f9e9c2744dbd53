#include "server/library/search_text.h"

#include "server/base/text.h"
#include "server/library/folding.h"

namespace roundelay {
namespace {

constexpr size_t kLongestSearchWord = 60;

// At most so many bytes, cut between characters.
std::string_view beginning_of(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

SearchText search_text(std::string_view typed) {
  SearchText out;
  if (!is_utf8(typed) || typed.find('\0') != std::string_view::npos) return out;
  typed = beginning_of(typed, kMostSearchBytes);
  out.folded = folded(typed);
  out.words = words_of(out.folded);
  const bool cut = out.words.size() > kMostSearchWords;
  if (cut) out.words.resize(kMostSearchWords);
  for (std::string& word : out.words) word = beginning_of(word, kLongestSearchWord);
  out.last_is_begun = !cut && !out.words.empty() && out.folded.ends_with(out.words.back()) && !typed.ends_with(' ');
  return out;
}

std::string fts_word(std::string_view word, bool begun) {
  std::string out = "\"";
  for (const char c : word) {
    if (c == '"') out += '"';
    out += c;
  }
  out += begun ? "\"*" : "\"";
  return out;
}

std::string fts_expression(std::string_view columns, const SearchText& text) {
  std::string out;
  if (!columns.empty()) {
    out += "{";
    out += columns;
    out += "} : ";
  }
  out += "(";
  for (size_t i = 0; i < text.words.size(); ++i) {
    if (i > 0) out += " AND ";
    out += fts_word(text.words[i], text.is_begun(i));
  }
  return out += ")";
}

std::string fts_expression(std::span<const std::vector<std::string>> choices) {
  std::string out;
  for (const std::vector<std::string>& words : choices) {
    if (!out.empty()) out += " AND ";
    out += "(";
    for (size_t i = 0; i < words.size(); ++i) {
      if (i > 0) out += " OR ";
      out += words[i];
    }
    out += ")";
  }
  return out;
}

}  // namespace roundelay
