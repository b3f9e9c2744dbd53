#include <gtest/gtest.h>

#include <cstring>

#include "mixer/gain.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_console_test {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kAnna = 2, kBerta = 3, kListener = 4;

class RoomConsole : public RoomTest {
 protected:
  RoomConsole() {
    limits_.reserve_solo = [this](uint32_t ring_blocks) {
      reserved_.push_back(ring_blocks);
      return has_memory_;
    };
    rebuild({});
    join_organiser(kOrganiser);
    join(kAnna);
    join(kBerta);
    join(kListener, Role::kListener);
  }
  std::string volume(PersonId person, double volume) {
    return say(kOrganiser, {{"type", "volume"}, {"person", id_text(person)}, {"volume", volume}});
  }
  std::string solo(PersonId person, bool on) {
    return say(kOrganiser, {{"type", "solo"}, {"person", id_text(person)}, {"on", on}});
  }
  std::string listen(PersonId person, const char* to) { return say(person, {{"type", "listen"}, {"to", to}}); }
  std::string console(bool open) { return say(kOrganiser, {{"type", "console"}, {"open", open}}); }

  std::vector<uint32_t> reserved_;
  bool has_memory_ = true;
};

TEST_F(RoomConsole, AVolumeIsUsedAndStoredAndShownInTheConsoleAlone) {
  EXPECT_EQ(volume(kAnna, 1.5), "");
  ASSERT_TRUE(admitted(kAnna));
  EXPECT_NEAR(admitted(kAnna)->gain, 5.623757, 1e-6) << "PARITY.md 2.2";
  ASSERT_EQ(all<effect::SavePerson>().size(), 1u);
  EXPECT_EQ(all<effect::SavePerson>()[0].person.volume, 1.5);
  EXPECT_TRUE(to_room("person").empty());
  EXPECT_TRUE(to_session(100 + kAnna, "console").empty());
  EXPECT_EQ(console(true), "");
  EXPECT_EQ(to_session(100 + kOrganiser, "console")[0]["volumes"], json({{"2", 1.5}}));
  EXPECT_EQ(volume(kAnna, 0), "");
  EXPECT_EQ(admitted(kAnna)->gain, 0.0);
  EXPECT_EQ(to_session(100 + kOrganiser, "console")[0]["volumes"], json({{"2", 0.0}}));
  EXPECT_EQ(volume(77, 1), "no_person");
  EXPECT_EQ(volume(kAnna, 2.1), "bad_setting");
}

TEST_F(RoomConsole, APartsFaderMovesAllWhoSingItAlsoThoseWhoComeToItLater) {
  say(kAnna, {{"type", "part"}, {"part", "Alto"}});
  volume(kAnna, 1.5);
  EXPECT_EQ(say(kOrganiser, {{"type", "volume"}, {"part", "Alto"}, {"volume", 0.5}}), "");
  EXPECT_NEAR(admitted(kAnna)->gain, 5.623757 * 0.177817, 1e-5) << "both faders";
  EXPECT_FALSE(admitted(kBerta));
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  say(kBerta, {{"type", "part"}, {"part", "Alto"}});
  EXPECT_NEAR(admitted(kBerta)->gain, 0.177817, 1e-6);
  say(kBerta, {{"type", "part"}, {"part", ""}});
  EXPECT_EQ(admitted(kBerta)->gain, 1.0);
  EXPECT_EQ(say(kOrganiser, {{"type", "volume"}, {"part", "Descant"}, {"volume", 1}}), "bad_part");
}

TEST_F(RoomConsole, TheSoloMixHasMemoryOnceSomebodyIsSoloed) {
  say(kAnna, "lead");
  say(kAnna, "start");
  EXPECT_TRUE(reserved_.empty()) << "a room that does not use it costs what it did";
  EXPECT_EQ(room_.state().has_solo, 0u);
  has_memory_ = false;
  EXPECT_EQ(solo(kBerta, true), "server_full_songs");
  EXPECT_EQ(room_.state().solo_bucket, 0);
  has_memory_ = true;
  EXPECT_EQ(solo(kBerta, true), "");
  EXPECT_TRUE(admitted(kBerta)->person.soloed);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  EXPECT_EQ(room_.state().has_solo, 1u);
  EXPECT_EQ(room_.state().solo_bucket, bucket(kBerta));
  EXPECT_EQ(solo(kListener, true), "not_allowed");
  // The next song has it from its beginning.
  say(kAnna, {{"type", "stop"}, {"now", true}});
  live(60 * kSecond);
  EXPECT_EQ(room_.state().has_solo, 0u);
  const size_t before = reserved_.size();
  say(kAnna, "start");
  EXPECT_EQ(reserved_.size(), before + 1);
  EXPECT_EQ(room_.state().has_solo, 1u);
  EXPECT_TRUE([&] {
    RoomState state = room_.state();
    state.generation = 1;
    return state.is_usable(kLaneBlocks);
  }());
}

TEST_F(RoomConsole, WhoOnlyListensMayHearTheSoloMixAndIsToldItsOffset) {
  EXPECT_EQ(listen(kAnna, "solo"), "not_allowed") << "she sings";
  EXPECT_EQ(listen(kListener, "solo"), "");
  EXPECT_TRUE(admitted(kListener)->person.hears_solo);
  EXPECT_TRUE(to_session(104, "listening")[0]["offset_blocks"].is_null()) << "nobody is soloed";
  say(kAnna, {{"type", "bucket"}, {"bucket", 2}});
  solo(kAnna, true);
  EXPECT_EQ(to_session(104, "listening")[0]["offset_blocks"], 100) << "one interval behind bucket 2";
  say(kAnna, {{"type", "bucket"}, {"bucket", 4}});
  live(50 * kMs);
  EXPECT_EQ(to_session(104, "listening")[0]["offset_blocks"], 200) << "it follows her";
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  live(kSecond);
  EXPECT_TRUE(to_session(104, "listening").empty()) << "and is told once";
  say(kListener, {{"type", "role"}, {"role", "singer"}});
  EXPECT_FALSE(admitted(kListener)->person.hears_solo);
  say(kAnna, {{"type", "role"}, {"role", "listener"}});
  live(50 * kMs);
  EXPECT_EQ(room_.state().solo_bucket, 0);
}

TEST_F(RoomConsole, LevelsGoToThoseWhoHaveTheConsoleOpen) {
  const std::vector<LevelReport> reports = {{102, -3, -20, -14, -60, 1}, {999, 0, 0, 0, {}, 0}};
  room_.measured(102, {.loop_ms = 180, .late_percent = 2.5, .blocks = 100}, now_);
  effects_.clear();
  room_.levels(reports, effects_);
  EXPECT_TRUE(effects_.empty()) << "nobody watches";
  EXPECT_EQ(room_.state().watched, 0u);
  console(true);
  EXPECT_EQ(room_.state().watched, 1u);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  effects_.clear();
  room_.levels(reports, effects_);
  ASSERT_EQ(effects_.size(), 1u);
  EXPECT_EQ(to_session(101, "levels")[0]["people"], json::parse(R"([["2", -3.0, -20.0, -14.0, -60.0, 1, 180.0, 2.5]])"));
  console(false);
  EXPECT_EQ(room_.state().watched, 0u);
  console(true);
  lose(kOrganiser);
  live(50 * kMs);
  EXPECT_EQ(room_.state().watched, 0u) << "her connection is gone";
}

TEST_F(RoomConsole, InHowManySongsOfTheEveningSomebodyWasLateIsToldAfterEach) {
  ASSERT_EQ(console(true), "");
  ASSERT_EQ(say(kAnna, "lead"), "");
  const auto sing = [&](double anna, double berta) {
    ASSERT_EQ(say(kAnna, "start"), "");
    live(2 * kSecond);
    for (const double share : {0.5, 1.5}) {
      room_.measured(102, {.loop_ms = 180, .late_percent = anna * share, .blocks = 100}, now_);
      room_.measured(103, {.loop_ms = 180, .late_percent = berta * share, .blocks = 100}, now_);
    }
    ASSERT_EQ(say(kAnna, {{"type", "stop"}, {"now", true}}), "");
    if (to_session(101, "console").empty()) live(3 * kSecond);
  };
  room_.measured(102, {.loop_ms = 180, .late_percent = 50, .blocks = 100}, now_);  // between songs
  sing(0.5, 2.5);
  ASSERT_EQ(to_session(101, "console").size(), 1U);
  EXPECT_EQ(to_session(101, "console")[0]["late"], json({{"3", {1, 1}}}));
  sing(4, 1);
  EXPECT_EQ(to_session(101, "console").back()["late"], json({{"2", {1, 2}}, {"3", {1, 2}}}));
}

TEST_F(RoomConsole, WhoLosesHerOfficeSeesTheLevelsNoMore) {
  say(kOrganiser, {{"type", "appoint"}, {"person", "2"}, {"engineer", true}});
  EXPECT_EQ(say(kAnna, {{"type", "console"}, {"open", true}}), "");
  say(kOrganiser, {{"type", "appoint"}, {"person", "2"}, {"engineer", false}});
  live(50 * kMs);
  EXPECT_EQ(room_.state().watched, 0u);
}

TEST_F(RoomConsole, ARestartOfTheConductorLosesNeitherSoloNorWatchers) {
  solo(kAnna, true);
  console(true);
  listen(kListener, "solo");
  say(kAnna, "lead");
  say(kAnna, "start");
  const RoomState before = room_.state();
  std::vector<Person> people;
  for (const auto& [id, person] : room_.people().all()) people.push_back(person);
  rebuild({});
  room_.adopt(before, now_);
  for (Person person : people) {
    person.soloed = person.hears_solo = person.watches = false;
    room_.restore(person, now_);
  }
  effects_.clear();
  for (const Person& person : people) room_.attach(*person.session, person, now_, effects_);
  live(50 * kMs);
  const RoomState after = room_.state();
  EXPECT_EQ(std::memcmp(&before, &after, sizeof before), 0);
  EXPECT_TRUE(all<effect::Publish>().empty());
}

}  // namespace
}  // namespace roundelay::room_console_test
