// The programme of an evening.
#include "server/room/programme.h"

#include "tests/server/room/room_fixture.h"

namespace roundelay::room_programme_test {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kSinger = 2, kChosen = 3;

class RoomProgramme : public RoomTest {
 protected:
  RoomProgramme() {
    room_ = make({}, {track("one", 10, kOrganiser)});
    join_organiser(kOrganiser);
    join(kSinger);
    join(kChosen);
    room_.put_sheet({.id = "psalm", .title = "Psalm", .times = {{}, {}}}, effects_);
  }
  // The new one's id.
  std::string put(const json& entry) {
    EXPECT_EQ(say(kOrganiser, {{"type", "put_entry"}, {"entry", entry}, {"id", 7}}), "");
    return to_session(100 + kOrganiser, "done").at(0).at("entry");
  }
  std::string act(const char* type, const std::string& id) { return say(kOrganiser, {{"type", type}, {"entry", id}}); }
  std::string titles() const {
    std::string out;
    for (const auto& entry : room_.programme().entries()) out += entry.title;
    return out;
  }
  const json plan_{{"bpm", 92.5},        {"beats_per_bar", 3}, {"click", true},
                   {"count_in_bars", 1}, {"round", nullptr},   {"words", "psalm"}};
};

TEST_F(RoomProgramme, IsPreparedPutInOrderToldToAllAndStored) {
  const std::string a = put({{"title", " A "}, {"track", "one"}, {"plan", plan_}, {"leader", "P2"}});
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  const json told = to_room("programme").at(0);
  EXPECT_EQ(told["entries"].at(0), (json{{"id", a},
                                         {"title", "A"},
                                         {"track", "one"},
                                         {"plan", plan_},
                                         {"score", nullptr},
                                         {"leader", "P2"},
                                         {"hidden", false},
                                         {"sung", false}}));
  EXPECT_EQ(told["whole"], true);
  const std::string b = put({{"title", "B"}}), c = put({{"title", "C"}});
  EXPECT_EQ(say(kOrganiser, {{"type", "move_entry"}, {"entry", c}, {"before", a}}), "");
  EXPECT_EQ(titles(), "CAB");
  EXPECT_EQ(say(kOrganiser, {{"type", "move_entry"}, {"entry", c}, {"before", nullptr}}), "");
  EXPECT_EQ(titles(), "ABC");
  EXPECT_EQ(say(kOrganiser, {{"type", "move_entry"}, {"entry", c}, {"before", "99"}}), "no_entry");
  EXPECT_EQ(put({{"id", b}, {"title", "D"}, {"sung", true}}), b);
  EXPECT_EQ(titles(), "ADC");
  EXPECT_EQ(act("remove_entry", b), "");
  EXPECT_EQ(act("remove_entry", b), "no_entry");
  EXPECT_NE(put({{"title", "E"}}), b) << "ids are not used again";
  for (const auto& [entry, code] : {std::pair(json{{"title", ""}}, "bad_entry"),
                                    {json{{"title", "X"}, {"track", "none"}}, "no_track"},
                                    {json{{"title", "X"}, {"plan", {{"bpm", 5}}}}, "bad_entry"},
                                    {json{{"title", "X"}, {"id", "99"}}, "no_entry"}})
    EXPECT_EQ(say(kOrganiser, {{"type", "put_entry"}, {"entry", entry}}), code) << entry;
  json other = plan_;
  other["words"] = "none";
  EXPECT_EQ(say(kOrganiser, {{"type", "put_entry"}, {"entry", {{"title", "X"}, {"plan", other}}}}), "no_words");
  EXPECT_EQ(act("take_entry", a), "");
  EXPECT_EQ(Programme::from_stored(room_.programme().stored()).stored(), room_.programme().stored());
  EXPECT_EQ(Programme::from_stored({{"entries", {{{"title", "no id"}}, 7}}, {"taken", "1"}}).stored(), Programme{}.stored());
  while (!room_.programme().is_full()) put({{"title", "More"}});
  EXPECT_EQ(say(kOrganiser, {{"type", "put_entry"}, {"entry", {{"title", "X"}}}}), "programme_full");
}

TEST_F(RoomProgramme, AnEntryIsTakenWithTrackPlanWordsAndLeaderAndTickedWhenItWasSung) {
  const std::string a = put({{"title", "A"}, {"track", "one"}, {"plan", plan_}, {"leader", "P2"}});
  EXPECT_EQ(act("take_entry", "99"), "no_entry");
  EXPECT_EQ(act("take_entry", a), "");
  EXPECT_EQ(room_.chosen_track(), "one");
  EXPECT_EQ(room_.plan().to_json(), plan_);
  EXPECT_EQ(room_.words(), "psalm");
  EXPECT_EQ(room_.leader(), kSinger);
  EXPECT_EQ(to_room("programme").at(0)["taken"], a);
  EXPECT_EQ(to_room("tracks").at(0)["track"], "one");
  EXPECT_EQ(to_room("plan").at(0)["plan"], plan_);
  EXPECT_EQ(say(kSinger, "start"), "");
  EXPECT_EQ(act("take_entry", a), "song_lasts");
  // A restart of the conductor in the song.
  room_.keep_programme(Programme::from_stored(room_.programme().stored()));
  live(60 * kSecond);
  ASSERT_EQ(to_room("programme").size(), 1u);
  EXPECT_EQ(to_room("programme")[0]["entries"][0]["sung"], true);
  EXPECT_EQ(to_room("programme")[0]["taken"], nullptr);
}

TEST_F(RoomProgramme, WhatIsGoneWhenAnEntryIsTakenIsNamed) {
  const std::string a = put({{"title", "A"}, {"track", "one"}, {"plan", plan_}, {"leader", "Zoë"}});
  EXPECT_EQ(say(kOrganiser, {{"type", "delete_track"}, {"track", "one"}}), "");
  EXPECT_EQ(say(kOrganiser, {{"type", "delete_sheet"}, {"sheet", "psalm"}}), "");
  EXPECT_EQ(act("take_entry", a), "");
  std::vector<std::string> news;
  for (const auto& notice : to_room("notice")) news.push_back(notice["message"]);
  EXPECT_EQ(news, (std::vector<std::string>{"Next: “A”.", "The track of “A” is gone.", "The words of “A” are gone.",
                                            "Zoë should lead, and is not here as a singer."}));
  EXPECT_EQ(room_.chosen_track(), std::nullopt);
  EXPECT_EQ(room_.words(), std::nullopt);
}

TEST_F(RoomProgramme, WhatIsHiddenIsToldToThoseAloneWhoPrepare) {
  put({{"title", "A"}});
  const std::string b = put({{"title", "Surprise"}, {"hidden", true}});
  EXPECT_EQ(to_room("programme").at(0)["entries"].size(), 1u);
  EXPECT_EQ(to_room("programme").at(0)["whole"], false);
  EXPECT_EQ(to_session(100 + kOrganiser, "programme").at(0)["entries"].size(), 2u);
  EXPECT_TRUE(to_session(100 + kSinger, "programme").empty());
  EXPECT_EQ(say(kOrganiser, {{"type", "appoint"}, {"person", "3"}, {"may_lead", true}}), "");
  EXPECT_EQ(to_session(100 + kChosen, "programme").at(0)["entries"].size(), 2u) << "who may lead sees it from now on";
  EXPECT_EQ(say(kChosen, {{"type", "put_entry"}, {"entry", {{"title", "Mine"}}}}), "");
  EXPECT_EQ(say(kOrganiser, {{"type", "appoint"}, {"person", "3"}, {"may_lead", false}}), "");
  EXPECT_EQ(to_session(100 + kChosen, "programme").at(0)["entries"].size(), 2u) << "A and Mine";
  join(4);
  EXPECT_EQ(to_session(104, "programme").at(0)["entries"].size(), 2u);
  EXPECT_EQ(act("take_entry", b), "");
  EXPECT_EQ(to_room("programme").at(0)["taken"], nullptr);
}

}  // namespace
}  // namespace roundelay::room_programme_test
