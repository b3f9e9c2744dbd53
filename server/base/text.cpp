#include "server/base/text.h"

#include <sodium.h>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace roundelay {
namespace {

constexpr UChar32 kNone = -1;
constexpr UChar32 kZeroWidthNonJoiner = 0x200C;
constexpr UChar32 kZeroWidthJoiner = 0x200D;
constexpr UChar32 kBlackFlag = 0x1F3F4;
constexpr UChar32 kFirstTag = 0xE0020;
constexpr UChar32 kEndOfTags = 0xE007F;
constexpr UChar32 kBrailleBlank = 0x2800;
constexpr int kViramaClass = 9;
// Bytes, on average, for each character that is allowed: a family of emoji takes 25, a letter with all its marks 2 to 12.
constexpr int kBytesPerCharacter = 16;

// Strict: nothing for what is not UTF-8 (RFC 3629).
std::optional<icu::UnicodeString> decoded(std::string_view text) {
  if (text.size() > INT32_MAX) return std::nullopt;
  UErrorCode error = U_ZERO_ERROR;
  const auto bytes = static_cast<int32_t>(text.size());
  icu::UnicodeString out;
  int32_t length = 0;
  // UTF-16 never takes more units than UTF-8 takes bytes.
  u_strFromUTF8(out.getBuffer(bytes + 1), bytes + 1, &length, text.data(), bytes, &error);
  out.releaseBuffer(U_SUCCESS(error) ? length : 0);
  if (U_FAILURE(error)) return std::nullopt;
  return out;
}

std::string encoded(const icu::UnicodeString& text) {
  std::string out;
  return text.toUTF8String(out);
}

bool has(UChar32 c, UProperty property) {
  return c != kNone && u_hasBinaryProperty(c, property);
}

bool is_space(UChar32 c) {
  return has(c, UCHAR_WHITE_SPACE) || c == kBrailleBlank;
}

// Draws nothing by itself: joiners, marks of direction, fillers, soft hyphens, variation selectors, tags.
bool is_invisible(UChar32 c) {
  const bool format = u_charType(c) == U_FORMAT_CHAR && !has(c, UCHAR_PREPENDED_CONCATENATION_MARK);
  return format || has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || has(c, UCHAR_NONCHARACTER_CODE_POINT);
}

bool joins(UChar32 c, bool forwards) {
  const int type = c == kNone ? U_JT_NON_JOINING : u_getIntPropertyValue(c, UCHAR_JOINING_TYPE);
  return type == U_JT_DUAL_JOINING || type == (forwards ? U_JT_LEFT_JOINING : U_JT_RIGHT_JOINING);
}

// Of an invisible character: whether the script or the emoji around it looks different without it (as UAX 31, section 2.3, and
// UTS 51 have it). `before` and `after`: the visible characters, or those kept, next to it.
bool is_needed(UChar32 c, UChar32 before, UChar32 after) {
  if (before == kNone) return false;
  const bool after_virama = u_getCombiningClass(before) == kViramaClass;
  if (c == kZeroWidthNonJoiner) return after != kNone && (after_virama || (joins(before, true) && joins(after, false)));
  if (c == kZeroWidthJoiner) {
    const bool emoji = has(before, UCHAR_EXTENDED_PICTOGRAPHIC) || has(before, UCHAR_EMOJI_MODIFIER) || before == 0xFE0F;
    return after_virama || (emoji && has(after, UCHAR_EXTENDED_PICTOGRAPHIC));
  }
  if (!has(c, UCHAR_VARIATION_SELECTOR)) return false;
  if (c == 0xFE0E || c == 0xFE0F) return has(before, UCHAR_EMOJI);
  return has(before, UCHAR_UNIFIED_IDEOGRAPH) ||
         (u_getIntPropertyValue(before, UCHAR_SCRIPT) == USCRIPT_MONGOLIAN && !is_invisible(before));
}

// The end of the tags from `from` on, which make a flag of a region; `from` itself where they do not end as they must.
int32_t end_of_tags(const icu::UnicodeString& text, int32_t from) {
  int32_t i = from;
  while (i < text.length() && text.char32At(i) >= kFirstTag && text.char32At(i) < kEndOfTags) i = text.moveIndex32(i, 1);
  return i > from && i < text.length() && text.char32At(i) == kEndOfTags ? text.moveIndex32(i, 1) : from;
}

UChar32 next_visible(const icu::UnicodeString& text, int32_t from) {
  for (int32_t i = from; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (!is_invisible(text.char32At(i))) return text.char32At(i);
  }
  return kNone;
}

// White space as single spaces, nothing invisible that does not change how the rest looks. Controls stay.
icu::UnicodeString without_invisible(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  UChar32 last = kNone;
  const auto keep = [&](UChar32 c) {
    out.append(c);
    last = c;
  };
  for (int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i = text.moveIndex32(i, 1);
    if (is_space(c)) {
      if (last != kNone && last != ' ') keep(' ');
    } else if (!is_invisible(c)) {
      keep(c);
      if (c != kBlackFlag) continue;
      for (const int32_t end = end_of_tags(text, i); i < end; i = text.moveIndex32(i, 1)) keep(text.char32At(i));
    } else if (is_needed(c, last, next_visible(text, i))) {
      keep(c);
    }
  }
  return out.trim();
}

// The same text in one form: composed (NFC), and as without_invisible has it.
icu::UnicodeString clean(icu::UnicodeString text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  // Composing may bring together what a joiner stood between, so it is looked at once more.
  for (int round = 0; round < 4; ++round) {
    icu::UnicodeString next = without_invisible(text);
    if (U_SUCCESS(error)) next = nfc->normalize(next, error);
    if (next == text) break;
    text = std::move(next);
  }
  return text;
}

// Of the first characters (extended grapheme clusters, UAX 29) as many as are at most `most`, and take at most `most_bytes`.
struct Beginning {
  int32_t units = 0;
  int characters = 0;
};
Beginning beginning(const icu::UnicodeString& text, int most, size_t most_bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), error));
  if (U_FAILURE(error)) return {};
  breaks->setText(text);
  Beginning out;
  size_t bytes = 0;
  for (int32_t end = breaks->next(); end != icu::BreakIterator::DONE && out.characters < most; end = breaks->next()) {
    bytes += encoded(text.tempSubStringBetween(out.units, end)).size();
    if (bytes > most_bytes) break;
    out = {end, out.characters + 1};
  }
  return out;
}

size_t most_bytes(int characters) {
  return static_cast<size_t>(characters) * kBytesPerCharacter;
}

bool ends_line(UChar32 c) {
  return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// Each line by itself clean, without empty lines at the ends, and never two of them in a row.
icu::UnicodeString clean_lines(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  bool empty_before = false;
  for (int32_t from = 0; from <= text.length();) {
    int32_t end = from;
    while (end < text.length() && !ends_line(text.char32At(end))) ++end;
    const icu::UnicodeString line = clean(icu::UnicodeString(text, from, end - from));
    if (line.isEmpty()) {
      empty_before = true;
    } else {
      if (!out.isEmpty()) out.append(empty_before ? u"\n\n" : u"\n");
      out.append(line);
      empty_before = false;
    }
    const bool two = end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n';
    from = end + (two ? 2 : 1);
  }
  return out;
}

bool has_control(const icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    if (u_charType(text.char32At(i)) == U_CONTROL_CHAR) return true;
  }
  return false;
}

}  // namespace

bool is_utf8(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t length = 0;  // is all that is asked for: there is nowhere to write to
  u_strFromUTF8(nullptr, 0, &length, text.data(), static_cast<int32_t>(text.size()), &error);
  return error != U_INVALID_CHAR_FOUND;
}

tl::expected<std::string, Sentence> checked_name(std::string_view name, int max_characters) {
  const auto text = decoded(name);
  if (!text) return tl::unexpected(phrase("name_must_be_utf8"));
  const icu::UnicodeString cleaned = clean(*text);
  if (cleaned.isEmpty()) return tl::unexpected(phrase("name_cannot_be_seen", {{"most", max_characters}}));
  if (has_control(cleaned)) return tl::unexpected(phrase("name_has_control_characters"));
  const Beginning kept = beginning(cleaned, max_characters, most_bytes(max_characters));
  if (kept.units == cleaned.length()) return encoded(cleaned);
  if (kept.characters == max_characters) {
    return tl::unexpected(phrase("name_is_too_long", {{"most", max_characters}}));
  }
  return tl::unexpected(phrase("name_has_too_many_marks"));
}

tl::expected<std::string, Sentence> checked_text(std::string_view text, int max_characters, size_t max_bytes) {
  const auto decoded_text = decoded(text);
  if (!decoded_text) return tl::unexpected(phrase("text_must_be_utf8"));
  const icu::UnicodeString cleaned = clean_lines(*decoded_text);
  if (cleaned.isEmpty()) return tl::unexpected(phrase("text_cannot_be_seen"));
  for (int32_t i = 0; i < cleaned.length(); i = cleaned.moveIndex32(i, 1)) {
    if (cleaned.charAt(i) != '\n' && u_charType(cleaned.char32At(i)) == U_CONTROL_CHAR)
      return tl::unexpected(phrase("text_has_control_characters"));
  }
  std::string out = encoded(cleaned);
  // As many bytes are never more characters.
  const bool many = out.size() > static_cast<size_t>(max_characters);
  if (out.size() > max_bytes || (many && beginning(cleaned, max_characters, max_bytes).units != cleaned.length()))
    return tl::unexpected(phrase("text_is_too_long", {{"most", max_characters}}));
  return out;
}

std::string safe_file_name(std::string_view name, size_t most_bytes) {
  constexpr std::string_view kNotInNames = "\"*/:<>?\\|%";
  std::string out;
  for (const char c : name) {
    const bool wanted = static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && kNotInNames.find(c) == kNotInNames.npos;
    if (wanted) out += c;
  }
  if (out.size() > most_bytes) {
    size_t end = most_bytes;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0) == 0x80) --end;  // not in the middle of a character
    out.resize(end);
  }
  while (!out.empty() && (out.back() == ' ' || out.back() == '.')) out.pop_back();
  out.erase(0, std::min(out.find_first_not_of(" ."), out.size()));
  return out;
}

std::string track_name(std::string_view file) {
  if (const size_t slash = file.find_last_of("/\\"); slash != std::string_view::npos) file = file.substr(slash + 1);
  const auto text = decoded(file);
  if (!text) return "Track";
  icu::UnicodeString visible;
  for (int32_t i = 0; i < text->length(); i = text->moveIndex32(i, 1)) {
    const UChar32 c = text->char32At(i);
    if (u_charType(c) != U_CONTROL_CHAR || is_space(c)) visible.append(c);
  }
  icu::UnicodeString name = clean(visible);
  const Beginning kept = beginning(name, kMaxTrackNameCharacters, most_bytes(kMaxTrackNameCharacters));
  if (kept.units < name.length()) name = clean(icu::UnicodeString(name, 0, kept.units));
  return name.isEmpty() ? "Track" : encoded(name);
}

std::string id_text(uint64_t person) {
  return std::to_string(person);
}

std::optional<uint64_t> person_of(std::string_view id) {
  uint64_t person = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), person);
  const bool whole = error == std::errc() && end == id.data() + id.size();
  if (!whole || person == 0 || person > uint64_t{1} << 53 || id.front() == '0') return std::nullopt;
  return person;
}

std::string hex(std::span<const uint8_t> bytes) {
  std::string out(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(out.data(), out.size(), bytes.data(), bytes.size());
  out.pop_back();
  return out;
}

bool from_hex(std::string_view digits, std::span<uint8_t> out) {
  if (digits.size() != out.size() * 2) return false;
  size_t length = 0;
  return sodium_hex2bin(out.data(), out.size(), digits.data(), digits.size(), nullptr, &length, nullptr) == 0 &&
         length == out.size();
}

}  // namespace roundelay
