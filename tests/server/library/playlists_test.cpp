#include "server/library/playlists.h"

#include "server/library/listening.h"
#include "server/library/playlist_content.h"
#include "server/library/songs.h"
#include "tests/server/library/catalogue_fixture.h"

namespace roundelay::playlists_test {
namespace {

using Kind = CatalogueFault::Kind;
using nlohmann::json;

class PlaylistsTest : public CatalogueTest {
 protected:
  Titles titles_on(int64_t playlist, const Viewer& viewer) {
    PlaylistContent content(viewer, playlists_.find(viewer, playlist).value(), now_s_);
    while (!content.go_on(database_).value()) {
    }
    Titles out;
    for (const PlaylistSong& one : content.songs()) out.push_back(Songs(database_).find(viewer, one.id).value().title);
    return out;
  }
  Titles by_rule(const json& rule, const Viewer& viewer) {
    const auto id = playlists_.add(viewer, {{"name", "By rule"}, {"rule", rule}}, now_s_);
    EXPECT_TRUE(id.has_value()) << rule;
    return id ? titles_on(*id, viewer) : Titles();
  }
  Playlists playlists_{database_};
};

TEST_F(PlaylistsTest, KeepTheOrderOfTheirOwner) {
  const int64_t a = song(anna_, {{"title", "A"}}), b = song(anna_, {{"title", "B"}});
  const int64_t id = playlists_.add(anna_, {{"name", "Sunday"}, {"songs", {b, a, b}}}, now_s_).value();
  EXPECT_EQ(titles_on(id, anna_), (Titles{"B", "A", "B"}));
  ASSERT_TRUE(playlists_.change(anna_, id, {{"add", {a}}}, now_s_));
  EXPECT_EQ(titles_on(id, anna_), (Titles{"B", "A", "B", "A"}));
  ASSERT_TRUE(playlists_.change(anna_, id, {{"songs", {a, b}}, {"name", "Monday"}}, now_s_));
  EXPECT_EQ(titles_on(id, anna_), (Titles{"A", "B"}));
  ASSERT_TRUE(remove(anna_, CatalogueKind::kSong, a));
  EXPECT_EQ(titles_on(id, anna_), Titles{"B"});
}

TEST_F(PlaylistsTest, RefuseWhatDoesNotFitAndKeepWhatIsOnThem) {
  const int64_t a = song(anna_, {{"title", "A"}});
  const std::vector<int64_t> nearly(kMostPlaylistSongs - 1, a);
  const int64_t id = playlists_.add(anna_, {{"name", "Long"}, {"songs", nearly}}, now_s_).value();
  const auto refused = playlists_.change(anna_, id, {{"add", {a, a}}}, now_s_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, Kind::kRefused);
  EXPECT_EQ(refused.error().said.code, "library_playlist_is_full");
  EXPECT_EQ(refused.error().field, "add");
  EXPECT_EQ(titles_on(id, anna_).size(), nearly.size());
  EXPECT_TRUE(playlists_.change(anna_, id, {{"add", {a}}}, now_s_));
  EXPECT_EQ(titles_on(id, anna_).size(), kMostPlaylistSongs);
  EXPECT_TRUE(playlists_.change(anna_, id, {{"name", "Full"}}, now_s_)) << "a full one can still be renamed";
  EXPECT_FALSE(playlists_.add(anna_, {{"name", "Two"}, {"songs", nearly}, {"add", {a, a}}}, now_s_));
}

TEST_F(PlaylistsTest, ArePrivateUntilTheyAreSharedAndTheirOwnersToChange) {
  const int64_t own = song(anna_, {{"title", "Own"}, {"private", true}}), shared = song(anna_, {{"title", "Shared"}});
  const int64_t id = playlists_.add(anna_, {{"name", "Mine"}, {"songs", {own, shared}}}, now_s_).value();
  EXPECT_EQ(playlists_.find(bert_, id).error().kind, Kind::kNotThere);
  EXPECT_EQ(playlists_.find(nobody_, id).error().kind, Kind::kNotThere);
  EXPECT_EQ(playlists_.list(bert_, {})->total, 0);
  ASSERT_TRUE(playlists_.change(anna_, id, {{"private", false}}, now_s_));
  EXPECT_EQ(titles_on(id, nobody_), Titles{"Shared"}) << "a private song stays private on a list for all";
  EXPECT_EQ(playlists_.change(cora_, id, {{"name", "Ours"}}, now_s_).error().kind, Kind::kNotYours);
  EXPECT_EQ(playlists_.remove(bert_, id).error().kind, Kind::kNotYours);
  EXPECT_EQ(playlists_.add(bert_, {{"name", "His"}, {"songs", {own}}}, now_s_).error().kind, Kind::kNotThere);
  ASSERT_TRUE(playlists_.remove(anna_, id));
  EXPECT_EQ(playlists_.list(dora_, {})->total, 0);
}

TEST_F(PlaylistsTest, ByRuleAreAlwaysUpToDate) {
  const int64_t a = song(anna_, {{"title", "A"}, {"genre", "Gospel"}, {"length_ms", 100'000}, {"words", "la"}});
  const int64_t b = song(anna_, {{"title", "B"}, {"genre", "gospel"}, {"length_ms", 400'000}});
  song(anna_, {{"title", "C"}, {"genre", "Rock"}, {"key", "Dm"}, {"year", 1990}, {"tempo_bpm", 120}, {"language", "de"}});
  Listening listening(database_);
  EXPECT_EQ(by_rule({{"rules", {{{"genre_is", "GOSPEL"}}}}}, anna_), (Titles{"A", "B"}));
  EXPECT_EQ(by_rule({{"rules", {{{"genre_is", "Gospel"}}, {{"length_at_most_ms", 300'000}}}}}, anna_), Titles{"A"});
  EXPECT_EQ(by_rule({{"match", "any"}, {"rules", {{{"has_words", true}}, {{"key_is", "d minor"}}}}}, anna_), (Titles{"A", "C"}));
  EXPECT_EQ(by_rule({{"rules", {{{"year_at_least", 1990}}, {{"tempo_at_most_bpm", 120}}}}}, anna_), Titles{"C"});
  for (const char* language : {"de", "German", "Deutsch"})
    EXPECT_EQ(by_rule({{"rules", {{{"language_is", language}}}}}, anna_), Titles{"C"}) << language;
  EXPECT_EQ(by_rule({{"rules", {{{"language_is", "Gibberish"}}}}}, anna_), Titles{});
  EXPECT_EQ(by_rule({{"rules", {{{"genre_is", "Gospel"}}}}, {"order", "newest"}, {"most", 1}}, anna_), Titles{"B"});

  const json rule{{"rules", {{{"genre_is", "Gospel"}}, {{"not_heard_for_days", 30}}}}};
  const int64_t id = playlists_.add(anna_, {{"name", "Fresh"}, {"rule", rule}, {"private", false}}, now_s_).value();
  ASSERT_TRUE(listening.played(anna_, a, now_s_, now_s_));
  EXPECT_EQ(titles_on(id, anna_), Titles{"B"});
  EXPECT_EQ(titles_on(id, bert_), (Titles{"A", "B"})) << "as he has heard them";
  now_s_ += 31 * 86'400;
  EXPECT_EQ(titles_on(id, anna_), (Titles{"A", "B"}));
  ASSERT_TRUE(listening.rate(bert_, b, 8, now_s_));
  EXPECT_EQ(by_rule({{"rules", {{{"rating_at_least", 7}}}}}, anna_), Titles{"B"});
  EXPECT_EQ(by_rule({{"rules", {{{"my_rating_at_least", 7}}}}}, anna_), Titles{});
  EXPECT_EQ(playlists_.change(anna_, id, {{"add", {a}}}, now_s_).error().field, "songs");
}

TEST_F(PlaylistsTest, OfSenselessRulesAreRefused) {
  for (const char* rule :
       {"[]", "{}", "7", R"({"rules":[]})", R"({"rules":[{}]})", R"({"rules":[{"genre_is":7}]})",
        R"({"rules":[{"genre_is":""}]})", R"({"rules":[{"colour_is":"red"}]})", R"({"rules":[{"rating_at_least":11}]})",
        R"({"rules":[{"rating_at_least":-1}]})", R"({"rules":[{"key_is":"H"}]})", R"({"rules":[{"has_words":1}]})",
        R"({"rules":[{"genre_is":"a","key_is":"C"}]})", R"({"rules":[{"has_words":true}],"match":"some"})",
        R"({"rules":[{"has_words":true}],"order":"id; DROP TABLE songs"})", R"({"rules":[{"has_words":true}],"most":0})",
        R"({"rules":[{"has_words":true}],"more":1})", R"({"rules":"x"})"})
    EXPECT_FALSE(playlist_rule(json::parse(rule)).has_value()) << rule;
  EXPECT_EQ(playlist_rule(json::parse(R"({"rules":[{"key_is":"H-Dur"}]})")).error().said.code, "library_key_is_none")
      << "people write rules too";
  const json good =
      json::parse(R"({"match":"any","rules":[{"genre_is":"Gospel"},{"rating_at_least":7.0}],"order":"newest","most":5})");
  EXPECT_EQ(to_json(playlist_rule(good).value()), good);
}

}  // namespace
}  // namespace roundelay::playlists_test
