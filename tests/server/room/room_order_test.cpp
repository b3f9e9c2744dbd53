// How a room is kept: who may come in, who may lead, what organisers and engineers do with others, and what people are told of
// it.
#include <algorithm>

#include "tests/server/room/room_fixture.h"

namespace roundelay::room_order_test {
namespace {

using nlohmann::json;

class RoomOrderTest : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    join(2);
    join(3);
  }
  json mute(PersonId person, bool muted, bool may_undo = false) {
    return {{"type", "mute_person"}, {"person", id_text(person)}, {"muted", muted}, {"may_undo", may_undo}};
  }
  static json about(const char* type, PersonId person, json more = json::object()) {
    json out = {{"type", type}, {"person", id_text(person)}};
    out.update(more);
    return out;
  }
  std::vector<std::string> rights(PersonId person) const { return room_.rights_of(*room_.find(person)); }
  bool may(PersonId person, const char* type) const {
    const auto all = rights(person);
    return std::find(all.begin(), all.end(), type) != all.end();
  }
};

TEST_F(RoomOrderTest, WhoIsMutedFirmlyStaysSoOverAReconnectUntilItIsUndone) {
  ASSERT_EQ(say(1, mute(2, true)), "");
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "Org switched your microphone off. Ask when you want to sing again.");
  EXPECT_EQ(to_session(102, "rights").size(), 1u) << "her page takes its button away";
  EXPECT_EQ(to_room("person").at(0)["person"]["held"], true);
  EXPECT_EQ(say(2, {{"type", "mute"}, {"muted", false}}), "not_allowed");
  lose(2);
  ASSERT_EQ(join(2), "");
  EXPECT_EQ(say(2, {{"type", "mute"}, {"muted", false}}), "not_allowed");
  EXPECT_TRUE(admitted(2) == std::nullopt || admitted(2)->person.muted);
  ASSERT_EQ(say(1, mute(2, false)), "");
  EXPECT_FALSE(room_.find(2)->muted);
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "Org switched your microphone on.");
  EXPECT_EQ(say(2, {{"type", "mute"}, {"muted", true}}), "");
}

TEST_F(RoomOrderTest, WhoIsMutedSoftlyMayUndoIt) {
  ASSERT_EQ(say(1, mute(2, true, true)), "");
  EXPECT_TRUE(room_.find(2)->muted);
  EXPECT_EQ(say(2, {{"type", "mute"}, {"muted", false}}), "");
  EXPECT_FALSE(room_.find(2)->muted);
}

TEST_F(RoomOrderTest, AMicrophoneThatItsOwnerSwitchedOffIsHersAloneToSwitchOn) {
  say(2, {{"type", "mute"}, {"muted", true}});
  EXPECT_EQ(say(1, mute(2, false)), "not_allowed");
  EXPECT_TRUE(room_.find(2)->muted);
  say(1, mute(3, true, true));
  EXPECT_EQ(say(1, mute(3, false)), "not_allowed") << "she may undo it herself";
}

TEST_F(RoomOrderTest, WhoIsHeldNeitherFreesHerselfNorLeads) {
  say(1, about("appoint", 2, {{"engineer", true}}));
  say(1, mute(2, true));
  EXPECT_EQ(say(2, mute(2, false)), "not_allowed");
  EXPECT_EQ(say(2, "lead"), "not_allowed");
  EXPECT_EQ(to_session(102, "error").at(0)["message"], "You are muted: nobody could follow you.");
  EXPECT_FALSE(may(2, "lead"));
}

TEST_F(RoomOrderTest, AnOrganiserIsNeverHeld) {
  say(1, about("appoint", 2, {{"engineer", true}}));
  ASSERT_EQ(say(2, mute(1, true)), "");
  EXPECT_EQ(say(1, {{"type", "mute"}, {"muted", false}}), "");
}

TEST_F(RoomOrderTest, WhoWasRemovedIsToldAndStaysAwayUntilSheIsReadmitted) {
  ASSERT_EQ(say(1, about("remove_person", 2)), "");
  EXPECT_EQ(to_session(102, "error").at(0)["code"], "removed");
  ASSERT_EQ(all<effect::Expel>().size(), 1u);
  EXPECT_EQ(all<effect::Expel>()[0].code, kCloseNotAdmitted);
  EXPECT_TRUE(all<effect::SavePerson>().at(0).person.removed);
  EXPECT_EQ(to_session(101, "removed").at(0)["people"], json::parse(R"([{"id": "2", "name": "P2"}])"));
  EXPECT_EQ(room_.find(2), nullptr);
  EXPECT_EQ(join(2), "removed");
  ASSERT_EQ(say(1, about("readmit", 2)), "");
  EXPECT_FALSE(all<effect::SavePerson>().at(0).person.removed);
  EXPECT_EQ(to_session(101, "removed").at(0)["people"], json::array());
  EXPECT_EQ(join(2), "");
}

TEST_F(RoomOrderTest, NeitherOneselfNorAnOrganiserIsRemoved) {
  EXPECT_EQ(say(1, about("remove_person", 1)), "not_allowed");
  say(1, about("appoint", 2, {{"organiser", true}}));
  EXPECT_EQ(say(1, about("remove_person", 2)), "not_allowed");
  EXPECT_EQ(say(1, about("remove_person", 77)), "no_person");
}

TEST_F(RoomOrderTest, TheLastOrganiserKeepsTheOffice) {
  EXPECT_EQ(say(1, about("appoint", 1, {{"organiser", false}})), "not_allowed");
  ASSERT_EQ(say(1, about("appoint", 2, {{"organiser", true}})), "");
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "Org made you an organiser.");
  EXPECT_EQ(to_session(102, "removed").size(), 1u) << "what only organisers hear of";
  EXPECT_EQ(to_session(102, "rights").at(0)["organiser"], true);
  EXPECT_EQ(say(2, about("appoint", 1, {{"organiser", false}})), "");
  EXPECT_FALSE(may(1, "room"));
}

TEST_F(RoomOrderTest, AClosedRoomLetsBackInWhomItKnows) {
  ASSERT_EQ(say(1, {{"type", "room"}, {"locked", true}}), "");
  EXPECT_EQ(to_room("room").at(0)["room"]["locked"], true);
  EXPECT_EQ(join(4), "locked");
  lose(2);
  EXPECT_EQ(join(2), "");
  Hello known = hello(5, "Known");
  known.past.emplace();
  EXPECT_EQ(join(105, known), "");
  Hello organiser = hello(6, "Co");
  organiser.has_key = true;
  EXPECT_EQ(join(106, organiser), "");
}

TEST_F(RoomOrderTest, APasswordIsAskedOfNewcomersAndOfWhoWasLetInBeforeItWasSet) {
  const Hello newcomer = hello(4, "New");
  EXPECT_FALSE(room_.needs_password(newcomer));
  ASSERT_EQ(say(1, {{"type", "password"}, {"password", "hash"}}), "");
  EXPECT_EQ(room_.rules().password_hash, "hash");
  EXPECT_EQ(to_room("room").at(0)["room"]["password"], true);
  EXPECT_FALSE(to_room("room").at(0).dump().find("hash") != std::string::npos) << "nobody is told the hash";
  EXPECT_TRUE(room_.needs_password(newcomer));
  EXPECT_FALSE(room_.needs_password(hello(2, "P2"))) << "she has a place";
  Hello before = newcomer, after = newcomer;
  before.token_issued_s = now_.position.samples / kSampleRate - 60;
  after.token_issued_s = now_.position.samples / kSampleRate + 60;
  EXPECT_TRUE(room_.needs_password(before));
  EXPECT_FALSE(room_.needs_password(after));
  Hello key = newcomer;
  key.has_key = true;
  EXPECT_FALSE(room_.needs_password(key));
  ASSERT_EQ(say(1, {{"type", "password"}, {"password", nullptr}}), "");
  EXPECT_FALSE(room_.needs_password(newcomer));
}

TEST_F(RoomOrderTest, WhereLeadersAreAppointedOthersLeadOnlyWhenNobodyWhoDecidesIsThere) {
  ASSERT_EQ(say(1, {{"type", "room"}, {"leads", "appointed"}}), "");
  EXPECT_EQ(to_session(102, "rights").size(), 1u);
  EXPECT_FALSE(may(2, "lead"));
  EXPECT_EQ(say(2, "lead"), "not_allowed");
  EXPECT_EQ(to_session(102, "error").at(0)["message"], "In this room the organiser says who may lead.");
  ASSERT_EQ(say(1, about("appoint", 2, {{"may_lead", true}})), "");
  EXPECT_EQ(say(2, "lead"), "");
  EXPECT_EQ(say(2, {{"type", "give_lead"}, {"to", "3"}}), "not_allowed");
  EXPECT_EQ(say(2, {{"type", "give_lead"}, {"to", "1"}}), "");
  // Organiser and appointed are away: the evening goes on.
  lose(1);
  lose(2);
  live(50 * kMs);
  EXPECT_TRUE(may(3, "lead"));
  EXPECT_TRUE(may(3, "stop"));
  EXPECT_EQ(to_session(103, "rights").size(), 1u) << "her page offers it";
  EXPECT_EQ(say(3, "lead"), "");
  EXPECT_EQ(room_.leader(), std::optional<PersonId>(3));
}

TEST_F(RoomOrderTest, RightsAreToldOnceAndOnlyWhenTheyChange) {
  live(200 * kMs);
  EXPECT_TRUE(to_session(102, "rights").empty());
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(to_session(102, "rights").size(), 1u);
  EXPECT_EQ(to_session(103, "rights").size(), 1u) << "she may not stop a song any more";
  live(200 * kMs);
  EXPECT_TRUE(to_session(102, "rights").empty());
  EXPECT_TRUE(to_session(103, "rights").empty());
  ASSERT_EQ(say(2, {{"type", "name"}, {"name", "Anna"}}), "");
  EXPECT_TRUE(to_session(102, "rights").empty());
}

TEST_F(RoomOrderTest, EqualNamesAreToldApart) {
  EXPECT_EQ(join(104, hello(4, "Anna")), "");
  EXPECT_EQ(join(105, hello(5, "Anna")), "");
  EXPECT_EQ(join(106, hello(6, "Anna", Role::kListener)), "");
  EXPECT_EQ(room_.find(4)->name, "Anna");
  EXPECT_EQ(room_.find(5)->name, "Anna 2");
  EXPECT_EQ(room_.find(6)->name, "Anna 3");
  EXPECT_EQ(to_session(106, "welcome").at(0)["you"]["name"], "Anna 3");
  // She comes again under the name that she gave, and keeps the one that she has.
  EXPECT_EQ(join(205, hello(5, "Anna")), "");
  EXPECT_EQ(room_.find(5)->name, "Anna 2");
  ASSERT_EQ(say(4, {{"type", "name"}, {"name", "Anna 2"}}), "");
  EXPECT_EQ(room_.find(4)->name, "Anna 2 2");
  ASSERT_EQ(say(4, {{"type", "name"}, {"name", "Berta"}}), "");
  EXPECT_EQ(join(205, hello(5, "Anna")), "");
  EXPECT_EQ(room_.find(5)->name, "Anna") << "the name is free";
}

TEST_F(RoomOrderTest, AFixedPartStandsInItsBucketAndIsNotDealt) {
  Hello alto = hello(4, "Alma");
  alto.part = "Alto";
  ASSERT_EQ(join(104, alto), "");
  ASSERT_EQ(say(1, {{"type", "room"}, {"part_buckets", {{"Alto", 5}, {"Nobody's", 3}}}}), "");
  EXPECT_EQ(room_.rules().part_buckets.size(), 1u) << "of parts that there are";
  EXPECT_EQ(bucket(4), 5) << "between songs she is moved at once";
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(bucket(4), 5);
  EXPECT_EQ(buckets(), (std::map<PersonId, int>{{1, 2}, {2, 1}, {3, 3}, {4, 5}}));
  say(2, "start");
  ASSERT_EQ(say(3, {{"type", "part"}, {"part", "Alto"}}), "");
  EXPECT_EQ(bucket(3), 3) << "nobody is moved in a song";
  Hello late = hello(5, "Lea");
  late.part = "Alto";
  ASSERT_EQ(join(105, late), "");
  EXPECT_EQ(bucket(5), 5);
  EXPECT_EQ(say(3, {{"type", "part"}, {"part", "Descant"}}), "bad_part");
  ASSERT_EQ(say(1, {{"type", "room"}, {"parts", json::array({"High"})}}), "");
  EXPECT_EQ(room_.find(5)->part, "") << "her part is there no more";
}

TEST_F(RoomOrderTest, WhoComesIntoASongIsPlacedWhenHerLoopTimeIsKnownAndTold) {
  rebuild({.interval_blocks = 20, .automatic_interval = false});  // 400 ms
  join(1);
  join(2);
  say(1, "lead");
  say(1, "start");
  join(4);
  join(5);
  EXPECT_EQ(bucket(4), 6);
  EXPECT_EQ(bucket(5), 6);
  live(1 * kSecond);
  EXPECT_EQ(bucket(4), 6) << "not before she was measured";
  room_.measured(104, {.loop_ms = 120, .late_percent = 0, .blocks = 40}, now_);
  live(50 * kMs);
  EXPECT_EQ(bucket(4), 6) << "a few blocks say little";
  room_.measured(104, {.loop_ms = 120, .late_percent = 0, .blocks = 100}, now_);
  room_.measured(105, {.loop_ms = 700, .late_percent = 0, .blocks = 100}, now_);
  live(50 * kMs);
  EXPECT_EQ(bucket(4), 3) << "the first one in which nobody sings";
  EXPECT_EQ(to_session(104, "notice").at(0)["message"], "Your connection is fast enough for group 3: you sing there.");
  EXPECT_EQ(bucket(5), 6);
  EXPECT_EQ(to_session(105, "notice").at(0)["message"], "You sing in the last group: there nobody waits for your connection.");
  room_.measured(104, {.loop_ms = 900, .late_percent = 0, .blocks = 100}, now_);
  live(50 * kMs);
  EXPECT_EQ(bucket(4), 3) << "once";
}

TEST_F(RoomOrderTest, WhoMovedHerselfIsNotPlaced) {
  say(2, "lead");
  say(2, "start");
  join(4);
  say(4, {{"type", "bucket"}, {"bucket", 4}});
  room_.measured(104, {.loop_ms = 10, .late_percent = 0, .blocks = 100}, now_);
  live(50 * kMs);
  EXPECT_EQ(bucket(4), 4);
}

TEST_F(RoomOrderTest, OpenLoudspeakersAreToldToThoseWithAnOfficeAlone) {
  ASSERT_EQ(say(1, about("appoint", 2, {{"engineer", true}})), "");
  ASSERT_EQ(say(3, {{"type", "loudspeaker"}, {"open", true}}), "");
  EXPECT_EQ(to_session(101, "loudspeakers").at(0)["people"], json::array({"3"}));
  EXPECT_EQ(to_session(102, "loudspeakers").at(0)["people"], json::array({"3"}));
  EXPECT_TRUE(to_session(103, "loudspeakers").empty());
  EXPECT_TRUE(to_room("person").empty());
  lose(3);
  EXPECT_EQ(to_session(101, "loudspeakers").at(0)["people"], json::array());
}

TEST_F(RoomOrderTest, OthersAreMovedBetweenSongsAndTold) {
  ASSERT_EQ(say(1, about("move_person", 2, {{"bucket", 6}})), "");
  EXPECT_EQ(bucket(2), 6);
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "Org moved you to group 6.");
  say(3, "lead");
  EXPECT_EQ(say(1, about("move_person", 3, {{"bucket", 6}})), "not_allowed") << "the leader's place is the first";
  EXPECT_EQ(say(1, about("move_person", 2, {{"bucket", 7}})), "bad_bucket");
}

TEST_F(RoomOrderTest, TheNextEveningIsToldAndKeptUntilItIsTakenBack) {
  const json evening = {{"begins", 1'796'670'000}, {"minutes", 90}, {"title", "Carols"}};
  for (const json& wrong : {json{{"begins", 0}, {"minutes", 90}}, json{{"begins", 1}, {"minutes", 0}},
                            json{{"begins", 1}, {"minutes", 1'441}}, json{{"minutes", 9}}, json("Monday")})
    EXPECT_EQ(say(1, {{"type", "room"}, {"meeting", wrong}}), "bad_setting") << wrong;
  ASSERT_EQ(say(1, {{"type", "room"}, {"meeting", evening}}), "");
  EXPECT_EQ(to_room("room").at(0)["room"]["meeting"], evening);
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1U);
  EXPECT_EQ(rules_from_stored(stored_rules(room_.rules()), "Choir", false).meeting, room_.rules().meeting);
  ASSERT_EQ(say(1, {{"type", "room"}, {"locked", true}}), "");
  EXPECT_EQ(to_room("room").at(0)["room"]["meeting"], evening) << "what is left out stays";
  ASSERT_EQ(say(1, {{"type", "room"}, {"meeting", nullptr}}), "");
  EXPECT_FALSE(to_room("room").at(0)["room"].contains("meeting"));
}

TEST_F(RoomOrderTest, ANewNameIsToldAndStored) {
  ASSERT_EQ(say(1, {{"type", "room"}, {"name", " Tuesday  choir "}}), "");
  EXPECT_EQ(room_.name(), "Tuesday choir");
  EXPECT_EQ(all<effect::SaveRoom>().size(), 1u);
  EXPECT_EQ(to_room("room").at(0)["room"]["name"], "Tuesday choir");
  EXPECT_EQ(say(1, {{"type", "room"}, {"name", "Tuesday choir"}}), "");
  EXPECT_TRUE(effects_.empty()) << "nothing has changed";
}

TEST(RoomRulesTest, AreReadAgainAsTheyWereStored) {
  RoomRules rules;
  rules.name = "Choir";
  rules.listed = rules.locked = rules.appointed = true;
  rules.password_hash = "hash";
  rules.password_set_s = 77;
  rules.parts = {"High", "Low"};
  rules.part_buckets = {{"Low", 4}};
  EXPECT_EQ(rules_from_stored(stored_rules(rules), "Choir", true), rules);
  RoomRules fresh;
  fresh.name = "Choir";
  EXPECT_EQ(rules_from_stored(nlohmann::json(), "Choir", false), fresh) << "rooms from before there were rules";
  EXPECT_EQ(rules_from_stored({{"parts", 7}, {"leads", "x"}}, "Choir", false), fresh);
}

TEST_F(RoomOrderTest, WithManyPeopleWhoComesInBeginsMutedButForWhoLooksAfterTheRoom) {
  EXPECT_EQ(say(1, {{"type", "room"}, {"start_muted", 4}}), "");
  EXPECT_EQ(to_room("room")[0]["room"]["start_muted"], 4);
  EXPECT_EQ(rules_from_stored(stored_rules(room_.rules()), "Choir", false).start_muted, 4);
  const int there = room_.people().connected();
  ASSERT_LT(there, 4);
  PersonId next = 50;
  for (int i = there; i < 4; ++i) {
    EXPECT_EQ(join(++next), "");
    EXPECT_FALSE(room_.find(next)->muted) << i;
    EXPECT_FALSE(to_session(100 + next, "welcome")[0].contains("started_muted"));
  }
  EXPECT_EQ(join(60), "");
  EXPECT_TRUE(room_.find(60)->muted);
  EXPECT_TRUE(admitted(60)->person.muted) << "the shard does not mix her";
  EXPECT_EQ(to_session(160, "welcome")[0]["started_muted"], true);
  EXPECT_EQ(say(60, {{"type", "mute"}, {"muted", false}}), "") << "she switches it on herself";
  lose(60);
  EXPECT_EQ(join(60), "");
  EXPECT_FALSE(room_.find(60)->muted) << "her place was kept";
  join_organiser(61);
  EXPECT_FALSE(room_.find(61)->muted);
  EXPECT_EQ(join(62, Role::kListener), "");
  EXPECT_FALSE(room_.find(62)->muted) << "who listens has nothing to switch";
  EXPECT_EQ(say(1, {{"type", "room"}, {"start_muted", nullptr}}), "");
  EXPECT_EQ(join(63), "");
  EXPECT_FALSE(room_.find(63)->muted);
}

}  // namespace
}  // namespace roundelay::room_order_test
