#include "server/room/words_text.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

namespace roundelay::words_text_test {
namespace {

using control::SheetLine;
using nlohmann::json;

// The page's tests read the same file.
TEST(WordsText, TheGoldenWordsAreReadLineByLineOrRefusedWithTheirSentence) {
  std::ifstream in(GOLDEN_DIR "/words.json");
  for (const json& vector : json::parse(in)) {
    SCOPED_TRACE(vector.at("name").get<std::string>());
    const auto format = words_format(vector.at("format").get<std::string>());
    ASSERT_TRUE(format);
    const std::string text = vector.at("text");
    const auto words = parse_words(text, *format);
    if (vector.contains("error")) {
      ASSERT_FALSE(words);
      EXPECT_EQ(words.error().text, vector.at("error"));
      continue;
    }
    ASSERT_TRUE(words) << words.error();
    EXPECT_EQ(words->title, vector.at("title"));
    EXPECT_EQ(control::list_json(words->lines), vector.at("lines"));
    if (text.find('[') != std::string::npos && *format != WordsFormat::kPlain) {
      EXPECT_EQ(guessed_format(text), *format);
    }
    for (const json& line : vector.at("lines")) EXPECT_EQ(SheetLine::read(line)->to_json(), line);
  }
}

TEST(WordsText, PlainWordsWithBracketsAreNotTakenForChords) {
  EXPECT_EQ(guessed_format("[Chorus]\nLet my people go [twice]"), WordsFormat::kPlain);
  EXPECT_EQ(guessed_format("Let my [Em7]people go"), WordsFormat::kChordPro);
  EXPECT_EQ(guessed_format("{title: x}\none"), WordsFormat::kChordPro);
}

TEST(WordsText, RepeatsCannotMakeAShortTextLong) {
  std::string tags;
  for (int i = 0; i < 3'000; ++i) tags += "[0:01]";
  const auto lrc = parse_words(tags + std::string(400, 'x'), WordsFormat::kLrc);
  ASSERT_FALSE(lrc);
  EXPECT_TRUE(lrc.error().text.starts_with("Line 1: here the song gets too long."));
  std::string choruses = "{soc}\n" + std::string(400, 'x') + "\n{eoc}\n";
  for (int i = 0; i < 3'000; ++i) choruses += "{chorus}\n";
  EXPECT_FALSE(parse_words(choruses, WordsFormat::kChordPro));
  EXPECT_FALSE(parse_words(std::string(kMostWordsBytes + 1, 'x'), WordsFormat::kPlain));
}

TEST(WordsText, TimesStayWithTheirLinesWhenTheTextIsEdited) {
  const std::vector<SheetLine> before = {{.text = "one", .at_ms = 1'000}, {.text = "two"}, {.text = "three"}};
  const std::vector<std::optional<int64_t>> tapped = {1'200, 2'000, std::nullopt};
  std::vector<SheetLine> after = {
      {.text = "one", .at_ms = 1'000}, {.text = "new"}, {.text = "two"}, {.text = "three", .at_ms = 9'000}};
  keep_times(before, tapped, after);
  EXPECT_EQ(after[0].at_ms, 1'200) << "the text did not change it";
  EXPECT_EQ(after[1].at_ms, std::nullopt);
  EXPECT_EQ(after[2].at_ms, 2'000);
  EXPECT_EQ(after[3].at_ms, 9'000) << "as the new text says";
}

}  // namespace
}  // namespace roundelay::words_text_test
