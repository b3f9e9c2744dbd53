// What the readers of the three formats have in common: numbered lines, and a list of lines that does not grow too long. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/room/words_text.h"

namespace roundelay {

using WordsRead = tl::expected<WordsText, Sentence>;

struct NumberedLine {
  int number = 0;  // from 1
  std::string_view text;
};

[[nodiscard]] constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::vector<NumberedLine> lines_of(std::string_view text);
// Characters (code points) of UTF-8.
[[nodiscard]] size_t characters_of(std::string_view text);
// The song gets too long there.
[[nodiscard]] Sentence too_long(int number);
// What stands in square brackets on a line of its own, such as "Chorus"; empty if the line is no such heading.
[[nodiscard]] std::string heading_of(std::string_view line);

class SheetWriter {
 public:
  // False: it is too long, or there are too many; error() tells of line `number`.
  [[nodiscard]] bool add(control::SheetLine line, int number);
  [[nodiscard]] const Sentence& error() const { return error_; }
  [[nodiscard]] const std::vector<control::SheetLine>& lines() const { return lines_; }
  // Everything, or why there is nothing.
  [[nodiscard]] WordsRead take(std::string title);

 private:
  std::vector<control::SheetLine> lines_;
  size_t bytes_ = 0;
  Sentence error_;
};

[[nodiscard]] WordsRead parse_plain(std::string_view text);
[[nodiscard]] WordsRead parse_lrc(std::string_view text);
[[nodiscard]] WordsRead parse_chordpro(std::string_view text);

}  // namespace roundelay
