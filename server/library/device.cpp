#include "server/library/device.h"

#include <algorithm>
#include <array>
#include <utility>

namespace roundelay {
namespace {

using Sign = std::pair<std::string_view, std::string_view>;

// Many name others behind themselves, to be taken for them: so the first that is there is meant.
constexpr std::array kBrowsers = {
    Sign{"EdgA/", "Edge"},       Sign{"EdgiOS/", "Edge"},
    Sign{"Edg/", "Edge"},        Sign{"Edge/", "Edge"},
    Sign{"OPR/", "Opera"},       Sign{"SamsungBrowser/", "Samsung Internet"},
    Sign{"Vivaldi/", "Vivaldi"}, Sign{"YaBrowser/", "Yandex Browser"},
    Sign{"FxiOS/", "Firefox"},   Sign{"Firefox/", "Firefox"},
    Sign{"CriOS/", "Chrome"},    Sign{"Chromium/", "Chromium"},
    Sign{"Chrome/", "Chrome"},   Sign{"Safari/", "Safari"},
};
constexpr std::array kSystems = {
    Sign{"Android", "Android"}, Sign{"iPhone", "iPhone"},   Sign{"iPad", "iPad"},   Sign{"Windows", "Windows"},
    Sign{"CrOS", "ChromeOS"},   Sign{"Macintosh", "macOS"}, Sign{"Linux", "Linux"}, Sign{"X11", "Linux"},
};

template <size_t count>
std::string named(const std::array<Sign, count>& signs, std::string_view text) {
  const auto found =
      std::ranges::find_if(signs, [&](const Sign& sign) { return text.find(sign.first) != std::string_view::npos; });
  return std::string(found == signs.end() ? std::string_view() : found->second);
}

bool is_of_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

// What stands before its version.
std::string first_product(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, is_of_name);
  const std::string name(text.begin(), end);
  return name == "Mozilla" || name.size() > Device::kMostCharacters ? std::string() : name;
}

}  // namespace

Device device_of(std::string_view user_agent) {
  std::string browser = named(kBrowsers, user_agent);
  if (browser.empty()) browser = first_product(user_agent);
  return {.browser = std::move(browser), .system = named(kSystems, user_agent)};
}

}  // namespace roundelay
