#include "server/library/merging.h"

#include <functional>

#include "server/library/duplicates.h"
#include "server/library/search.h"
#include "tests/server/library/catalogue_fixture.h"
#include "tests/server/library/merge_items.h"

namespace roundelay::merging_test {
namespace {

using Kind = CatalogueFault::Kind;

class MergingTest : public CatalogueTest {
 protected:
  FromCatalogue<std::vector<std::string>> merge(const Viewer& viewer, CatalogueKind kind, int64_t into, int64_t from) {
    return merge_items(database_, viewer, kind, into, from, now_s_);
  }
  // By slices: how many it takes; `between` after each but the last.
  int merge_by_slices(CatalogueKind kind, int64_t into, int64_t from, const std::function<void()>& between) {
    Merging merging(database_, cora_, kind, into, from);
    std::vector<std::string> files;
    int slices = 1;
    for (auto last = merging.go_on(now_s_, files); last && !*last; last = merging.go_on(now_s_, files), ++slices) between();
    return slices;
  }
  std::vector<int64_t> songs(int how_many, const Viewer& owner, const nlohmann::json& fields) {
    std::vector<int64_t> out;
    for (int i = 0; i < how_many; ++i) {
      nlohmann::json all = fields;
      all["title"] = "Song " + std::to_string(i);
      out.push_back(song(owner, all));
    }
    return out;
  }
};

TEST_F(MergingTest, MakesOneArtistOfTwo) {
  const int64_t a = *songs_.find(anna_, song(anna_, {{"title", "A"}, {"artist", "Bjork"}, {"album", "Debut"}}))->artist_id;
  const int64_t b = *songs_.find(anna_, song(anna_, {{"title", "B"}, {"artist", "Björk"}}))->artist_id;
  ASSERT_NE(a, b);
  const auto found = duplicates(database_, nobody_, CatalogueKind::kArtist, {}).value();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].ids, (std::vector<int64_t>{a, b}));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO favourites VALUES (?, 'artist', ?, 0)", {bert_.account, a}));
  EXPECT_EQ(merge(anna_, CatalogueKind::kArtist, b, a).error().kind, Kind::kNotYours);
  EXPECT_EQ(merge(cora_, CatalogueKind::kArtist, b, b).error().kind, Kind::kRefused);
  EXPECT_EQ(merge(cora_, CatalogueKind::kArtist, b, 99).error().kind, Kind::kNotThere);
  ASSERT_TRUE(merge(cora_, CatalogueKind::kArtist, b, a));
  EXPECT_EQ(artists(nobody_), Titles{"Björk"});
  EXPECT_EQ(artists_.find(nobody_, b)->songs, 2);
  EXPECT_EQ(artists_.find(nobody_, b)->albums, 1);
  EXPECT_EQ(sql_integer(database_, "SELECT item FROM favourites"), b);
}

TEST_F(MergingTest, MakesOneAlbumOfTwo) {
  const int64_t a = *songs_.find(anna_, song(anna_, {{"title", "A"}, {"artist", "X"}, {"album", "Best of"}}))->album_id;
  const int64_t b = *songs_.find(anna_, song(anna_, {{"title", "B"}, {"artist", "Y"}, {"album", "Best of"}}))->album_id;
  EXPECT_TRUE(albums_.change(cora_, a, {{"year", 1999}}, now_s_));
  ASSERT_TRUE(merge(cora_, CatalogueKind::kAlbum, b, a));
  EXPECT_EQ(albums_.find(nobody_, b)->songs, 2);
  EXPECT_EQ(albums_.find(nobody_, b)->year, 1999);
  EXPECT_EQ(albums(dora_), Titles{"Best of"});
}

TEST_F(MergingTest, MakesOneSongOfTwoWithAllThatHangsOnThem) {
  const int64_t a = song(anna_, {{"title", "Alleluia"}, {"genre", "Sacred"}, {"words", "Alleluia"}});
  const int64_t b = song(bert_, {{"title", "alleluia"}, {"year", 1950}});
  give_file(a, "aa");
  EXPECT_EQ(duplicates(database_, nobody_, CatalogueKind::kSong, {})->size(), 1U);
  for (const auto& [who, which, value] : std::initializer_list<std::tuple<int64_t, int64_t, int>>{
           {anna_.account, a, 4}, {anna_.account, b, 8}, {bert_.account, a, 10}})
    EXPECT_TRUE(run_sql(database_, "INSERT INTO ratings VALUES (?, ?, ?, 0)", {who, which, value}));
  for (const int64_t each : {a, b, b})
    EXPECT_TRUE(run_sql(database_, "INSERT INTO plays (account, song, at) VALUES (?, ?, 5)", {anna_.account, each}));
  EXPECT_EQ(merge(cora_, CatalogueKind::kSong, b, a), std::vector<std::string>{});
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
  EXPECT_EQ(merge(cora_, CatalogueKind::kSong, a, b), std::vector<std::string>{"bb"});
  EXPECT_EQ(count("SELECT COUNT(*) FROM files"), 1);
}

TEST_F(MergingTest, MovesManySongsAndAlbumsBySlicesBetweenWhichAllIsFound) {
  const auto many = songs(45, anna_, {{"artist", "Bjork"}});
  for (int i = 0; i < 25; ++i) song(anna_, {{"title", "On one"}, {"artist", "Bjork"}, {"album", "Album " + std::to_string(i)}});
  const int64_t from = *songs_.find(anna_, many[0])->artist_id;
  const int64_t into = *songs_.find(anna_, song(anna_, {{"title", "A"}, {"artist", "Guðmundsdóttir"}}))->artist_id;
  Search search(database_);
  const int slices = merge_by_slices(CatalogueKind::kArtist, into, from, [&] {
    EXPECT_EQ(artists_.find(nobody_, from)->songs + artists_.find(nobody_, into)->songs, 71);
    EXPECT_EQ(search.songs(nobody_, "gudmundsdottir", {}, {})->total, artists_.find(nobody_, into)->songs);
  });
  EXPECT_GE(slices, 4);
  EXPECT_EQ(artists(nobody_), Titles{"Guðmundsdóttir"});
  EXPECT_EQ(artists_.find(nobody_, into)->songs, 71);
  EXPECT_EQ(artists_.find(nobody_, into)->albums, 25);
  EXPECT_EQ(search.songs(nobody_, "gudmundsdottir", {}, {})->total, 71);
  EXPECT_EQ(search.albums(nobody_, "gudmundsdottir", {})->total, 25);
  EXPECT_EQ(search.songs(nobody_, "bjork", {}, {})->total, 0);
}

TEST_F(MergingTest, WhoIsKilledBetweenTwoSlicesLeavesTwoThatCanBeMergedAgain) {
  const auto many = songs(30, bert_, {{"album", "Live"}, {"private", true}});
  const int64_t from = *songs_.find(bert_, many[0])->album_id;
  const int64_t into = *songs_.find(bert_, song(bert_, {{"title", "A"}, {"album", "Alive"}, {"private", true}}))->album_id;
  const Viewer bert_as_curator{bert_.account, LibraryRole::kCurator};
  std::vector<std::string> files;
  EXPECT_EQ(Merging(database_, bert_as_curator, CatalogueKind::kAlbum, into, from).go_on(now_s_, files), false);
  EXPECT_EQ(albums(nobody_), Titles{}) << "what is private stays so between the slices";
  EXPECT_EQ(albums(bert_), (Titles{"Alive", "Live"}));
  ASSERT_TRUE(merge(bert_as_curator, CatalogueKind::kAlbum, into, from));
  EXPECT_EQ(albums(bert_), Titles{"Alive"});
  EXPECT_EQ(albums_.find(bert_, into)->songs, 31);
  EXPECT_EQ(albums(nobody_), Titles{});
}

TEST_F(MergingTest, WhatIsMergedTheOtherWayMeanwhileComesToAnEnd) {
  const auto a = songs(60, anna_, {{"artist", "A"}}), b = songs(60, anna_, {{"artist", "B"}});
  const int64_t of_a = *songs_.find(anna_, a[0])->artist_id, of_b = *songs_.find(anna_, b[0])->artist_id;
  Merging one(database_, cora_, CatalogueKind::kArtist, of_a, of_b), other(database_, cora_, CatalogueKind::kArtist, of_b, of_a);
  std::vector<std::string> files;
  FromCatalogue<bool> one_last = false, other_last = false;
  for (int slices = 0; slices < 200 && ((one_last && !*one_last) || (other_last && !*other_last)); ++slices) {
    if (one_last && !*one_last) one_last = one.go_on(now_s_, files);
    if (other_last && !*other_last) other_last = other.go_on(now_s_, files);
  }
  EXPECT_TRUE(!one_last || *one_last);
  EXPECT_TRUE(!other_last || *other_last);
  EXPECT_EQ(count("SELECT COUNT(*) FROM songs"), 120);
  ASSERT_TRUE(merge(cora_, CatalogueKind::kArtist, of_b, of_a) || artists(nobody_).size() == 1U);
  EXPECT_EQ(artists(nobody_).size(), 1U);
}

TEST_F(MergingTest, DoesNotMixPrivateAndPublic) {
  const int64_t a = song(cora_, {{"title", "A"}}), b = song(cora_, {{"title", "A"}, {"private", true}});
  EXPECT_EQ(merge(cora_, CatalogueKind::kSong, a, b).error().kind, Kind::kRefused);
  EXPECT_TRUE(duplicates(database_, nobody_, CatalogueKind::kSong, {})->empty());
}

}  // namespace
}  // namespace roundelay::merging_test
