#include "server/library/drawn_cover.h"

#include "server/library/folding.h"

namespace roundelay {
namespace {

// The first letters of the first two words, in Latin small letters and digits alone.
std::string initials_of(const std::string& name) {
  std::string out;
  for (const std::string& word : words_of(folded(name))) {
    const char first = word.front();
    const bool plain = (first >= 'a' && first <= 'z') || (first >= '0' && first <= '9');
    if (plain && out.size() < 2) out += first >= 'a' ? static_cast<char>(first - 'a' + 'A') : first;
  }
  return out;
}

uint32_t hue_of(const std::string& name) {
  uint32_t hash = 2'166'136'261;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619;
  return hash % 360;
}

}  // namespace

std::string drawn_cover(const std::string& name, int64_t size_px) {
  const std::string size = std::to_string(size_px), hue = std::to_string(hue_of(name));
  std::string out = R"(<svg xmlns="http://www.w3.org/2000/svg" width=")";
  out.append(size).append(R"(" height=")").append(size);
  out.append(R"(" viewBox="0 0 100 100"><rect width="100" height="100" fill="hsl()");
  out.append(hue).append(",45%,35%)\"/>");
  out.append(R"(<text x="50" y="66" font-family="sans-serif" font-size="44" text-anchor="middle" fill="#fff">)");
  return out.append(initials_of(name)).append("</text></svg>\n");
}

}  // namespace roundelay
