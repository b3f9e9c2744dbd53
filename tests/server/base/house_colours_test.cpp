#include "server/base/house_colours.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace roundelay::house_colours_test {
namespace {

std::string error_of(const char* text) {
  const auto read = read_house_colours(text);
  return read ? "" : read.error();
}

TEST(HouseColours, BecomeAStyleSheetForEachScheme) {
  const auto read = read_house_colours(R"({"light": {"ink": "#111", "paper": "#fefefe"}, "dark": {"ink": "#FFFFFF"}})");
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->css,
            "@media (prefers-color-scheme: dark) {\n  :root {\n    --ink: #FFFFFF;\n  }\n}\n"
            "@media (prefers-color-scheme: light) {\n  :root {\n    --ink: #111;\n    --paper: #fefefe;\n  }\n}\n");
  EXPECT_TRUE(read->warnings.empty());
}

TEST(HouseColours, WhatIsWrongIsNamed) {
  EXPECT_EQ(error_of("[]"), "It must be a JSON object with light and dark.");
  EXPECT_EQ(error_of("{"), "It must be a JSON object with light and dark.");
  EXPECT_EQ(error_of("{}"), "It names no colour.");
  EXPECT_EQ(error_of(R"({"bright": {}})"), "There is no bright; it may have light and dark.");
  EXPECT_EQ(error_of(R"({"light": []})"), "light must be an object of named colours.");
  EXPECT_TRUE(error_of(R"({"light": {"inc": "#111"}})").starts_with("There is no colour light.inc; the page has paper, leaf, "));
  for (const char* colour : {"\"red\"", "\"#12345\"", "\"#12345g\"", "7", "\"#111;} body {display: none\"", "\"\""}) {
    const std::string text = std::string(R"({"dark": {"ink": )").append(colour).append("}}");
    EXPECT_TRUE(error_of(text.c_str()).starts_with("dark.ink must be a colour such as \"#2a211b\", and is ")) << colour;
  }
}

TEST(HouseColours, PairsThatCanHardlyBeReadAreNamed) {
  const auto read = read_house_colours(R"({"light": {"ink": "#888888", "on-red": "#ffffff"}})");
  ASSERT_TRUE(read);
  ASSERT_EQ(read->warnings.size(), 5u);
  EXPECT_EQ(read->warnings[0],
            "Hard to read: light.ink #888888 on light.paper #f4ecdd has a contrast of 3.01, and 4.5 is the least (WCAG AA).");
  // The page's own colours are well.
  std::string all = "{\"light\": {", dark = "}, \"dark\": {";
  for (const PageColour& each : page_colours()) {
    const char* comma = &each == &page_colours().front() ? "" : ", ";
    all.append(comma).append("\"").append(each.name).append("\": \"").append(each.light).append("\"");
    dark.append(comma).append("\"").append(each.name).append("\": \"").append(each.dark).append("\"");
  }
  const auto own = read_house_colours(all + dark + "}}");
  ASSERT_TRUE(own) << own.error();
  EXPECT_TRUE(own->warnings.empty());
}

TEST(HouseColours, TheTableIsThatOfThePage) {
  std::ifstream in(PAGE_COLOURS);
  const std::string css{std::istreambuf_iterator<char>(in), {}};
  const size_t dark = css.find("@media");
  ASSERT_NE(dark, std::string::npos);
  size_t names = 0;
  for (size_t at = 0; (at = css.find(": #", at + 1)) != std::string::npos;) ++names;
  EXPECT_EQ(names, 2 * page_colours().size());
  for (const PageColour& each : page_colours()) {
    const std::string line = std::string("--").append(each.name).append(": ");
    EXPECT_LT(css.find(line + each.light + ";"), dark) << each.name;
    EXPECT_NE(css.find(line + each.dark + ";", dark), std::string::npos) << each.name;
  }
}

}  // namespace
}  // namespace roundelay::house_colours_test
