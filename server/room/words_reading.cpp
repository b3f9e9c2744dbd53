#include "server/room/words_reading.h"

#include <algorithm>
#include <utility>

namespace roundelay {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpaces = " \t\r";
  const size_t first = text.find_first_not_of(kSpaces);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpaces) - first + 1);
}

std::vector<NumberedLine> lines_of(std::string_view text) {
  std::vector<NumberedLine> out;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    out.push_back({static_cast<int>(out.size()) + 1, text.substr(0, end)});
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

size_t characters_of(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

Sentence too_long(int number) {
  return phrase("song_gets_too_long", {{"line", number}});
}

std::string heading_of(std::string_view line) {
  const std::string_view inside = trimmed(line);
  if (inside.size() < 3 || inside.front() != '[' || inside.back() != ']') return {};
  const std::string_view name = trimmed(inside.substr(1, inside.size() - 2));
  return name.find_first_of("[]") == std::string_view::npos ? std::string(name) : std::string();
}

bool SheetWriter::add(control::SheetLine line, int number) {
  if (line.is_gap() && (lines_.empty() || lines_.back().is_gap())) return true;
  if (characters_of(line.text) > kMostLineCharacters || characters_of(line.section) > kMostLineCharacters) {
    error_ = phrase("line_is_too_long", {{"line", number}});
    return false;
  }
  bytes_ += line.text.size() + line.section.size();
  for (const control::Chord& chord : line.chords) bytes_ += chord.name.size();
  if (lines_.size() >= kMostWordsLines || bytes_ > kMostWordsBytes) {
    error_ = too_long(number);
    return false;
  }
  lines_.push_back(std::move(line));
  return true;
}

WordsRead SheetWriter::take(std::string title) {
  while (!lines_.empty() && lines_.back().is_gap()) lines_.pop_back();
  if (lines_.empty()) return tl::unexpected(phrase("no_words_in_the_text"));
  return WordsText{std::move(title), std::move(lines_)};
}

WordsRead parse_plain(std::string_view text) {
  SheetWriter out;
  std::string section;
  for (const NumberedLine& line : lines_of(text)) {
    if (std::string heading = heading_of(line.text); !heading.empty()) {
      section = std::move(heading);
      continue;
    }
    const std::string_view words = trimmed(line.text);
    if (words.empty() && !section.empty()) continue;
    if (!out.add({.text = std::string(words), .section = std::exchange(section, {})}, line.number))
      return tl::unexpected(out.error());
  }
  return out.take({});
}

}  // namespace roundelay
