// Coming, going, being lost, coming again.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_people_test {
namespace {

using nlohmann::json;

class RoomPeople : public RoomTest {};

TEST_F(RoomPeople, NewcomerIsAdmittedStoredWelcomedAndShown) {
  ASSERT_EQ(join(1), "");
  ASSERT_EQ(effects_.size(), 4u);
  EXPECT_TRUE(std::holds_alternative<effect::Admit>(effects_[0]));
  EXPECT_TRUE(std::holds_alternative<effect::SavePerson>(effects_[1]));
  EXPECT_TRUE(std::holds_alternative<effect::ToSession>(effects_[2]));
  EXPECT_TRUE(std::holds_alternative<effect::ToRoom>(effects_[3]));
  const json welcome = to_session(101, "welcome").front();
  EXPECT_EQ(welcome["version"], 1);
  EXPECT_EQ(welcome["token"], "token-P1");
  EXPECT_EQ(welcome["organiser"], false);
  EXPECT_EQ(welcome["room"]["id"], "abcdefghij");
  EXPECT_EQ(welcome["room"]["name"], "Choir");
  EXPECT_EQ(welcome["you"], (json{{"id", "1"},
                                  {"name", "P1"},
                                  {"bucket", 2},
                                  {"role", "singer"},
                                  {"muted", false},
                                  {"leader", false},
                                  {"connected", true},
                                  {"robot", false}}));
  EXPECT_EQ(welcome["people"], json::array({welcome["you"]}));
  EXPECT_EQ(welcome["listeners"], (json{{"count", 0}, {"named", true}}));
  EXPECT_EQ(welcome["leader"], nullptr);
  EXPECT_EQ(welcome["song"], plain_song(0, 0, "none"));
  EXPECT_EQ(welcome["settings"]["offsets"], json({0, 50, 100, 150, 200, 250}));
  EXPECT_EQ(welcome["tracks"], json::array());
  EXPECT_EQ(welcome["track"], nullptr);
  EXPECT_EQ(welcome["position"], now_.position.samples);
  EXPECT_EQ(welcome["mix_delay"], 120);
  EXPECT_EQ(welcome["backing_gain"], 0.192);
  EXPECT_EQ(to_room("person").front()["person"], welcome["you"]);
}

TEST_F(RoomPeople, SingersWhoComeFillTheBucketsBehindTheLeaders) {
  for (PersonId id = 1; id <= 7; ++id) join(id);
  EXPECT_EQ(buckets(), (std::map<PersonId, int>{{1, 2}, {2, 3}, {3, 4}, {4, 5}, {5, 6}, {6, 6}, {7, 5}}));
}

TEST_F(RoomPeople, ListenersGoToTheLastPosition) {
  join(1, Role::kListener);
  EXPECT_EQ(bucket(1), 3);
  join(2);
  join(3);
  join(4, Role::kListener);
  EXPECT_EQ(bucket(4), 4);
  EXPECT_EQ(bucket(1), 3) << "nobody else is moved";
}

TEST_F(RoomPeople, AskedBucketIsGivenIfItExists) {
  Hello wish = hello(1, "Anna");
  wish.bucket = 5;
  EXPECT_EQ(join(101, wish), "");
  EXPECT_EQ(bucket(1), 5);
  wish.person = 2;
  wish.bucket = 7;
  EXPECT_EQ(join(102, wish), "bad_bucket");
  EXPECT_EQ(room_.find(2), nullptr);
}

TEST_F(RoomPeople, LateSingerDoesNotMoveAnybodyDuringASong) {
  for (PersonId id = 1; id <= 3; ++id) join(id);
  say(1, "lead");
  say(1, "start");
  const auto before = buckets();
  join(4);
  EXPECT_EQ(bucket(4), 6) << "she waits where she disturbs nobody";
  auto after = buckets();
  after.erase(4);
  EXPECT_EQ(after, before);
  EXPECT_EQ(to_session(104, "welcome").front()["song"]["state"], "playing");
  EXPECT_EQ(to_session(104, "welcome").front()["leader"], "1");
}

TEST_F(RoomPeople, LostPersonKeepsHerPlaceAndIsShownAsLost) {
  join(1);
  join(2);
  lose(1);
  EXPECT_EQ(to_room("person").front()["person"]["connected"], false);
  EXPECT_EQ(room_.people().connected(), 1);
  ASSERT_EQ(all<effect::SavePerson>().size(), 1u);
  EXPECT_TRUE(all<effect::SavePerson>()[0].present);
  join(3);
  EXPECT_EQ(bucket(3), 4) << "buckets 2 and 3 are taken";
}

TEST_F(RoomPeople, ResumeGivesBackPlaceRoleMuteAndRights) {
  join_organiser(1);
  say(1, {{"type", "bucket"}, {"bucket", 5}});
  say(1, {{"type", "mute"}, {"muted", true}});
  say(1, {{"type", "role"}, {"role", "listener"}});
  lose(1);
  live(100 * kSecond);
  Hello again = hello(1, "Anna the second");
  again.bucket = 2;
  ASSERT_EQ(join(201, again), "");
  const Person& person = *room_.find(1);
  EXPECT_EQ(person.bucket, 5);
  EXPECT_EQ(person.role, Role::kListener);
  EXPECT_TRUE(person.muted);
  EXPECT_TRUE(person.organiser);
  EXPECT_EQ(person.name, "Anna the second");
  EXPECT_EQ(to_session(201, "welcome").front()["organiser"], true);
  EXPECT_EQ(admitted(1)->person.bucket, 5);
}

TEST_F(RoomPeople, SecondConnectionOfTheSamePersonClosesTheFirst) {
  join(1);
  ASSERT_EQ(join(201, hello(1, "P1")), "");
  const auto* expelled = std::get_if<effect::Expel>(&effects_.front());
  ASSERT_NE(expelled, nullptr);
  EXPECT_EQ(expelled->session, 101u);
  EXPECT_EQ(expelled->code, 4001);
  EXPECT_EQ(room_.people().connected(), 1);
  lose(1);  // what comes of the old socket does not touch the new one
  EXPECT_TRUE(room_.find(1)->connected());
  EXPECT_EQ(room_.find_session(201)->id, 1u);
}

TEST_F(RoomPeople, ForgottenAfterTheirTime) {
  join(1);
  join(2);
  lose(1);
  live(119 * kSecond);
  EXPECT_NE(room_.find(1), nullptr);
  EXPECT_TRUE(to_room("gone").empty());
  live(1 * kSecond);
  EXPECT_EQ(room_.find(1), nullptr);
  EXPECT_EQ(to_room("gone").front()["id"], "1");
  ASSERT_EQ(all<effect::SavePerson>().size(), 1u);
  EXPECT_FALSE(all<effect::SavePerson>()[0].present);
}

TEST_F(RoomPeople, ForgottenOrganiserIsStillOrganiserByHerToken) {
  Hello back = hello(1, "Anna");
  back.past.emplace();
  back.past->muted = true;
  back.past->organiser = true;
  ASSERT_EQ(join(101, back), "");
  EXPECT_TRUE(room_.find(1)->organiser);
  EXPECT_TRUE(room_.find(1)->muted);
}

TEST_F(RoomPeople, ForgottenLeaderLeavesTheLeadOpen) {
  join(1);
  join(2);
  say(1, "lead");
  lose(1);
  live(119 * kSecond);
  EXPECT_EQ(room_.leader(), 1u);
  live(2 * kSecond);
  EXPECT_EQ(room_.leader(), std::nullopt);
  EXPECT_EQ(to_room("leader").front()["leader"], nullptr);
  EXPECT_EQ(room_.state().has_leader, 0u);
}

TEST_F(RoomPeople, EmptySinceTheLastOneIsGone) {
  EXPECT_EQ(room_.empty_since_ns(), 1'000 * kSecond);
  join(1);
  EXPECT_EQ(room_.empty_since_ns(), std::nullopt);
  lose(1);
  EXPECT_EQ(room_.empty_since_ns(), std::nullopt);
  live(120 * kSecond);
  EXPECT_EQ(room_.empty_since_ns(), now_.ns);
}

TEST_F(RoomPeople, FullRoomRefusesNewcomersButNotThoseWhoAreIn) {
  limits_.max_singers = 2;
  limits_.max_listeners = 1;
  rebuild({});
  join(1);
  join(2);
  EXPECT_EQ(join(3), "room_full_singers");
  lose(2);
  EXPECT_EQ(join(3), "room_full_singers");
  EXPECT_EQ(join(3, Role::kListener), "") << "listeners are welcome";
  EXPECT_EQ(join(4, Role::kListener), "room_full");
  EXPECT_EQ(say(3, {{"type", "role"}, {"role", "singer"}}), "room_full_singers");
  EXPECT_EQ(join(202, hello(2, "P2")), "");
}

TEST_F(RoomPeople, RobotsAreShownButAreNeitherHumansNorOrganisers) {
  Hello robot = hello(1, "R");
  robot.robot = true;
  robot.has_key = true;
  ASSERT_EQ(join(101, robot), "");
  EXPECT_EQ(to_room("person").front()["person"]["robot"], true);
  EXPECT_FALSE(room_.find(1)->organiser);
  EXPECT_EQ(room_.people().connected_humans(), 0);
  join(2);
  EXPECT_EQ(room_.people().connected_humans(), 1);
  EXPECT_EQ(room_.people().connected_singers(), 2);
}

// --- A conductor that was started again --------------------------------------------------------------------------------

TEST_F(RoomPeople, AdoptedRoomGoesOnAsItWas) {
  join(1);
  join(2);
  say(1, {{"type", "bucket"}, {"bucket", 4}});
  say(2, "lead");
  say(2, "start");
  const RoomState before = room_.state();
  std::vector<Person> stored;
  for (const auto& [id, person] : room_.people().all()) stored.push_back(person);

  rebuild({.interval_blocks = 99, .first_offset_blocks = 0, .buckets = 2, .automatic_gain = false});
  room_.adopt(before, now_);
  for (const Person& person : stored) room_.restore(person, now_);
  effects_.clear();
  for (const Person& person : stored) room_.attach(*person.session, person, now_, effects_);
  EXPECT_TRUE(to_room("person").empty()) << "nobody notices";
  EXPECT_TRUE(all<effect::Publish>().empty());
  EXPECT_EQ(all<effect::Admit>().size(), 2u);
  const RoomState after = room_.state();
  EXPECT_EQ(std::memcmp(&before, &after, sizeof before), 0);
  EXPECT_EQ(say(2, "stop"), "");
  EXPECT_EQ(room_.song().number, 1u);
}

TEST_F(RoomPeople, WhoDidNotComeAgainIsShownAsLostWhenTheRoomSettles) {
  join(1);
  join(2);
  const RoomState before = room_.state();
  const std::vector<Person> stored{*room_.find(1), *room_.find(2)};
  rebuild({});
  room_.adopt(before, now_);
  for (const Person& person : stored) room_.restore(person, now_);
  room_.attach(101, stored[0], now_, effects_);
  effects_.clear();
  room_.settle(now_, effects_);
  ASSERT_EQ(to_room("person").size(), 1u);
  EXPECT_EQ(to_room("person")[0]["person"]["id"], "2");
  EXPECT_EQ(to_room("person")[0]["person"]["connected"], false);
  live(120 * kSecond);
  EXPECT_EQ(room_.find(2), nullptr);
  EXPECT_NE(room_.find(1), nullptr);
}

TEST_F(RoomPeople, PersonWhomOnlyTheShardKnowsIsTakenIn) {
  rebuild({});
  room_.adopt(RoomState{}, now_);
  Person facts;
  facts.id = 7;
  facts.name = "Late";
  facts.bucket = 8;
  effects_.clear();
  room_.attach(107, facts, now_, effects_);
  EXPECT_EQ(bucket(7), 6) << "the last bucket there is";
  EXPECT_EQ(all<effect::SavePerson>().size(), 1u);
  EXPECT_EQ(to_room("person").size(), 1u);
}

TEST_F(RoomPeople, LeaderWhomNobodyKnowsLeavesTheLeadOpenWhenTheRoomSettles) {
  RoomState state = room_.state();
  state.has_leader = 1;
  state.leader = 99;
  room_.adopt(state, now_);
  effects_.clear();
  room_.settle(now_, effects_);
  EXPECT_EQ(room_.leader(), std::nullopt);
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
}

}  // namespace
}  // namespace roundelay::room_people_test
