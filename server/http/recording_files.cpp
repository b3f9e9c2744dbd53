#include "server/http/recording_files.h"

#include <algorithm>
#include <array>

#include "server/base/text.h"

namespace roundelay {
namespace {

constexpr size_t kMostIdCharacters = 100;
constexpr size_t kMostNumberDigits = 6;

struct KnownFile {
  std::string_view name;  // with "#": a number stands there
  std::string_view type;
};
constexpr std::array<KnownFile, 11> kKnown = {{{"mix.opus", "audio/ogg"},
                                               {"mix.flac", "audio/flac"},
                                               {"quick.opus", "audio/ogg"},
                                               {"track-#.opus", "audio/ogg"},
                                               {"backing.opus", "audio/ogg"},
                                               {"metronome.opus", "audio/ogg"},
                                               {"again.opus", "audio/ogg"},
                                               {"again.flac", "audio/flac"},
                                               {"waveform.json", "application/json"},
                                               {"tracks.json", "application/json"},
                                               {"all.zip", "application/zip"}}};

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool fits(std::string_view known, std::string_view file) {
  const size_t number = known.find('#');
  if (number == known.npos) return known == file;
  const std::string_view behind = known.substr(number + 1);
  if (!file.starts_with(known.substr(0, number)) || !file.ends_with(behind)) return false;
  if (file.size() < known.size()) return false;
  const std::string_view digits = file.substr(number, file.size() - number - behind.size());
  return digits.size() <= kMostNumberDigits && std::all_of(digits.begin(), digits.end(), is_digit);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (letter || is_digit(c) || c == '-' || c == '.' || c == '_') {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string_view> recording_file_type(std::string_view file) {
  for (const KnownFile& known : kKnown) {
    if (fits(known.name, file)) return known.type;
  }
  return std::nullopt;
}

bool is_recording_id(std::string_view text) {
  if (text.empty() || text.size() > kMostIdCharacters) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  });
}

std::string disposition(std::string_view name, std::string_view file, bool download) {
  std::string whole = safe_file_name(name, kMostFileNameBytes);
  if (whole.empty()) whole = "Recording";
  whole.append(file.substr(std::min(file.rfind('.'), file.size())));
  std::string plain;  // for programs that know ASCII alone
  for (const char c : whole) {
    if (static_cast<unsigned char>(c) < 0x80) {
      plain += c;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      plain += '_';
    }
  }
  std::string line = "content-disposition: ";
  line.append(download ? "attachment" : "inline").append("; filename=\"").append(plain).append("\"; filename*=UTF-8''");
  return line.append(percent_encoded(whole)).append("\r\n");
}

}  // namespace roundelay
