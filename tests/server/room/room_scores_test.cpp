// Scores: listed, chosen, deleted, and the marks that turn their pages.
#include "server/room/score.h"

#include "tests/server/room/room_fixture.h"

namespace roundelay::room_scores_test {
namespace {

using nlohmann::json;

constexpr PersonId kLeader = 1, kSinger = 2;

class RoomScores : public RoomTest {
 protected:
  RoomScores() {
    join(kLeader);
    join(kSinger);
    EXPECT_EQ(say(kLeader, "lead"), "");
    add("psalm", 3);
  }
  void add(const std::string& id, int pages) {
    Score score{.id = id, .title = id, .pages = {}, .sha256 = "ab", .uploader = kLeader};
    for (int i = 0; i < pages; ++i) score.pages.push_back({.offset = i * 100, .bytes = 100, .width = 800, .height = 1'100});
    room_.add_score(score, effects_);
  }
  std::string turn(const std::string& page) {
    const int64_t at = now_.position.samples;
    return say(kLeader,
               {{"type", "mark"}, {"mark", {{"id", "p" + page}, {"position", at}, {"kind", "page"}, {"payload", page}}}});
  }
};

TEST_F(RoomScores, AreListedChosenAndDeletedWithTheirBlob) {
  EXPECT_EQ(room_.plan().score, "psalm") << "a new one is chosen";
  effects_.clear();
  add("round", 1);
  EXPECT_EQ(to_room("plan").at(0)["plan"]["score"], "round");
  EXPECT_EQ(to_room("scores").at(0)["scores"], json::parse(R"([{"id": "psalm", "title": "psalm", "pages": 3},
                                                               {"id": "round", "title": "round", "pages": 1}])"));
  EXPECT_EQ(plan_from_stored(room_.plan().to_json()), room_.plan());
  EXPECT_EQ(say(kSinger, {{"type", "score"}, {"score", "psalm"}}), "not_allowed");
  EXPECT_EQ(say(kLeader, {{"type", "score"}, {"score", "none"}}), "no_score");
  EXPECT_EQ(say(kLeader, {{"type", "score"}, {"score", "psalm"}}), "");
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  join(3);
  EXPECT_EQ(to_session(103, "welcome").at(0)["scores"].size(), 2u);
  EXPECT_EQ(say(kLeader, {{"type", "delete_score"}, {"score", "psalm"}}), "");
  EXPECT_EQ(all<effect::DeleteScore>().at(0).score.sha256, "ab");
  EXPECT_EQ(room_.plan().score, std::nullopt);
  EXPECT_EQ(say(kLeader, {{"type", "delete_score"}, {"score", "psalm"}}), "no_score");
}

TEST_F(RoomScores, PagesAreTurnedByMarksThatAnotherScoreTakesAway) {
  EXPECT_EQ(say(kLeader, "start"), "");
  live(3 * kSecond);
  EXPECT_EQ(turn("1"), "");
  EXPECT_EQ(to_room("mark").at(0)["mark"]["payload"], "1");
  EXPECT_EQ(turn("next"), "bad_mark");
  join(3);
  EXPECT_EQ(to_session(103, "marks").at(0)["marks"].size(), 1u) << "who comes later sees the page too";
  add("round", 1);
  EXPECT_EQ(room_.plan().score, "psalm") << "in a song a new one is not chosen by itself";
  EXPECT_EQ(say(kLeader, {{"type", "score"}, {"score", "round"}}), "");
  join(4);
  EXPECT_TRUE(to_session(104, "marks").empty());
}

TEST(Scores, PagesAreReadAsTheyAreWrittenAndNothingElseIs) {
  const std::vector<ScorePage> pages = {{.offset = 0, .bytes = 5, .width = 7, .height = 9},
                                        {.offset = 5, .bytes = 1, .width = 1, .height = 2}};
  EXPECT_EQ(read_pages(pages_json(pages)), pages);
  for (const char* wrong : {"null", "[]", "[[]]", "[[0,5,7]]", "[[1,5,7,9]]", "[[0,0,7,9]]", "[[0,5,0,9]]", "[[0,5,7,-9]]",
                            "[[0,5,7,9],[6,1,1,1]]", "[[0,5.5,7,9]]", "[[0,\"5\",7,9]]", "{\"0\":1}"}) {
    EXPECT_FALSE(read_pages(json::parse(wrong))) << wrong;
  }
  EXPECT_EQ(score_title("Psalm 23.pdf"), "Psalm 23");
  EXPECT_EQ(score_title("No. 5"), "No. 5") << "no ending of a file";
}

}  // namespace
}  // namespace roundelay::room_scores_test
