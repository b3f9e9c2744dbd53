// LRC: lines of words with the times at which they are sung, "[01:23.45]words". Several times before a line repeat it there.
// Times of single words, "<01:23.45>", are left out; a line without its own takes the first of them. Of the tags in front,
// "[ti:...]" is the title and "[offset:...]" (ms, positive: earlier) moves all times.
#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "server/room/words_reading.h"

namespace roundelay {
namespace {

// Digits at the beginning, at most so many; they are taken off.
std::optional<int> take_number(std::string_view& text, size_t most_digits) {
  size_t digits = 0;
  while (digits < text.size() && digits < most_digits && is_digit(text[digits])) ++digits;
  if (digits == 0) return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

// "1:02", "01:02.5", "01:02.50", "01:02:500" in ms; nothing if it is no time.
std::optional<int64_t> time_ms(std::string_view text) {
  const auto minutes = take_number(text, 3);
  if (!minutes || text.empty() || text.front() != ':') return std::nullopt;
  text.remove_prefix(1);
  const auto seconds = take_number(text, 2);
  if (!seconds || *seconds > 59) return std::nullopt;
  int64_t ms = int64_t{*minutes} * 60'000 + *seconds * 1'000;
  if (text.empty()) return ms;
  if (text.front() != '.' && text.front() != ':' && text.front() != ',') return std::nullopt;
  text.remove_prefix(1);
  const size_t digits = text.size();
  const auto fraction = take_number(text, 3);
  if (!fraction || !text.empty()) return std::nullopt;
  return ms + *fraction * (digits == 1 ? 100 : digits == 2 ? 10 : 1);
}

Sentence no_time(int number, std::string_view written) {
  return phrase("no_time", {{"line", number}, {"written", written.substr(0, 40)}});
}

struct TimedLine {
  std::optional<int64_t> at_ms;
  int64_t order_ms = 0;  // where it stands
  int number = 0;
  std::string text;
  std::string section;
};

// Without the times of single words; `first` is the first of them.
tl::expected<std::string, Sentence> without_word_times(std::string_view text, int number, std::optional<int64_t>& first) {
  std::string out;
  while (!text.empty()) {
    const size_t open = std::min(text.find('<'), text.size());
    out.append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const size_t close = text.find('>');
    if (text.size() < 2 || !is_digit(text[1]) || close == std::string_view::npos) {
      out += text.front();
      text.remove_prefix(1);
      continue;
    }
    const auto at_ms = time_ms(text.substr(1, close - 1));
    if (!at_ms) return tl::unexpected(no_time(number, text.substr(0, close + 1)));
    if (!first) first = at_ms;
    text.remove_prefix(close + 1);
    // Words stand apart once.
    const bool apart = !out.empty() && out.back() == ' ';
    while (apart && !text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  return std::string(trimmed(out));
}

class LrcReader {
 public:
  WordsRead read(std::string_view text) {
    for (const NumberedLine& line : lines_of(text)) {
      if (!take(line)) return tl::unexpected(error_);
    }
    std::stable_sort(lines_.begin(), lines_.end(), [](const auto& a, const auto& b) { return a.order_ms < b.order_ms; });
    SheetWriter out;
    for (TimedLine& line : lines_) {
      std::optional<int64_t> at_ms = line.at_ms;
      if (at_ms) at_ms = std::clamp<int64_t>(*at_ms - offset_ms_, 0, control::SheetLine::kMostMs);
      // A time without words is a gap: what was sung before is over.
      if (line.text.empty() && line.section.empty()) at_ms.reset();
      if (!out.add({.text = std::move(line.text), .at_ms = at_ms, .section = std::move(line.section)}, line.number))
        return tl::unexpected(out.error());
    }
    return out.take(std::move(title_));
  }

 private:
  bool fail(Sentence sentence) {
    error_ = std::move(sentence);
    return false;
  }

  bool take(const NumberedLine& line) {
    std::string_view rest = trimmed(line.text);
    std::vector<int64_t> times;
    while (!rest.empty() && rest.front() == '[') {
      const size_t close = rest.find(']');
      const bool number_follows = rest.size() > 1 && is_digit(rest[1]);
      if (close == std::string_view::npos) {
        if (!number_follows) break;
        return fail(phrase("time_is_not_closed", {{"line", line.number}}));
      }
      const std::string_view inside = rest.substr(1, close - 1);
      if (const auto at_ms = time_ms(inside)) {
        times.push_back(*at_ms);
      } else if (number_follows) {
        return fail(no_time(line.number, rest.substr(0, close + 1)));
      } else if (times.empty() && close + 1 == rest.size() && inside.find(':') != std::string_view::npos) {
        return take_tag(inside, line.number);
      } else {
        break;
      }
      rest = trimmed(rest.substr(close + 1));
    }
    if (std::string heading = heading_of(rest); !heading.empty() && times.empty()) {
      section_ = std::move(heading);
      return true;
    }
    std::optional<int64_t> first;
    auto words = without_word_times(rest, line.number, first);
    if (!words) return fail(words.error());
    if (times.empty() && first) times.push_back(*first);
    if (times.empty()) {
      if (words->empty() && !section_.empty()) return true;
      return keep({std::nullopt, order_ms_, line.number, *std::move(words), std::exchange(section_, {})});
    }
    for (const int64_t at_ms : times) {
      order_ms_ = at_ms;
      if (!keep({at_ms, at_ms, line.number, *words, std::exchange(section_, {})})) return false;
    }
    return true;
  }

  bool keep(TimedLine line) {
    bytes_ += line.text.size();
    if (lines_.size() >= 2 * kMostWordsLines || bytes_ > 2 * kMostWordsBytes) {
      return fail(too_long(line.number));
    }
    lines_.push_back(std::move(line));
    return true;
  }

  bool take_tag(std::string_view inside, int number) {
    const size_t colon = inside.find(':');
    const std::string_view name = trimmed(inside.substr(0, colon));
    std::string_view value = trimmed(inside.substr(colon + 1));
    if (name == "ti") title_ = value;
    if (name != "offset") return true;
    if (!value.empty() && value.front() == '+') value.remove_prefix(1);
    int offset_ms = 0;
    const auto read = std::from_chars(value.data(), value.data() + value.size(), offset_ms);
    if (read.ec != std::errc() || read.ptr != value.data() + value.size())
      return fail(phrase("offset_is_no_number", {{"line", number}}));
    offset_ms_ = offset_ms;
    return true;
  }

  std::vector<TimedLine> lines_;
  std::string title_;
  std::string section_;
  Sentence error_;
  int64_t order_ms_ = 0;
  int64_t offset_ms_ = 0;
  size_t bytes_ = 0;
};

}  // namespace

WordsRead parse_lrc(std::string_view text) {
  return LrcReader().read(text);
}

}  // namespace roundelay
