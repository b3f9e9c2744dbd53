#include "server/library/listening.h"

#include "server/library/recommendations.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::listening_test {
namespace {

using Kind = CatalogueFault::Kind;

class ListeningTest : public CatalogueTest {
 protected:
  Listening listening_{database_};
};

TEST_F(ListeningTest, AveragesRatings) {
  const int64_t id = song(anna_, {{"title", "A"}});
  ASSERT_TRUE(listening_.rate(anna_, id, 10, now_s_));
  ASSERT_TRUE(listening_.rate(bert_, id, 5, now_s_));
  ASSERT_TRUE(listening_.rate(bert_, id, 7, now_s_));
  EXPECT_EQ(songs_.find(nobody_, id)->rating, 8.5);
  EXPECT_EQ(songs_.find(nobody_, id)->rating_count, 2);
  EXPECT_EQ(listening_.own_rating(bert_, id).value(), 7);
  ASSERT_TRUE(listening_.rate(anna_, id, std::nullopt, now_s_));
  EXPECT_EQ(songs_.find(nobody_, id)->rating, 7.0);
  ASSERT_TRUE(listening_.rate(bert_, id, std::nullopt, now_s_));
  EXPECT_EQ(songs_.find(nobody_, id)->rating, std::nullopt);
  for (const int64_t value : {0, 11, -1}) EXPECT_EQ(listening_.rate(anna_, id, value, now_s_).error().kind, Kind::kRefused);
}

TEST_F(ListeningTest, IsNotAboutSongsThatOneDoesNotSee) {
  const int64_t id = song(anna_, {{"title", "A"}, {"private", true}});
  EXPECT_EQ(listening_.rate(bert_, id, 5, now_s_).error().kind, Kind::kNotThere);
  EXPECT_EQ(listening_.set_favourite(bert_, CatalogueKind::kSong, id, true, now_s_).error().kind, Kind::kNotThere);
  EXPECT_EQ(listening_.played(bert_, id, now_s_, now_s_).error().kind, Kind::kNotThere);
}

TEST_F(ListeningTest, KeepsFavouritesOfEachKind) {
  const int64_t id = song(anna_, {{"title", "A"}, {"artist", "X"}, {"album", "Y"}});
  const CatalogueSong found = songs_.find(anna_, id).value();
  ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kSong, id, true, now_s_));
  ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kAlbum, *found.album_id, true, now_s_));
  ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kArtist, *found.artist_id, true, now_s_));
  EXPECT_EQ(listening_.favourite_songs(bert_, {})->size(), 1U);
  EXPECT_EQ(listening_.favourite_albums(bert_, {})->size(), 1U);
  EXPECT_EQ(listening_.favourite_artists(bert_, {})->size(), 1U);
  EXPECT_TRUE(listening_.favourite_songs(anna_, {})->empty());
  const int64_t other = song(anna_, {{"title", "B"}});
  ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kSong, other, true, now_s_));
  EXPECT_EQ(listening_.favourite_songs(bert_, {.offset = 1, .limit = 1})->size(), 1U);
  EXPECT_EQ(listening_.favourite_count(bert_), 2) << "songs, of which there are most";
  EXPECT_EQ(listening_.favourite_count(anna_), 0);
  ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kSong, other, false, now_s_));
  ASSERT_TRUE(songs_.change(anna_, id, {{"private", true}}, now_s_));
  EXPECT_TRUE(listening_.favourite_songs(bert_, {})->empty()) << "it is not shown to him any more";
  ASSERT_TRUE(listening_.set_favourite(anna_, CatalogueKind::kSong, id, false, now_s_));
}

TEST_F(ListeningTest, CountsPlays) {
  const int64_t a = song(anna_, {{"title", "A"}}), b = song(anna_, {{"title", "B"}});
  ASSERT_TRUE(listening_.played(bert_, a, now_s_ - 100, now_s_));
  ASSERT_TRUE(listening_.played(bert_, b, now_s_ - 50, now_s_));
  ASSERT_TRUE(listening_.played(bert_, a, now_s_ + 999, now_s_));
  EXPECT_EQ(songs_.find(nobody_, a)->plays, 2);
  const auto history = listening_.history(bert_, {}).value();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0].song.title, "A");
  EXPECT_EQ(history[0].at, now_s_) << "nobody has heard anything in the future";
  EXPECT_EQ(history[1].song.title, "B");
  EXPECT_TRUE(listening_.history(anna_, {})->empty());
}

TEST_F(ListeningTest, RecommendsWithTheReason) {
  const int64_t liked = song(anna_, {{"title", "Liked"}, {"artist", "X"}});
  const int64_t listed = song(anna_, {{"title", "Listed"}});
  const int64_t same = song(anna_, {{"title", "Same artist"}, {"artist", "X"}});
  const int64_t beside = song(anna_, {{"title", "Beside"}});
  const int64_t bad = song(anna_, {{"title", "Bad"}, {"artist", "X"}});
  const int64_t hidden = song(bert_, {{"title", "Hidden"}, {"artist", "X"}, {"private", true}});
  song(anna_, {{"title", "Unrelated"}});
  ASSERT_TRUE(listening_.rate(anna_, liked, 9, now_s_));
  ASSERT_TRUE(listening_.rate(anna_, bad, 2, now_s_));
  EXPECT_TRUE(run_sql(
      database_,
      "INSERT INTO playlists (id, owner, name, fold, private, rule, created, changed) VALUES (1, ?, 'L', 'l', 0, NULL, 0, 0)",
      {bert_.account}));
  EXPECT_TRUE(run_sql(database_, "INSERT INTO playlist_songs VALUES (1, 0, ?), (1, 1, ?), (1, 2, ?)", {liked, listed, hidden}));
  for (const int64_t each : {liked, beside})
    ASSERT_TRUE(listening_.set_favourite(bert_, CatalogueKind::kSong, each, true, now_s_));
  const auto found = Recommendations(database_).of(anna_).value();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].song.id, listed);
  EXPECT_EQ(found[0].reason, "It stands in playlists beside “Liked”, which you like.");
  EXPECT_EQ(found[1].song.id, beside);
  EXPECT_EQ(found[1].reason, "Others who like “Liked” like it too.");
  EXPECT_EQ(found[2].song.id, same);
  EXPECT_EQ(found[2].reason, "You like other songs of X.");
  EXPECT_TRUE(Recommendations(database_).of(cora_)->empty());
}

}  // namespace
}  // namespace roundelay::listening_test
