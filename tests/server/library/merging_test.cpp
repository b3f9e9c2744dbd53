#include "server/library/merging.h"

#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::merging_test {
namespace {

using Kind = CatalogueFault::Kind;

class MergingTest : public CatalogueTest {
 protected:
  Merging merging_{database_};
};

TEST_F(MergingTest, MakesOneArtistOfTwo) {
  const int64_t a = *songs_.find(anna_, song(anna_, {{"title", "A"}, {"artist", "Bjork"}, {"album", "Debut"}}))->artist_id;
  const int64_t b = *songs_.find(anna_, song(anna_, {{"title", "B"}, {"artist", "Björk"}}))->artist_id;
  ASSERT_NE(a, b);
  const auto found = merging_.duplicates(nobody_, CatalogueKind::kArtist, {}).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].ids, (std::vector<int64_t>{a, b}));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO favourites VALUES (?, 'artist', ?, 0)", {bert_.account, a}));
  EXPECT_EQ(merging_.merge(anna_, CatalogueKind::kArtist, b, a, now_s_).error().kind, Kind::kNotYours);
  EXPECT_EQ(merging_.merge(cora_, CatalogueKind::kArtist, b, b, now_s_).error().kind, Kind::kRefused);
  EXPECT_EQ(merging_.merge(cora_, CatalogueKind::kArtist, b, 99, now_s_).error().kind, Kind::kNotThere);
  ASSERT_TRUE(merging_.merge(cora_, CatalogueKind::kArtist, b, a, now_s_));
  EXPECT_EQ(artists(nobody_), Titles{"Björk"});
  EXPECT_EQ(artists_.find(nobody_, b)->songs, 2);
  EXPECT_EQ(artists_.find(nobody_, b)->albums, 1);
  EXPECT_EQ(sql_integer(database_, "SELECT item FROM favourites"), b);
}

TEST_F(MergingTest, MakesOneAlbumOfTwo) {
  const int64_t a = *songs_.find(anna_, song(anna_, {{"title", "A"}, {"artist", "X"}, {"album", "Best of"}}))->album_id;
  const int64_t b = *songs_.find(anna_, song(anna_, {{"title", "B"}, {"artist", "Y"}, {"album", "Best of"}}))->album_id;
  EXPECT_TRUE(albums_.change(cora_, a, {{"year", 1999}}, now_s_));
  ASSERT_TRUE(merging_.merge(cora_, CatalogueKind::kAlbum, b, a, now_s_));
  EXPECT_EQ(albums_.find(nobody_, b)->songs, 2);
  EXPECT_EQ(albums_.find(nobody_, b)->year, 1999);
  EXPECT_EQ(albums(dora_), Titles{"Best of"});
}

TEST_F(MergingTest, MakesOneSongOfTwoWithAllThatHangsOnThem) {
  const int64_t a = song(anna_, {{"title", "Alleluia"}, {"genre", "Sacred"}, {"words", "Alleluia"}});
  const int64_t b = song(bert_, {{"title", "alleluia"}, {"year", 1950}});
  give_file(a, "aa");
  EXPECT_EQ(merging_.duplicates(nobody_, CatalogueKind::kSong, {})->size(), 1U);
  for (const auto& [who, which, value] : std::initializer_list<std::tuple<int64_t, int64_t, int>>{
           {anna_.account, a, 4}, {anna_.account, b, 8}, {bert_.account, a, 10}})
    EXPECT_TRUE(run_sql(database_, "INSERT INTO ratings VALUES (?, ?, ?, 0)", {who, which, value}));
  for (const int64_t each : {a, b, b})
    EXPECT_TRUE(run_sql(database_, "INSERT INTO plays (account, song, at) VALUES (?, ?, 5)", {anna_.account, each}));
  EXPECT_EQ(merging_.merge(cora_, CatalogueKind::kSong, b, a, now_s_), std::vector<std::string>{});
  const CatalogueSong one = songs_.find(nobody_, b).value();
  EXPECT_EQ(one.title, "alleluia");
  EXPECT_EQ(one.genre, "Sacred");
  EXPECT_EQ(one.year, 1950);
  EXPECT_EQ(one.hash, "aa");
  EXPECT_EQ(one.status, "UPLOADED");
  EXPECT_TRUE(one.has_words);
  EXPECT_EQ(one.rating, 9.0) << "Anna's own of this song, and Bert's of the other";
  EXPECT_EQ(one.rating_count, 2);
  EXPECT_EQ(one.plays, 3);
  EXPECT_EQ(sql_integer(database_, "SELECT times FROM heard"), 3);
  EXPECT_EQ(titles(dora_), Titles{"alleluia"});
}

TEST_F(MergingTest, GivesBackTheFileThatNobodyHasAnyMore) {
  const int64_t a = song(anna_, {{"title", "A"}}), b = song(anna_, {{"title", "B"}});
  give_file(a, "aa");
  give_file(b, "bb");
  EXPECT_EQ(merging_.merge(cora_, CatalogueKind::kSong, a, b, now_s_), std::vector<std::string>{"bb"});
  EXPECT_EQ(count("SELECT COUNT(*) FROM files"), 1);
}

TEST_F(MergingTest, DoesNotMixPrivateAndPublic) {
  const int64_t a = song(cora_, {{"title", "A"}}), b = song(cora_, {{"title", "A"}, {"private", true}});
  EXPECT_EQ(merging_.merge(cora_, CatalogueKind::kSong, a, b, now_s_).error().kind, Kind::kRefused);
  EXPECT_TRUE(merging_.duplicates(nobody_, CatalogueKind::kSong, {})->empty());
}

}  // namespace
}  // namespace roundelay::merging_test
