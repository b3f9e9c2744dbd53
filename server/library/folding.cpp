#include "server/library/folding.h"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace roundelay {
namespace {

// Null where ICU has no data for it.
const icu::Transliterator* latin_letters() {
  static const std::unique_ptr<icu::Transliterator> kMade = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> out(icu::Transliterator::createInstance(
        "NFKC; Any-Latin; NFD; [:Nonspacing Mark:] Remove; Latin-ASCII; Lower; NFKC", UTRANS_FORWARD, error));
    if (U_FAILURE(error)) out.reset();
    return out;
  }();
  return kMade.get();
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

icu::UnicodeString utf16_of(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

// Apostrophes within words go, white space becomes single.
std::string tidied(std::string_view text) {
  std::string out;
  bool gap = false;
  for (const char c : text) {
    if (c == '\'' || c == '`') continue;
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      gap = !out.empty();
      continue;
    }
    if (gap) out += ' ';
    gap = false;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

// Nothing but signs: they stay, so that no text is folded to nothing.
std::string or_else(std::string out, std::string_view text) {
  return out.empty() ? std::string(text) : std::move(out);
}

std::vector<std::string> ascii_words_of(std::string_view text) {
  const auto inside = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
  std::vector<std::string> out;
  for (auto begin = text.begin(); begin != text.end();) {
    begin = std::find_if(begin, text.end(), inside);
    const auto end = std::find_if_not(begin, text.end(), inside);
    if (begin != end) out.emplace_back(begin, end);
    begin = end;
  }
  return out;
}

}  // namespace

std::string folded(std::string_view text) {
  if (is_ascii(text)) return or_else(tidied(text), text);
  icu::UnicodeString letters = utf16_of(text);
  if (const icu::Transliterator* latin = latin_letters(); latin != nullptr) latin->transliterate(letters);
  // Typographic ones that were left.
  letters.findAndReplace(icu::UnicodeString(u'\u2019'), icu::UnicodeString());
  letters.findAndReplace(icu::UnicodeString(u'\u02BC'), icu::UnicodeString());
  std::string out;
  return or_else(tidied(letters.toUTF8String(out)), text);
}

std::string case_folded(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCCasefoldInstance(error);
  icu::UnicodeString letters = utf16_of(text);
  if (U_SUCCESS(error)) letters = form->normalize(letters, error);
  std::string out;
  return letters.toUTF8String(out);
}

std::vector<std::string> words_of(std::string_view folded_text) {
  if (is_ascii(folded_text)) return ascii_words_of(folded_text);
  std::vector<std::string> out;
  const icu::UnicodeString text = utf16_of(folded_text);
  int32_t begin = -1;
  const auto end_word = [&](int32_t end) {
    if (begin < 0) return;
    std::string word;
    text.tempSubStringBetween(begin, end).toUTF8String(word);
    out.push_back(std::move(word));
    begin = -1;
  };
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const UChar32 c = text.char32At(i);
    const int8_t type = u_charType(c);
    const bool inside = u_isalnum(c) || type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK ||
                        type == U_OTHER_NUMBER || type == U_LETTER_NUMBER || type == U_PRIVATE_USE_CHAR;
    if (inside && begin < 0) begin = i;
    if (!inside) end_word(i);
  }
  end_word(text.length());
  return out;
}

}  // namespace roundelay
