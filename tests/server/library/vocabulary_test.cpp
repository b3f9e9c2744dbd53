#include "server/library/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "server/base/edit_distance.h"

namespace roundelay::vocabulary_test {
namespace {

Vocabulary loaded(std::vector<std::pair<std::string, int64_t>> words) {
  Vocabulary out;
  out.load(std::move(words));
  return out;
}

TEST(Vocabulary, GuessesTheNearestAndMostFrequentWordsFirst) {
  const Vocabulary words = loaded({{"grace", 3}, {"grade", 7}, {"graceland", 1}, {"trace", 1}, {"amazing", 5}});
  EXPECT_EQ(words.guesses("graze", false, 1), (std::vector<WordGuess>{{"grade", 1, 7}, {"grace", 1, 3}}));
  EXPECT_EQ(words.guesses("garce", false, 1), (std::vector<WordGuess>{{"grace", 1, 3}}));
  EXPECT_EQ(words.guesses("grace", false, 1), (std::vector<WordGuess>{{"grace", 0, 3}, {"grade", 1, 7}, {"trace", 1, 1}}));
  EXPECT_EQ(words.guesses("gracel", true, 1).at(0), (WordGuess{"graceland", 0, 1}));
  EXPECT_TRUE(words.guesses("grace", false, 0).empty());
  EXPECT_TRUE(words.guesses("", false, 2).empty());
  EXPECT_TRUE(words.guesses(std::string(60, 'x'), false, 2).empty());
}

TEST(Vocabulary, KnowsWordsThatCameLater) {
  Vocabulary words;
  words.add("early");
  EXPECT_FALSE(words.is_loaded());
  EXPECT_EQ(words.rows_of("early"), 0) << "it will be loaded with the others";
  words.load({{"early", 1}});
  for (int i = 0; i < 1'500; ++i) words.add("word" + std::to_string(i % 1'000));
  words.add("early");
  words.add("no");  // too short
  EXPECT_EQ(words.rows_of("early"), 2);
  EXPECT_EQ(words.rows_of("word7"), 2);
  EXPECT_EQ(words.rows_of("word700"), 1);
  EXPECT_EQ(words.rows_of("no"), 0);
  EXPECT_EQ(words.guesses("wrod999", false, 1), (std::vector<WordGuess>{{"word999", 1, 1}}));
  EXPECT_EQ(words.guesses("erly", false, 1), (std::vector<WordGuess>{{"early", 1, 2}}));
}

// The walk along the sorted words finds what looking at each one does.
TEST(Vocabulary, FindsAllThatIsNearEnough) {
  std::mt19937 random(7);
  const auto word = [&](size_t least, size_t most) {
    std::string out(least + random() % (most - least + 1), 'a');
    for (char& c : out) c = static_cast<char>('a' + random() % 4);
    return out;
  };
  std::vector<std::pair<std::string, int64_t>> all;
  for (int i = 0; i < 800; ++i) {
    std::string one = word(3, 9);
    const bool there = std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.first == one; });
    if (!there) all.emplace_back(std::move(one), i % 10);
  }
  const Vocabulary words = loaded(all);
  for (int i = 0; i < 400; ++i) {
    const std::string typed = word(1, 9);
    const int most = 1 + i % 2;
    const bool begun = i % 3 == 0;
    std::vector<WordGuess> expected;
    for (const auto& [one, rows] : all) {
      const int mistakes = begun ? beginning_distance(typed, one, most) : edit_distance(typed, one, most);
      if (mistakes <= most) expected.push_back({one, mistakes, rows});
    }
    std::sort(expected.begin(), expected.end(), [](const WordGuess& a, const WordGuess& b) {
      return std::tuple(a.mistakes, -a.rows, std::string_view(a.word)) <
             std::tuple(b.mistakes, -b.rows, std::string_view(b.word));
    });
    if (expected.size() > Vocabulary::kMostGuesses) expected.resize(Vocabulary::kMostGuesses);
    EXPECT_EQ(words.guesses(typed, begun, most), expected) << typed << ", " << most << ", " << begun;
  }
}

}  // namespace
}  // namespace roundelay::vocabulary_test
