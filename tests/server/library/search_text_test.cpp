#include "server/library/search_text.h"

#include <gtest/gtest.h>

namespace roundelay::search_text_test {
namespace {

TEST(SearchTexts, AreWordsOfWhichTheLastMayGoOn) {
  const SearchText text = search_text("Händel  Messi");
  EXPECT_EQ(text.words, (std::vector<std::string>{"handel", "messi"}));
  EXPECT_FALSE(text.is_begun(0));
  EXPECT_TRUE(text.is_begun(1));
  EXPECT_FALSE(search_text("messiah ").last_is_begun);
  EXPECT_FALSE(search_text("messiah!").last_is_begun);
}

TEST(SearchTexts, HoldNoSyntaxOfTheIndex) {
  const SearchText text = search_text("a\"b* OR title:c^ NEAR(d) - {e}");
  EXPECT_EQ(fts_expression("title", text),
            "{title} : (\"a\" AND \"b\" AND \"or\" AND \"title\" AND \"c\" AND \"near\" AND \"d\" AND \"e\")");
  EXPECT_EQ(fts_word("a\"b", true), "\"a\"\"b\"*");
}

TEST(SearchTexts, OfAnyBytesAreBounded) {
  EXPECT_TRUE(search_text("\xFF\xFE").words.empty());
  EXPECT_TRUE(search_text(std::string("a\0b", 3)).words.empty());
  EXPECT_TRUE(search_text("").words.empty());
  EXPECT_TRUE(search_text("(*)").words.empty());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "a" + std::to_string(i) + " ";
  EXPECT_EQ(search_text(many).words.size(), kMostSearchWords);
  EXPECT_LE(search_text(std::string(100'000, 'x')).words.at(0).size(), 60U);
}

}  // namespace
}  // namespace roundelay::search_text_test
