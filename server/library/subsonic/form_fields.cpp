#include "server/library/subsonic/form_fields.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/base/text.h"

namespace roundelay {
namespace {

std::string form_decoded(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    std::array<uint8_t, 1> byte{};
    if (text[i] == '%' && i + 2 < text.size() && from_hex(text.substr(i + 1, 2), byte)) {
      out += static_cast<char>(byte[0]);
      i += 2;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

}  // namespace

FormFields form_fields(std::string_view text) {
  FormFields out;
  while (!text.empty() && out.size() < kMostFormFields) {
    const size_t end = std::min(text.find('&'), text.size());
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const size_t equals = std::min(field.find('='), field.size());
    std::string name = form_decoded(field.substr(0, equals));
    std::string value = form_decoded(field.substr(std::min(equals + 1, field.size())));
    if (!name.empty() && is_utf8(name) && is_utf8(value)) out.emplace_back(std::move(name), std::move(value));
  }
  return out;
}

}  // namespace roundelay
