#include "server/base/text_of_bytes.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf16.h>

#include <array>
#include <cstdint>
#include <optional>

#include "server/base/text.h"

namespace roundelay {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF", kLittleEndianMark = "\xFF\xFE", kBigEndianMark = "\xFE\xFF";
// Windows-1252, 0x80 to 0x9F; what it does not know stays as it is, a control character.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178};

icu::UnicodeString from_latin(std::string_view bytes) {
  icu::UnicodeString out;
  for (const char c : bytes) {
    const auto byte = static_cast<uint8_t>(c);
    const char16_t unit = byte >= 0x80 && byte < 0xA0 ? kWindows[byte - 0x80U] : static_cast<char16_t>(byte);
    out.append(unit);
  }
  return out;
}

icu::UnicodeString from_utf16(std::string_view bytes, bool big_endian) {
  icu::UnicodeString out;
  for (size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<uint8_t>(bytes[i]), second = static_cast<uint8_t>(bytes[i + 1]);
    out.append(static_cast<char16_t>(big_endian ? first << 8 | second : second << 8 | first));
  }
  return out;
}

bool is_line_end(UChar32 c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

// Of byte order and direction: they would turn round what stands beside the text.
bool is_left_out(UChar32 c) {
  return c == 0xFEFF || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

tl::expected<icu::UnicodeString, Sentence> with_plain_lines(const icu::UnicodeString& text) {
  icu::UnicodeString out;
  int line = 1;
  for (int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i = text.moveIndex32(i, 1);
    if (is_line_end(c)) {
      if (c == '\r' && i < text.length() && text.charAt(i) == '\n') ++i;
      out.append(static_cast<char16_t>('\n'));
      ++line;
    } else if (c == '\t') {
      out.append(u"    ", 4);
    } else if (U_IS_SURROGATE(c)) {
      return tl::unexpected(phrase("half_a_letter", {{"line", line}}));
    } else if (u_charType(c) == U_CONTROL_CHAR) {
      return tl::unexpected(phrase("line_is_no_text", {{"line", line}}));
    } else if (!is_left_out(c)) {
      out.append(c);
    }
  }
  return out;
}

}  // namespace

tl::expected<std::string, Sentence> text_of_bytes(std::string_view bytes) {
  const bool little = bytes.starts_with(kLittleEndianMark), big = bytes.starts_with(kBigEndianMark);
  icu::UnicodeString text;
  if (little || big) {
    if (bytes.size() % 2 != 0) return tl::unexpected(phrase("text_ends_in_a_letter"));
    text = from_utf16(bytes.substr(2), big);
  } else if (is_utf8(bytes)) {
    if (bytes.starts_with(kUtf8Mark)) bytes.remove_prefix(kUtf8Mark.size());
    text = icu::UnicodeString::fromUTF8(icu::StringPiece(bytes.data(), static_cast<int32_t>(bytes.size())));
  } else {
    text = from_latin(bytes);
  }
  auto lines = with_plain_lines(text);
  if (!lines) return tl::unexpected(lines.error());
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  const icu::UnicodeString composed = U_SUCCESS(error) ? nfc->normalize(*lines, error) : *lines;
  std::string out;
  return (U_SUCCESS(error) ? composed : *lines).toUTF8String(out);
}

}  // namespace roundelay
