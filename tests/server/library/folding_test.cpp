#include "server/library/folding.h"

#include <gtest/gtest.h>

namespace roundelay::folding_test {
namespace {

TEST(Folding, TakesAccentsCaseAndApostrophesAway) {
  EXPECT_EQ(folded("Händel's  MESSIAH"), "handels messiah");
  EXPECT_EQ(folded("Don\xE2\x80\x99t Worry"), "dont worry");
  EXPECT_EQ(folded("Straße Øre Æther"), "strasse ore aether");
  EXPECT_EQ(folded("Cafe\xCC\x81"), "cafe") << "a letter with its accent behind it";
}

TEST(Folding, WritesOtherScriptsInLatinLetters) {
  EXPECT_EQ(folded("Молитва"), "molitva");
  EXPECT_EQ(folded("Ελλάδα"), "ellada");
  for (const unsigned char c : folded("さくら 桜")) EXPECT_LT(c, 0x80);
}

TEST(Folding, NeverMakesATextEmpty) {
  EXPECT_EQ(folded("'"), "'");
  EXPECT_EQ(folded(""), "");
}

TEST(Folding, FindsWordsBetweenSigns) {
  EXPECT_EQ(words_of(folded("Ob-La-Di, (Ob-La-Da) \"99\"*")),
            (std::vector<std::string>{"ob", "la", "di", "ob", "la", "da", "99"}));
  EXPECT_TRUE(words_of(" -- ** ").empty());
}

TEST(Folding, TellsNamesApartThatOnlySoundAlike) {
  EXPECT_EQ(case_folded("BJÖRK"), case_folded("björk"));
  EXPECT_NE(case_folded("Bjork"), case_folded("Björk"));
}

}  // namespace
}  // namespace roundelay::folding_test
