// ChordPro: words with chords in square brackets before the syllable that they belong to, and directives in curly ones. Taken are
// the title, comments, and verses, choruses and bridges with their names; {chorus} sings the last chorus again. Tablature and
// grids are left out, and so are directives that say how it is printed.
#include <algorithm>
#include <optional>
#include <utility>

#include "server/room/words_reading.h"

namespace roundelay {
namespace {

constexpr size_t kMostChordCharacters = 20;

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The label of {start_of_verse: label="Verse 1"}.
std::string label_of(std::string_view value) {
  constexpr std::string_view kLabel = "label=";
  if (const size_t at = value.find(kLabel); at != std::string_view::npos) {
    value.remove_prefix(at + kLabel.size());
    if (value.empty() || (value.front() != '"' && value.front() != '\'')) return std::string(value);
    return std::string(value.substr(1, value.find(value.front(), 1) - 1));
  }
  return std::string(value);
}

class ChordProReader {
 public:
  WordsRead read(std::string_view text) {
    for (const NumberedLine& line : lines_of(text)) {
      if (!take(line)) return tl::unexpected(error_.value_or(out_.error()));
    }
    if (!left_out_.empty())
      return tl::unexpected(phrase("directive_is_not_ended", {{"line", left_out_since_}, {"example", "{end_of_tab}"}}));
    return out_.take(std::move(title_));
  }

 private:
  bool fail(Sentence sentence) {
    error_ = std::move(sentence);
    return false;
  }

  bool take(const NumberedLine& line) {
    const std::string_view bare = trimmed(line.text);
    if (!bare.empty() && bare.front() == '#') return true;
    if (!bare.empty() && bare.front() == '{') {
      if (bare.back() != '}') return fail(phrase("brace_is_not_closed", {{"line", line.number}, {"open", "{"}, {"close", "}"}}));
      return take_directive(bare.substr(1, bare.size() - 2), line.number);
    }
    if (!left_out_.empty()) return true;
    return take_words(line);
  }

  bool take_directive(std::string_view inside, int number) {
    const size_t end = std::min(inside.find_first_of(": "), inside.size());
    const std::string name = small(trimmed(inside.substr(0, end)));
    const std::string_view value = trimmed(inside.substr(std::min(end + 1, inside.size())));
    if (!left_out_.empty()) {
      if (name == left_out_ || name == left_out_short_) left_out_.clear();
      return true;
    }
    if (is_one_of(name, {"title", "t"})) title_ = value;
    if (is_one_of(name, {"comment", "c", "comment_italic", "ci", "comment_box", "cb", "highlight"}) && !value.empty())
      return out_.add({.text = {}, .section = std::string(value)}, number);
    if (is_one_of(name, {"start_of_chorus", "soc"})) {
      chorus_ = out_.lines().size();
      section_ = value.empty() ? "Chorus" : label_of(value);
    }
    if (is_one_of(name, {"end_of_chorus", "eoc"})) end_chorus();
    if (is_one_of(name, {"start_of_verse", "sov"})) section_ = label_of(value);
    if (is_one_of(name, {"start_of_bridge", "sob"})) section_ = value.empty() ? "Bridge" : label_of(value);
    if (name == "chorus") return repeat_chorus(value, number);
    if (is_one_of(name, {"sot", "sog"})) leave_out(name == "sot" ? "tab" : "grid", number);
    constexpr std::string_view kStart = "start_of_";
    if (name.starts_with(kStart)) {
      const std::string what = name.substr(kStart.size());
      if (is_one_of(what, {"tab", "grid", "abc", "ly", "svg", "textblock"})) leave_out(what, number);
    }
    return true;
  }

  void leave_out(const std::string& what, int number) {
    left_out_ = "end_of_" + what;
    left_out_short_ = std::string("eo") + what.front();
    left_out_since_ = number;
  }

  void end_chorus() {
    if (!chorus_) return;
    const auto& lines = out_.lines();
    last_chorus_.assign(lines.begin() + static_cast<std::ptrdiff_t>(std::min(*chorus_, lines.size())), lines.end());
    chorus_.reset();
  }

  bool repeat_chorus(std::string_view label, int number) {
    end_chorus();
    if (last_chorus_.empty()) return out_.add({.text = {}, .section = label.empty() ? "Chorus" : std::string(label)}, number);
    bool first = true;
    for (control::SheetLine line : last_chorus_) {
      if (first && !label.empty()) line.section = label;
      first = false;
      if (!out_.add(std::move(line), number)) return false;
    }
    return true;
  }

  bool take_words(const NumberedLine& line) {
    control::SheetLine out;
    std::string_view rest = line.text;
    size_t column = 0;
    while (!rest.empty()) {
      const size_t open = std::min(rest.find('['), rest.size());
      out.text.append(rest.substr(0, open));
      column += characters_of(rest.substr(0, open));
      rest.remove_prefix(open);
      if (rest.empty()) break;
      const size_t close = rest.find(']');
      if (close == std::string_view::npos) return fail(phrase("chord_is_not_closed", {{"line", line.number}}));
      std::string_view name = trimmed(rest.substr(1, close - 1));
      if (!name.empty() && name.front() == '*') name.remove_prefix(1);
      if (characters_of(name) > kMostChordCharacters) return fail(phrase("chord_is_too_long", {{"line", line.number}}));
      if (!name.empty()) out.chords.push_back({static_cast<int64_t>(column), std::string(name)});
      rest.remove_prefix(close + 1);
    }
    const size_t end = out.text.find_last_not_of(" \t\r");
    out.text.resize(end == std::string::npos ? 0 : end + 1);
    if (out.chords.empty()) out.text = std::string(trimmed(out.text));
    if (out.is_gap() && !section_.empty()) return true;
    out.section = std::exchange(section_, {});
    return out_.add(std::move(out), line.number);
  }

  SheetWriter out_;
  std::string title_;
  std::string section_;           // of the next line
  std::optional<size_t> chorus_;  // where the present one begins
  std::vector<control::SheetLine> last_chorus_;
  std::string left_out_, left_out_short_;  // the directives that end what is left out; empty: nothing is
  int left_out_since_ = 0;
  std::optional<Sentence> error_;
};

}  // namespace

WordsRead parse_chordpro(std::string_view text) {
  return ChordProReader().read(text);
}

}  // namespace roundelay
