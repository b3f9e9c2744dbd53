#include "server/base/house_colours.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

namespace roundelay {
namespace {

constexpr size_t kMostColoursBytes = 65'536;
constexpr double kReadable = 4.5;  // the contrast of text that WCAG 2.2 asks for at level AA

// What is written in a colour, and what it lies on.
constexpr std::array<std::pair<const char*, const char*>, 13> kTextOnGround{{{"ink", "paper"},
                                                                             {"ink", "leaf"},
                                                                             {"ink", "leaf-2"},
                                                                             {"ink", "gold-soft"},
                                                                             {"ink", "green-soft"},
                                                                             {"ink-2", "paper"},
                                                                             {"ink-2", "leaf"},
                                                                             {"ink-2", "leaf-2"},
                                                                             {"red", "paper"},
                                                                             {"red", "leaf"},
                                                                             {"red-strong", "red-soft"},
                                                                             {"on-red", "red"},
                                                                             {"green", "leaf"}}};

using Colours = std::map<std::string, std::string>;

const PageColour* page_colour(const std::string& name) {
  const auto& all = page_colours();
  const auto found = std::find_if(all.begin(), all.end(), [&](const PageColour& each) { return name == each.name; });
  return found == all.end() ? nullptr : &*found;
}

// Relative luminance (WCAG 2.2) of #rgb or #rrggbb; nothing if it is neither.
std::optional<double> luminance(const std::string& colour) {
  const bool is_short = colour.size() == 4;
  if ((!is_short && colour.size() != 7) || colour[0] != '#') return std::nullopt;
  if (colour.find_first_not_of("0123456789abcdefABCDEF", 1) != std::string::npos) return std::nullopt;
  constexpr std::array<double, 3> kWeights{0.2126, 0.7152, 0.0722};
  double sum = 0;
  for (size_t i = 0; i < 3; ++i) {
    const std::string digits = is_short ? std::string(2, colour[1 + i]) : colour.substr(1 + 2 * i, 2);
    const double value = std::stoi(digits, nullptr, 16) / 255.0;
    sum += kWeights[i] * (value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4));
  }
  return sum;
}

double contrast(const std::string& a, const std::string& b) {
  const double first = *luminance(a);
  const double second = *luminance(b);
  return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

std::string known_names() {
  std::string names;
  for (const PageColour& each : page_colours()) names.append(names.empty() ? "" : ", ").append(each.name);
  return names;
}

tl::expected<Colours, std::string> read_scheme(const std::string& scheme, const nlohmann::json& in) {
  if (!in.is_object()) return tl::unexpected(scheme + " must be an object of named colours.");
  Colours out;
  for (const auto& [name, value] : in.items()) {
    std::string key = scheme;
    key.append(".").append(name);
    if (page_colour(name) == nullptr)
      return tl::unexpected("There is no colour " + key + "; the page has " + known_names() + ".");
    if (!value.is_string() || !luminance(value.get<std::string>()))
      return tl::unexpected(key + " must be a colour such as \"#2a211b\", and is " + value.dump() + ".");
    out[name] = value.get<std::string>();
  }
  return out;
}

void look_at_contrast(const std::string& scheme, const Colours& set, std::vector<std::string>& warnings) {
  const auto colour = [&](const char* name) {
    const auto own = set.find(name);
    if (own != set.end()) return own->second;
    const PageColour* const known = page_colour(name);
    return std::string(scheme == "dark" ? known->dark : known->light);
  };
  for (const auto& [text, ground] : kTextOnGround) {
    if (!set.contains(text) && !set.contains(ground)) continue;
    const double found = contrast(colour(text), colour(ground));
    if (found >= kReadable) continue;
    std::array<char, 16> number{};
    std::snprintf(number.data(), number.size(), "%.2f", std::floor(found * 100) / 100);
    std::string& said = warnings.emplace_back("Hard to read: ");
    said.append(scheme).append(".").append(text).append(" ").append(colour(text)).append(" on ");
    said.append(scheme).append(".").append(ground).append(" ").append(colour(ground)).append(" has a contrast of ");
    said.append(number.data()).append(", and 4.5 is the least (WCAG AA).");
  }
}

void add_sheet(const std::string& scheme, const Colours& set, std::string& css) {
  if (set.empty()) return;
  css.append("@media (prefers-color-scheme: ").append(scheme).append(") {\n  :root {\n");
  for (const auto& [name, value] : set) css.append("    --").append(name).append(": ").append(value).append(";\n");
  css.append("  }\n}\n");
}

}  // namespace

const std::vector<PageColour>& page_colours() {
  static const std::vector<PageColour> kColours = {
      {"paper", "#f4ecdd", "#1b1613"},       {"leaf", "#fdf8ee", "#27201b"},       {"leaf-2", "#f8f0e1", "#211b17"},
      {"ink", "#2a211b", "#f1e7d7"},         {"ink-2", "#65574a", "#bdac98"},      {"rule", "#d8c9af", "#463a30"},
      {"rule-strong", "#8f7d66", "#86735f"}, {"red", "#8f2a1e", "#eb8f78"},        {"red-strong", "#74200f", "#f5a892"},
      {"on-red", "#fffaf1", "#2a0f08"},      {"red-soft", "#f6ddd2", "#45241b"},   {"gold", "#8a6116", "#e2b968"},
      {"gold-soft", "#f3e4bf", "#3d3018"},   {"green", "#47602f", "#b9cd93"},      {"green-soft", "#e3e8cd", "#2c3420"},
      {"meter", "#6d8544", "#9db571"},       {"bed-colour", "#e6dcc6", "#332a23"}, {"flow-colour", "#c3d19b", "#4f5d35"}};
  return kColours;
}

tl::expected<HouseColours, std::string> read_house_colours(std::string_view text) {
  const nlohmann::json in = nlohmann::json::parse(text, nullptr, false);
  if (!in.is_object()) return tl::unexpected(std::string("It must be a JSON object with light and dark."));
  HouseColours out;
  for (const auto& [scheme, colours] : in.items()) {
    if (scheme != "light" && scheme != "dark") return tl::unexpected("There is no " + scheme + "; it may have light and dark.");
    auto read = read_scheme(scheme, colours);
    if (!read) return tl::unexpected(std::move(read.error()));
    look_at_contrast(scheme, *read, out.warnings);
    add_sheet(scheme, *read, out.css);
  }
  if (out.css.empty()) return tl::unexpected(std::string("It names no colour."));
  return out;
}

tl::expected<HouseColours, std::string> read_house_colours_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const std::string which = "the theme '" + path + "'";
  if (!in.is_open()) return tl::unexpected(which + " cannot be read");
  if (text.size() > kMostColoursBytes) return tl::unexpected(which + " is longer than 64 KB");
  auto colours = read_house_colours(text);
  if (!colours) return tl::unexpected(which + " is wrong. " + colours.error());
  return colours;
}

}  // namespace roundelay
