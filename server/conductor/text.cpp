#include "server/conductor/text.h"

#include <sodium.h>

#include <vector>

namespace roundelay {
namespace {

// Decodes strict UTF-8 (RFC 3629: no surrogates, no overlong forms); nothing if it is broken.
std::optional<std::vector<char32_t>> decode_utf8(std::string_view text) {
  std::vector<char32_t> out;
  for (size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int length = lead < 0x80                   ? 1
                       : lead >= 0xC2 && lead < 0xE0 ? 2
                       : (lead & 0xF0) == 0xE0       ? 3
                       : lead >= 0xF0 && lead < 0xF5 ? 4
                                                     : 0;
    if (length == 0 || i + static_cast<size_t>(length) > text.size()) return std::nullopt;
    char32_t c = length == 1 ? lead : lead & (0x7FU >> length);
    for (int k = 1; k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + static_cast<size_t>(k)]);
      if ((next & 0xC0) != 0x80) return std::nullopt;
      c = (c << 6) | (next & 0x3FU);
    }
    const bool overlong = (length == 3 && c < 0x800) || (length == 4 && c < 0x10000);
    if (overlong || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return std::nullopt;
    out.push_back(c);
    i += static_cast<size_t>(length);
  }
  return out;
}

std::string encode_utf8(std::span<const char32_t> text) {
  std::string out;
  for (const char32_t c : text) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xC0 | (c >> 6));
      put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
    } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
      put(0x80 | ((c >> 6) & 0x3F));
      put(0x80 | (c & 0x3F));
    }
  }
  return out;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x3000 ||
         c == 0xFEFF;
}

// C0, DEL and C1 controls, line and paragraph separators, and what turns the direction of writing.
bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F;
}

std::span<const char32_t> trimmed(std::span<const char32_t> text) {
  while (!text.empty() && is_space(text.front())) text = text.subspan(1);
  while (!text.empty() && is_space(text.back())) text = text.first(text.size() - 1);
  return text;
}

}  // namespace

tl::expected<std::string, std::string> checked_name(std::string_view name, int max_characters) {
  const auto decoded = decode_utf8(name);
  if (!decoded) return tl::unexpected(std::string("A name must be text in UTF-8."));
  const std::span<const char32_t> text = trimmed(*decoded);
  if (text.empty() || text.size() > static_cast<size_t>(max_characters)) {
    return tl::unexpected("A name must have 1 to " + std::to_string(max_characters) + " characters.");
  }
  for (const char32_t c : text) {
    if (is_control(c)) return tl::unexpected(std::string("A name must not contain control characters."));
  }
  return encode_utf8(text);
}

std::string track_name(std::string_view file) {
  if (const size_t slash = file.find_last_of("/\\"); slash != std::string_view::npos) file = file.substr(slash + 1);
  const auto decoded = decode_utf8(file);
  if (!decoded) return "Track";
  std::vector<char32_t> kept;
  for (const char32_t c : *decoded) {
    if (!is_control(c)) kept.push_back(c);
  }
  std::span<const char32_t> text = trimmed(kept);
  if (text.size() > kMaxTrackNameCharacters) text = trimmed(text.first(kMaxTrackNameCharacters));
  return text.empty() ? "Track" : encode_utf8(text);
}

std::string id_text(uint64_t person) {
  return std::to_string(person);
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
