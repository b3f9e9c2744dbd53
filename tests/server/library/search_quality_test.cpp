// How well typing mistakes are forgiven: titles of a library with one mistake each, as fingers make them.
#include <array>
#include <random>

#include "server/library/search.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::search_quality_test {
namespace {

constexpr std::array kTitleWords = {
    "amazing",     "grace",        "silent",    "night",     "morning",  "broken",   "river",     "shenandoah", "water",
    "wide",        "greensleeves", "home",      "country",   "roads",    "bridge",   "trouble",   "hallelujah", "angel",
    "joyful",      "adore",        "shepherd",  "gloria",    "swing",    "chariot",  "wayfaring", "stranger",   "danny",
    "scarborough", "fair",         "summer",    "winter",    "spring",   "autumn",   "leaves",    "garden",     "rose",
    "golden",      "silver",       "moonlight", "sunshine",  "valley",   "mountain", "lonesome",  "freedom",    "dreaming",
    "heaven",      "earth",        "kingdom",   "lullaby",   "evening",  "ocean",    "sailor",    "harbour",    "lighthouse",
    "thunder",     "wonderful",    "world",     "yesterday", "tomorrow", "promise",  "forever",   "dancing",    "singing",
    "whistle",     "nightingale",  "sparrow",   "feather",   "candle",   "shadow",   "mirror",    "window",     "village",
    "wedding",     "farewell",     "journey",   "pilgrim",   "traveller"};

class SearchQualityTest : public CatalogueTest {
 protected:
  const std::string& title(size_t i) const { return titles_[i]; }
  std::string letters(size_t count) {
    std::string out(count, 'a');
    for (char& c : out) c = static_cast<char>('a' + random_() % 26);
    return out;
  }
  void fill(size_t count) {
    EXPECT_TRUE(database_.transaction([&] {
      for (size_t i = 0; i < count; ++i) {
        SongFields fields;
        for (size_t word = 0; word < 2 + i % 3; ++word) {
          if (word > 0) fields.title += ' ';
          // Words that everybody knows, and names that hardly anybody does.
          fields.title += random_() % 4 == 0 ? letters(4 + random_() % 5) : kTitleWords[random_() % kTitleWords.size()];
        }
        fields.artist = "Choir " + letters(6);
        fields.is_private = false;
        titles_.push_back(fields.title);
        if (songs_.insert(fields, {}, cora_.account, 1) == 0) return false;
      }
      return true;
    }));
  }
  // One letter left out, added, changed, or swapped with the next, in a word of at least four letters.
  std::string mistyped(const std::string& title) {
    std::vector<size_t> places;
    for (size_t begin = 0; begin < title.size();) {
      const size_t end = std::min(title.find(' ', begin), title.size());
      for (size_t i = begin; end - begin >= 4 && i + 1 < end; ++i) places.push_back(i);
      begin = end + 1;
    }
    std::string out = title;
    const size_t at = places[random_() % places.size()];
    switch (random_() % 4) {
      case 0:
        out.erase(at, 1);
        break;
      case 1:
        out.insert(at, letters(1));
        break;
      case 2:
        out[at] = static_cast<char>('a' + (out[at] - 'a' + 1 + static_cast<char>(random_() % 25)) % 26);
        break;
      default:
        std::swap(out[at], out[at + 1]);
    }
    return out;
  }

  std::mt19937 random_{3};
  std::vector<std::string> titles_;
  Search search_{database_};
};

TEST_F(SearchQualityTest, FindsTheSongAmongTheFirstTenInSpiteOfOneMistake) {
  constexpr size_t kSongs = 3'000, kAsked = 500;
  fill(kSongs);
  size_t found = 0;
  std::string missed;
  for (size_t i = 0; i < kAsked; ++i) {
    const std::string& wanted = title(random_() % kSongs);
    const std::string typed = mistyped(wanted);
    const auto page = search_.songs(nobody_, typed, {}, {.offset = 0, .limit = 10});
    ASSERT_TRUE(page.has_value()) << typed;
    const bool there =
        std::any_of(page->rows.begin(), page->rows.end(), [&](const CatalogueSong& one) { return one.title == wanted; });
    found += there ? 1 : 0;
    if (!there) missed += "\n  " + wanted + " <- " + typed;
  }
  EXPECT_GE(found, kAsked * 95 / 100) << missed;
  RecordProperty("found_of_500", static_cast<int>(found));
}

}  // namespace
}  // namespace roundelay::search_quality_test
