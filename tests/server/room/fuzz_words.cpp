// Words in each format, from bytes as they are uploaded. The first byte says which format.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/base/text.h"
#include "server/base/text_of_bytes.h"
#include "server/room/words_text.h"

namespace roundelay {
namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check(std::string_view text, WordsFormat format) {
  const auto words = parse_words(text, format);
  if (!words) return require(!words.error().text.empty());
  require(!words->lines.empty() && words->lines.size() <= kMostWordsLines);
  require(!words->lines.front().is_gap() && !words->lines.back().is_gap());
  for (const control::SheetLine& line : words->lines) {
    const auto again = control::SheetLine::read(line.to_json());
    require(again.has_value() && *again == line);
  }
}

}  // namespace
}  // namespace roundelay

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace roundelay;
  if (size == 0) return 0;
  const auto format = static_cast<WordsFormat>(data[0] % 3);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(bytes, format);  // as if nobody had looked at it before
  const auto text = text_of_bytes(bytes);
  if (!text) return 0;
  require(is_utf8(*text) && text->find('\r') == std::string::npos && text->find('\0') == std::string::npos);
  check(*text, format);
  static_cast<void>(guessed_format(*text));
  return 0;
}
