#include "server/library/search.h"

#include "server/library/search_index.h"
#include "server/library/stale_index.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::search_test {
namespace {

class SearchTest : public CatalogueTest {
 protected:
  void SetUp() override {
    song(anna_, {{"title", "Amazing Grace"}, {"artist", "Judy Collins"}, {"album", "Whales"}, {"genre", "Gospel"}, {"key", "G"}});
    song(anna_, {{"title", "Grace"}, {"artist", "Jeff Buckley"}, {"genre", "Rock"}, {"length_ms", 322'000}});
    song(anna_, {{"title", "Ave Maria"}, {"artist", "Händel"}, {"year", 1730}, {"words", "Full of grace"}});
    song(anna_, {{"title", "Подмосковные вечера"}, {"artist", "Трошин"}});
    song(anna_, {{"title", "Graceland"}, {"artist", "Paul Simon"}, {"licence", "CC-BY-4.0"}});
    song(bert_, {{"title", "Grace of mine"}, {"private", true}});
  }
  Titles search(std::string_view text, const Viewer& viewer, const SongFilter& filter = {}) {
    Titles out;
    const auto found = search_.songs(viewer, text, filter, {});
    EXPECT_TRUE(found.has_value()) << text;
    if (found) {
      for (const CatalogueSong& one : found->rows) out.push_back(one.title);
    }
    return out;
  }
  Titles search(std::string_view text) { return search(text, nobody_); }

  Search search_{database_};
};

TEST_F(SearchTest, FindsTheBestFirst) {
  EXPECT_EQ(search("grace"), (Titles{"Grace", "Graceland", "Amazing Grace", "Ave Maria"}));
  EXPECT_EQ(search("grace "), (Titles{"Grace", "Graceland", "Amazing Grace", "Ave Maria"}));
}

TEST_F(SearchTest, FindsWhileItIsTyped) {
  for (const char* text : {"a", "am", "amaz", "amazing g", "amazing grace"})
    EXPECT_EQ(search(text).at(0), "Amazing Grace") << text;
}

TEST_F(SearchTest, LooksIntoEveryField) {
  EXPECT_EQ(search("whales"), Titles{"Amazing Grace"});
  EXPECT_EQ(search("gospel"), Titles{"Amazing Grace"});
  EXPECT_EQ(search("buckley grace"), Titles{"Grace"});
  EXPECT_EQ(search("1730"), Titles{"Ave Maria"});
  EXPECT_EQ(search("cc by 4"), Titles{"Graceland"});
  EXPECT_EQ(search("full of"), Titles{"Ave Maria"});
}

TEST_F(SearchTest, FoldsAccentsAndScripts) {
  for (const char* text : {"handel", "HÄNDEL", "ha\xCC\x88ndel"}) EXPECT_EQ(search(text), Titles{"Ave Maria"}) << text;
  for (const char* text : {"вечера", "Vecera", "podmoskovnye vechera"})
    EXPECT_EQ(search(text), Titles{"Подмосковные вечера"}) << text;
}

TEST_F(SearchTest, ForgivesTypingMistakes) {
  for (const char* text : {"amzing grace", "amazzing", "amaizng gracee", "colins", "jduy", "whlaes"})
    EXPECT_EQ(search(text), Titles{"Amazing Grace"}) << text;
  EXPECT_EQ(search("gracelnad"), Titles{"Graceland"});
  EXPECT_EQ(search("zzzzzz"), Titles{});
  EXPECT_EQ(search("xy"), Titles{}) << "too short to guess";
}

TEST_F(SearchTest, ShowsAPrivateSongToItsOwnerAlone) {
  EXPECT_EQ(search("grace of mine"), Titles{});
  EXPECT_EQ(search("grace of mnie", cora_), Titles{});
  EXPECT_EQ(search("grace of mine", bert_), Titles{"Grace of mine"});
  EXPECT_EQ(search("grace of mnie", dora_), Titles{"Grace of mine"});
}

TEST_F(SearchTest, Filters) {
  const auto with = [&](const QueryArguments& arguments) { return search("grace", nobody_, song_filter(arguments, {}).value()); };
  EXPECT_EQ(with({{"genre", "rock"}}), Titles{"Grace"});
  EXPECT_EQ(with({{"key", "G"}}), Titles{"Amazing Grace"});
  EXPECT_EQ(with({{"licence", "CC-BY-4.0"}}), Titles{"Graceland"});
  EXPECT_EQ(with({{"length_from_ms", "300000"}}), Titles{"Grace"});
}

TEST_F(SearchTest, FollowsWhatIsChangedAndDeleted) {
  const int64_t id = song(anna_, {{"title", "Kumbaya"}, {"artist", "Old Name"}});
  const int64_t artist = *songs_.find(anna_, id)->artist_id;
  ASSERT_TRUE(artists_.rename(cora_, artist, "New Name", now_s_));
  EXPECT_EQ(search("new name"), Titles{"Kumbaya"});
  EXPECT_EQ(search("old name"), Titles{});
  ASSERT_TRUE(songs_.change(anna_, id, {{"title", "Kum ba yah"}}, now_s_));
  EXPECT_EQ(search("yah"), Titles{"Kum ba yah"});
  ASSERT_TRUE(remove(anna_, CatalogueKind::kSong, id));
  EXPECT_EQ(search("yah"), Titles{});
}

TEST_F(SearchTest, FindsVeryManySongsByTheirArtistsNewNameAfterSomeSlices) {
  std::vector<int64_t> ids;
  for (int i = 0; i < 50; ++i)
    ids.push_back(song(anna_, {{"title", "Song"}, {"artist", "Old Name"}, {"album", "Album " + std::to_string(i / 2)}}));
  const CatalogueSong first = songs_.find(anna_, ids[0]).value();
  ASSERT_TRUE(artists_.rename(cora_, *first.artist_id, "New Name", now_s_));
  ASSERT_TRUE(albums_.change(cora_, *first.album_id, {{"title", "Debut"}}, now_s_));
  EXPECT_LT(search_.songs(nobody_, "new name", {}, {})->total, 50);
  // Whoever is killed here goes on: what is left stands in the database.
  int slices = 0;
  for (auto last = index_on(database_); last && !*last && slices < 20; last = index_on(database_)) ++slices;
  EXPECT_GE(slices, 2);
  EXPECT_EQ(index_on(database_), true);
  EXPECT_EQ(search_.songs(nobody_, "new name", {}, {})->total, 50);
  EXPECT_EQ(search_.albums(nobody_, "new name", {})->total, 25);
  EXPECT_EQ(search_.songs(nobody_, "debut", {}, {})->total, 2);
  EXPECT_EQ(search_.songs(nobody_, "old name", {}, {})->total, 0);
}

TEST_F(SearchTest, FindsArtistsAndAlbums) {
  EXPECT_EQ(search_.artists(nobody_, "hand", {})->rows.at(0).name, "Händel");
  EXPECT_EQ(search_.artists(nobody_, "colins", {})->rows.at(0).name, "Judy Collins");
  EXPECT_EQ(search_.albums(nobody_, "whale", {})->rows.at(0).title, "Whales");
  EXPECT_EQ(search_.albums(nobody_, "judy", {})->rows.at(0).title, "Whales");
  EXPECT_EQ(search_.albums(nobody_, "grace", {})->total, 0);
}

TEST_F(SearchTest, Pages) {
  const auto page = search_.songs(nobody_, "grace", {}, {.offset = 1, .limit = 2}).value();
  EXPECT_EQ(page.total, 4);
  ASSERT_EQ(page.rows.size(), 2U);
  EXPECT_EQ(page.rows[0].title, "Graceland");
  EXPECT_TRUE(search_.songs(nobody_, "grace", {}, {.offset = 1'000, .limit = 2})->rows.empty());
}

TEST_F(SearchTest, TakesAnyTextForWords) {
  for (const char* text :
       {"\"", "'", "*", "AND", "NOT OR", "title:", "{title} : a", "NEAR(a b, 3)", "a\"*", "^a", "-", "(", "\\", "%", "_"})
    EXPECT_TRUE(search_.songs(nobody_, text, {}, {}).has_value()) << text;
}

TEST_F(SearchTest, MendsTheWordsThatOccurNowhereFirst) {
  song(anna_, {{"title", "Amazing Grade"}});
  EXPECT_EQ(search("amazing grake"), (Titles{"Amazing Grace", "Amazing Grade"})) << "as near";
  EXPECT_EQ(search("amazing graec"), Titles{"Amazing Grace"});
  EXPECT_EQ(search("whales grade"), Titles{"Amazing Grace"}) << "both occur, but not together";
}

TEST_F(SearchTest, GuessesWordsThatCameSinceItsFirstGuess) {
  EXPECT_EQ(search("kumbaja"), Titles{});
  song(anna_, {{"title", "Kumbaya"}});
  EXPECT_EQ(search("kumbaja"), Titles{"Kumbaya"});
}

}  // namespace
}  // namespace roundelay::search_test
