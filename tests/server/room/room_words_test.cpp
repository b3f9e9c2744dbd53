// The words of songs, marks, and times that are tapped.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_words_test {
namespace {

using nlohmann::json;

constexpr PersonId kLeader = 1, kSinger = 2;

class RoomWords : public RoomTest {
 protected:
  RoomWords() {
    join(kLeader);
    join(kSinger);
    EXPECT_EQ(say(kLeader, "lead"), "");
    room_.put_sheet({.id = "psalm", .title = "Psalm", .times = {{}, {}, {}, {}}}, effects_);
  }
  void sing() {
    EXPECT_EQ(say(kLeader, "start"), "");
    live(3 * kSecond);
  }
  std::string mark(PersonId by, const std::string& id, int64_t position, const std::string& kind, const std::string& payload) {
    return say(by, {{"type", "mark"}, {"mark", {{"id", id}, {"position", position}, {"kind", kind}, {"payload", payload}}}});
  }
  // `ms` after the music's beginning.
  std::string tap(int line, int64_t ms) {
    return mark(kLeader, "t" + std::to_string(++taps_), room_.song().music.samples + ms * 48, "line", std::to_string(line));
  }
  SheetTimes times() const { return room_.find_sheet("psalm")->times; }

  int taps_ = 0;
};

TEST_F(RoomWords, AreListedChosenRenamedAndDeleted) {
  EXPECT_EQ(room_.words(), "psalm") << "new ones are chosen";
  room_.put_sheet({.id = "round", .title = "Round", .times = {{}, 500}}, effects_);
  EXPECT_EQ(say(kLeader, {{"type", "words"}, {"words", "psalm"}}), "");
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  EXPECT_EQ(to_room("plan").at(0)["plan"]["words"], "psalm");
  EXPECT_EQ(plan_from_stored(room_.plan().to_json()), room_.plan());
  EXPECT_EQ(say(kLeader, {{"type", "words"}, {"words", "psalm"}}), "");
  EXPECT_TRUE(effects_.empty()) << "nothing changed";
  EXPECT_EQ(say(kLeader, {{"type", "words"}, {"words", "none"}}), "no_words");
  EXPECT_EQ(say(kLeader, {{"type", "rename_sheet"}, {"sheet", "psalm"}, {"title", " Psalm  23 "}}), "");
  EXPECT_EQ(all<effect::SaveSheet>().at(0).sheet.title, "Psalm 23");
  EXPECT_EQ(say(kLeader, {{"type", "rename_sheet"}, {"sheet", "psalm"}, {"title", ""}}), "bad_name");
  join(3);
  EXPECT_EQ(to_session(103, "welcome").at(0)["sheets"].at(1),
            (json{{"id", "round"}, {"title", "Round"}, {"format", "plain"}, {"lines", 2}, {"timed", 1}, {"version", 1}}));
  EXPECT_EQ(to_session(103, "welcome").at(0)["plan"]["words"], "psalm");
  EXPECT_EQ(say(kLeader, {{"type", "delete_sheet"}, {"sheet", "psalm"}}), "");
  EXPECT_EQ(all<effect::DeleteSheet>().at(0).sheet, "psalm");
  EXPECT_EQ(room_.words(), std::nullopt);
  EXPECT_FALSE(to_room("plan").at(0)["plan"].contains("words"));
  EXPECT_EQ(say(kLeader, {{"type", "delete_sheet"}, {"sheet", "psalm"}}), "no_words");
}

TEST_F(RoomWords, ARoomWithoutThemTellsNothingOfThem) {
  rebuild({});
  join(kLeader);
  EXPECT_FALSE(to_session(101, "welcome").at(0).contains("sheets"));
  EXPECT_FALSE(to_session(101, "welcome").at(0)["plan"].contains("words"));
}

TEST_F(RoomWords, AMarkIsToldToEverybodyAndToWhoComesLaterUntilTheSongIsOver) {
  EXPECT_EQ(mark(kLeader, "a", now_.position.samples, "light", "red"), "no_song");
  sing();
  const int64_t at = now_.position.samples + 48'000;
  EXPECT_EQ(mark(kLeader, "a", at, "light", "red"), "");
  EXPECT_EQ(to_room("mark").at(0)["mark"], (json{{"id", "a"}, {"position", at}, {"kind", "light"}, {"payload", "red"}}));
  EXPECT_EQ(mark(kLeader, "a", at, "light", "green"), "") << "it is another one now";
  EXPECT_EQ(mark(kSinger, "b", at, "light", "red"), "not_allowed");
  join(3);
  const auto marks = to_session(103, "marks");
  ASSERT_EQ(marks.size(), 1u);
  EXPECT_EQ(marks[0]["marks"].size(), 1u);
  EXPECT_EQ(marks[0]["marks"][0]["payload"], "green");
  EXPECT_EQ(say(kLeader, {{"type", "stop"}, {"now", true}}), "");
  live(30 * kSecond);
  sing();
  join(4);
  EXPECT_TRUE(to_session(104, "marks").empty());
}

TEST_F(RoomWords, MarksLieWhereTheSongIsHeardSoonAndAreBounded) {
  sing();
  const int64_t now = now_.position.samples;
  EXPECT_EQ(mark(kLeader, "late", now + 601 * 48'000, "x", ""), "bad_mark");
  EXPECT_EQ(mark(kLeader, "past", now - 60 * 48'000, "x", ""), "bad_mark");
  EXPECT_EQ(mark(kLeader, "page", now, "page", "two"), "bad_mark") << "no number";
  EXPECT_EQ(mark(kLeader, "long", now, "x", std::string(1'025, 'x')), "bad_mark");
  for (int i = 0; i < 63; ++i) ASSERT_EQ(mark(kLeader, std::to_string(i), now, "x", std::string(1'024, 'x')), "");
  EXPECT_EQ(mark(kLeader, "more", now, "x", std::string(1'024, 'x')), "too_many_marks");
  EXPECT_EQ(mark(kLeader, "7", now, "x", ""), "") << "in the place of another one";
}

TEST_F(RoomWords, TappedTimesAreTheNextSongs) {
  sing();
  EXPECT_EQ(tap(0, 1'000), "");
  EXPECT_EQ(to_room("mark").size(), 1u);
  EXPECT_TRUE(to_room("sheets").empty()) << "nobody loads the words anew in a song";
  EXPECT_EQ(all<effect::SaveSheet>().at(0).sheet.times.at(0), 1'000) << "kept at once";
  EXPECT_EQ(tap(2, 2'500), "");
  EXPECT_EQ(tap(1, 3'000), "") << "back once more: a mark, but no other time";
  EXPECT_EQ(tap(9, 3'000), "");
  EXPECT_EQ(times(), (SheetTimes{1'000, {}, 2'500, {}}));
  EXPECT_EQ(mark(kLeader, "x", room_.song().start.samples, "line", "first"), "bad_mark");
  EXPECT_EQ(say(kLeader, {{"type", "stop"}, {"now", true}}), "");
  ASSERT_EQ(to_room("sheets").size(), 1u);
  EXPECT_EQ(to_room("sheets")[0]["sheets"][0]["timed"], 2);
  EXPECT_GT(to_room("sheets")[0]["sheets"][0]["version"], 1);
  sing();
  EXPECT_EQ(tap(1, 2'600), "");
  EXPECT_EQ(times(), (SheetTimes{1'000, 2'600, {}, {}})) << "what would come before a line above it has no time any more";
}

TEST_F(RoomWords, MarksOutliveTheConductorInTheirSong) {
  sing();
  ASSERT_EQ(mark(kLeader, "a", room_.song().music.samples, "light", "red"), "");
  auto saved = all<effect::SaveMark>();
  ASSERT_EQ(tap(2, 1'000), "");
  for (const auto& each : all<effect::SaveMark>()) saved.push_back(each);
  ASSERT_EQ(saved.size(), 2U);
  EXPECT_EQ(saved[1].place, 1U);
  const uint32_t song = room_.song().number;
  EXPECT_EQ(saved[1].song, song);
  const RoomState state = room_.state();
  const auto taken_over = [&](uint32_t of_song) {
    rebuild({});
    effects_.clear();
    room_.adopt(state, now_);
    Plan plan;
    plan.words = "psalm";
    room_.plan_next(std::move(plan));
    room_.hold({{.id = "psalm", .title = "Psalm", .times = {{}, {}, {}, {}}}});
    room_.keep_marks(of_song, {saved[0].mark, saved[1].mark});
    join(3);
    return to_session(103, "marks");
  };
  EXPECT_TRUE(taken_over(song + 1).empty()) << "of another song";
  const auto told = taken_over(song);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0]["marks"][0]["payload"], "red");
  EXPECT_EQ(told[0]["marks"][1]["kind"], "line");
  ASSERT_EQ(join(kLeader), "");
  ASSERT_EQ(tap(1, 2'000), "");
  EXPECT_FALSE(times()[1]) << "whoever goes back sings it once more";
  ASSERT_EQ(tap(3, 3'000), "");
  EXPECT_EQ(times()[3], 3'000);
  ASSERT_EQ(say(kLeader, {{"type", "stop"}, {"now", true}}), "");
  size_t forgotten = all<effect::ForgetMarks>().size();
  live(2 * kSecond);
  forgotten += all<effect::ForgetMarks>().size();
  EXPECT_EQ(forgotten, 1U);
}

TEST_F(RoomWords, OtherWordsTakeTheMarksOfLinesAway) {
  sing();
  EXPECT_EQ(tap(0, 1'000), "");
  EXPECT_EQ(say(kLeader, {{"type", "words"}, {"words", nullptr}}), "");
  EXPECT_EQ(tap(1, 2'000), "");
  EXPECT_EQ(times(), (SheetTimes{1'000, {}, {}, {}}));
  EXPECT_EQ(say(kLeader, {{"type", "words"}, {"words", "psalm"}}), "");
  join(3);
  EXPECT_TRUE(to_session(103, "marks").empty());
}

}  // namespace
}  // namespace roundelay::room_words_test
