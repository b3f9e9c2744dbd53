// Songs that no index tells: found by slices, in every order, as one query would find them.
#include "server/library/sifted_songs.h"

#include "server/library/playlist_content.h"
#include "server/library/song_filter.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::sifted_songs_test {
namespace {

using enum LibraryMethod;

constexpr int64_t kSongs = 5'000;
constexpr SongOrder kAllOrders[] = {SongOrder::kOldest, SongOrder::kTitle, SongOrder::kNewest, SongOrder::kRating,
                                    SongOrder::kPlays,  SongOrder::kAlbum, SongOrder::kLength};

class SiftedSongsTest : public LibraryTest {
 protected:
  // Their numbers in all orders differ; every 500th is of 2021, every second of 1990.
  SiftedSongsTest() {
    EXPECT_TRUE(run_sql(
        database_,
        "INSERT INTO albums (title, fold, kept, created, changed) VALUES ('One', 'one', 0, 1, 1), ('Two', 'two', 0, 1, 1)"));
    EXPECT_TRUE(run_sql(
        database_,
        "INSERT INTO songs (title, fold, private, status, created, length_ms, year, rating, rating_count, plays, album, track) "
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT 'S' || i, printf('s%05d', i * 7919 % "
        "9001), i % 50 = 0, 'NO_FILE', 1, i * 31 % 997 * 1000, CASE WHEN i % 500 = 3 THEN 2021 WHEN i % 2 THEN 1990 END, CASE "
        "WHEN "
        "i % 3 THEN 1 + i * 17 % 10 END, i % 5, i * 13 % 101, CASE i % 3 WHEN 0 THEN 1 WHEN 1 THEN 2 END, i % 11 FROM n",
        {kSongs}))
        << database_.error();
  }
  std::vector<int64_t> at_once(const SongFilter& filter, const Page& page, const Viewer& viewer) {
    SqlCondition where = condition_of(filter, viewer);
    std::string sql = "SELECT songs.id FROM songs WHERE ";
    sql += where.sql;
    sql += order_of(filter.order);
    sql += " LIMIT ? OFFSET ?";
    append(where.values, {page.limit, page.offset});
    std::vector<int64_t> out;
    EXPECT_TRUE(each_row_once(database_, sql, where.values, [&](const SqlRow& row) { out.push_back(row.integer(0)); }));
    return out;
  }
  int sift(SiftedSongs& sifted) {
    int slices = 1;
    for (; !sifted.go_on(database_).value(); ++slices) {
    }
    return slices;
  }
};

TEST_F(SiftedSongsTest, AreThoseOfOneQueryInEveryOrderOnEveryPageWhetherFewOrMany) {
  const Viewer anna = {.account = 5, .role = LibraryRole::kMember};
  for (const int64_t year : {1'980, 2'020, 2'050}) {
    for (const SongOrder order : kAllOrders) {
      for (const Page page : {Page{0, 50}, Page{7, 3}, Page{2'000, 500}, Page{5'000, 50}}) {
        const SongFilter filter{.year_from = year, .order = order};
        SiftedSongs sifted(condition_of(filter, anna), order, page);
        sift(sifted);
        EXPECT_EQ(sifted.ids(), at_once(filter, page, anna)) << year << ' ' << order_of(order) << ' ' << page.offset;
        EXPECT_EQ(sifted.total(), static_cast<int64_t>(at_once(filter, {0, kSongs}, anna).size()));
      }
    }
  }
}

TEST_F(SiftedSongsTest, AreFoundBySlicesAndNotInOneGo) {
  SiftedSongs rare(condition_of({.year_from = 2'020}, {}), SongOrder::kTitle, {});
  EXPECT_EQ(sift(rare), 4) << "every 2,000 songs, and the order";
  EXPECT_EQ(rare.total(), 10);
}

TEST_F(SiftedSongsTest, AreWalkedAlongWhatStandsInAnIndexAlone) {
  for (const SongOrder order : kAllOrders) {
    std::string sql = "EXPLAIN QUERY PLAN SELECT songs.id FROM songs", plan;
    sql += order_of(order);
    EXPECT_TRUE(each_row_once(database_, sql, {}, [&](const SqlRow& row) { plan += row.text(3) + "\n"; }));
    const bool by_id = order == SongOrder::kOldest || order == SongOrder::kNewest;
    EXPECT_TRUE(by_id || plan.find("COVERING INDEX") != std::string::npos) << plan;
    EXPECT_EQ(plan.find("TEMP"), std::string::npos) << plan;
  }
}

TEST_F(SiftedSongsTest, ComeOnceWhateverIsWrittenMeanwhile) {
  const SongFilter filter{.year_from = 1'980, .order = SongOrder::kTitle};
  SiftedSongs sifted(condition_of(filter, {}), filter.order, {0, kSongs});
  bool is_over = false;
  for (int i = 0; !is_over; ++i) {
    is_over = sifted.go_on(database_).value();
    // The first ones move to the end.
    ASSERT_TRUE(
        run_sql(database_, "UPDATE songs SET fold = 'z' || fold WHERE id IN (SELECT id FROM songs ORDER BY fold LIMIT 50)"));
  }
  std::vector<int64_t> ids = sifted.ids();
  std::sort(ids.begin(), ids.end());
  EXPECT_EQ(std::adjacent_find(ids.begin(), ids.end()), ids.end());
}

TEST_F(SiftedSongsTest, MakeThePagesOfFiltersAndOfPlaylistsByRule) {
  const auto anna = account("Anna", LibraryRole::kMember);
  for (const char* query : {"year_from=2020", "length_to_ms=1000", "rating_from=9", "key=C", "language=de", "tempo_from_bpm=1"}) {
    slices_ = 0;
    const auto answer = ask(kGet, std::string("/songs?") + query, nullptr, anna);
    EXPECT_EQ(answer.status, 200) << query;
    EXPECT_GE(slices_, 2) << query;
  }
  EXPECT_EQ(ask(kGet, "/songs?year_from=2020", nullptr, anna).data["total"], 10);
  const auto added =
      ask(kPost, "/playlists",
          {{"name", "New"}, {"rule", {{"rules", {{{"year_at_least", 2020}}}}, {"order", "title"}, {"most", 7}}}}, anna);
  ASSERT_EQ(added.status, 201);
  slices_ = 0;
  const auto songs =
      ask(kGet, "/playlists/" + std::to_string(added.data["playlist"]["id"].get<int64_t>()) + "/songs", nullptr, anna);
  EXPECT_GE(slices_, 3);
  EXPECT_EQ(songs.data["total"], 7) << "as many as the rule says at most";
  EXPECT_EQ(songs.data["songs"].size(), 7U);
}

TEST_F(SiftedSongsTest, OnALongListOfHerOwnAreReadBySlicesAndInOrder) {
  const auto anna = account("Anna", LibraryRole::kMember);
  nlohmann::json ids = nlohmann::json::array();
  for (int64_t id = 2'501; id > 0; --id) {
    if (id % 50 != 0) ids.push_back(id);
  }
  const auto added = ask(kPost, "/playlists", {{"name", "Long"}, {"songs", ids}}, anna);
  ASSERT_EQ(added.status, 201);
  slices_ = 0;
  const auto page = ask(kGet, "/playlists/" + std::to_string(added.data["playlist"]["id"].get<int64_t>()) + "/songs?offset=2450",
                        nullptr, anna);
  EXPECT_GE(slices_, 2);
  EXPECT_EQ(page.data["total"], 2'451);
  ASSERT_EQ(page.data["songs"].size(), 1U);
  EXPECT_EQ(page.data["songs"][0]["id"], 1);
}

}  // namespace
}  // namespace roundelay::sifted_songs_test
