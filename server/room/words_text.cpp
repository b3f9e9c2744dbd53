#include "server/room/words_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "server/room/words_reading.h"

namespace roundelay {
namespace {

constexpr std::array<std::pair<WordsFormat, std::string_view>, 3> kFormats = {
    {{WordsFormat::kPlain, "plain"}, {WordsFormat::kLrc, "lrc"}, {WordsFormat::kChordPro, "chordpro"}}};

// "[01:" at its beginning.
bool looks_timed(std::string_view line) {
  if (line.size() < 3 || line[0] != '[' || !is_digit(line[1])) return false;
  const size_t end = line.find_first_not_of("0123456789", 1);
  return end != std::string_view::npos && line[end] == ':';
}

// "[Am7]", "[F#/C]" somewhere in it, beside words or other chords.
bool has_chord(std::string_view line) {
  for (size_t open = line.find('['); open != std::string_view::npos; open = line.find('[', open + 1)) {
    const size_t close = line.find(']', open);
    if (close == std::string_view::npos) return false;
    const std::string_view inside = line.substr(open + 1, close - open - 1);
    if (inside.empty() || inside.size() > 10 || inside[0] < 'A' || inside[0] > 'H') continue;
    if (inside.find_first_not_of("ABCDEFGHabdgijmnosu0123456789#+-/()^") == std::string_view::npos) return true;
  }
  return false;
}

bool is_directive(std::string_view line) {
  const std::string_view inside = trimmed(line);
  return inside.size() > 2 && inside.front() == '{' && inside.back() == '}';
}

}  // namespace

std::string_view name_of(WordsFormat format) {
  for (const auto& [known, name] : kFormats) {
    if (known == format) return name;
  }
  return "";
}

std::optional<WordsFormat> words_format(std::string_view name) {
  for (const auto& [format, known] : kFormats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

WordsFormat guessed_format(std::string_view text) {
  const std::vector<NumberedLine> lines = lines_of(text);
  const auto any = [&](const auto& is) {
    return std::any_of(lines.begin(), lines.end(), [&](const NumberedLine& line) { return is(line.text); });
  };
  if (any(looks_timed)) return WordsFormat::kLrc;
  return any(is_directive) || any(has_chord) ? WordsFormat::kChordPro : WordsFormat::kPlain;
}

tl::expected<WordsText, Sentence> parse_words(std::string_view text, WordsFormat format) {
  if (text.size() > kMostWordsBytes) return tl::unexpected(phrase("words_are_too_long"));
  switch (format) {
    case WordsFormat::kLrc:
      return parse_lrc(text);
    case WordsFormat::kChordPro:
      return parse_chordpro(text);
    case WordsFormat::kPlain:
      break;
  }
  return parse_plain(text);
}

void keep_times(const std::vector<control::SheetLine>& before, const std::vector<std::optional<int64_t>>& times,
                std::vector<control::SheetLine>& after) {
  constexpr size_t kLookAhead = 50;  // lines that may have been taken out at once
  size_t old = 0;
  for (control::SheetLine& line : after) {
    const size_t end = std::min(before.size(), old + kLookAhead);
    size_t found = old;
    while (found < end && (before[found].text != line.text || before[found].is_gap() != line.is_gap())) ++found;
    if (found == end) continue;
    const bool as_it_was = !line.at_ms || line.at_ms == before[found].at_ms;
    if (as_it_was && found < times.size()) line.at_ms = times[found];
    old = found + 1;
  }
  int64_t last_ms = 0;
  for (control::SheetLine& line : after) {
    if (line.at_ms && *line.at_ms < last_ms) line.at_ms.reset();
    last_ms = line.at_ms.value_or(last_ms);
  }
}

}  // namespace roundelay
