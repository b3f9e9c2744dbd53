// The words of a song as people write them, plain, LRC or ChordPro, and the one shape that is made of them: a list of lines
// (server/wire/control/sheet.h). Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "server/base/sentences.h"
#include "server/wire/control/sheet.h"

namespace roundelay {

enum class WordsFormat { kPlain, kLrc, kChordPro };

inline constexpr size_t kMostWordsBytes = 65'536;
inline constexpr size_t kMostWordsLines = 2'000;
inline constexpr size_t kMostLineCharacters = 500;

struct WordsText {
  std::string title;  // empty: the text names none
  std::vector<control::SheetLine> lines;
};

[[nodiscard]] std::string_view name_of(WordsFormat format);
[[nodiscard]] std::optional<WordsFormat> words_format(std::string_view name);
// By what the text looks like.
[[nodiscard]] WordsFormat guessed_format(std::string_view text);

// Any bytes; `text` is meant to be UTF-8 with "\n" at the ends of lines (text_of_bytes.h). The error is a sentence that names the
// line. Without gaps at the beginning and the end, and with one gap where there are several.
[[nodiscard]] tl::expected<WordsText, Sentence> parse_words(std::string_view text, WordsFormat format);

// After a change of the text: which time each line has. What a line was given by hand or by tapping stays where the line stayed,
// unless its time was changed in the text, or it would come before a line above it. `before`: as the old text says; `times`: as
// they are now, one for each of `before`.
void keep_times(const std::vector<control::SheetLine>& before, const std::vector<std::optional<int64_t>>& times,
                std::vector<control::SheetLine>& after);

}  // namespace roundelay
