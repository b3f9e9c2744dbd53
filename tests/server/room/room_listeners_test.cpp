// Many listeners: named while they are few, counted when they are many, stored only where there is something to keep.
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_listeners_test {
namespace {

using nlohmann::json;

class RoomListeners : public RoomTest {
 protected:
  static constexpr PersonId kFirst = 1'000;
  void listen(int count) {
    for (int i = 0; i < count; ++i) ASSERT_EQ(join(kFirst + static_cast<PersonId>(i), Role::kListener), "");
  }
};

TEST_F(RoomListeners, AreNamedWhileThereAreAtMostThirty) {
  join(1);
  listen(30);
  EXPECT_EQ(to_room("person").size(), 1u);
  EXPECT_TRUE(to_room("listeners").empty());
  join(2);
  EXPECT_EQ(to_session(102, "welcome").front()["people"].size(), 32u);
  EXPECT_EQ(to_session(102, "welcome").front()["listeners"], (json{{"count", 30}, {"named", true}}));
}

TEST_F(RoomListeners, AreCountedBeyond) {
  join(1);
  listen(31);
  EXPECT_EQ(to_room("listeners").front()["listeners"], (json{{"count", 31}, {"named", false}}));
  EXPECT_TRUE(to_room("person").empty());
  const PersonId next = kFirst + 100;
  join(next, Role::kListener);
  EXPECT_TRUE(to_room("person").empty()) << "nobody is told of one more";
  const json welcome = to_session(100 + next, "welcome").front();
  EXPECT_EQ(welcome["people"].size(), 1u) << "the singer";
  EXPECT_EQ(welcome["you"]["id"], std::to_string(next));
  EXPECT_EQ(welcome["listeners"]["named"], false);
  lose(next);
  EXPECT_TRUE(to_room("person").empty());
}

TEST_F(RoomListeners, CountIsToldOnceASecondWhenItChanged) {
  listen(31);
  listen(40);
  live(900 * kMs);
  EXPECT_TRUE(to_room("listeners").empty());
  live(200 * kMs);
  ASSERT_EQ(to_room("listeners").size(), 1u);
  EXPECT_EQ(to_room("listeners").front()["listeners"]["count"], 40);
  live(5 * kSecond);
  EXPECT_TRUE(to_room("listeners").empty());
  lose(kFirst);
  live(kSecond);
  EXPECT_EQ(to_room("listeners").front()["listeners"]["count"], 39);
}

TEST_F(RoomListeners, AreNamedAgainWhenFewAreLeft) {
  join(1);
  listen(31);
  for (PersonId i = 0; i < 12; ++i) lose(kFirst + i);
  live(121 * kSecond);
  ASSERT_EQ(to_room("listeners").size(), 2u) << "fewer, then few enough";
  EXPECT_EQ(to_room("listeners").back()["listeners"], (json{{"count", 19}, {"named", true}}));
  EXPECT_EQ(to_room("person").size(), 20u) << "the others, and one who is forgotten next";
  EXPECT_EQ(to_room("gone").size(), 1u);
}

TEST_F(RoomListeners, HearOfTheirOwnChangesThemselves) {
  join(1);
  listen(40);
  EXPECT_EQ(say(kFirst, {{"type", "bucket"}, {"bucket", 5}}), "");
  EXPECT_TRUE(to_room("person").empty());
  EXPECT_EQ(to_session(100 + kFirst, "person").front()["person"]["bucket"], 5);
  EXPECT_EQ(admitted(kFirst)->person.bucket, 5);
}

TEST_F(RoomListeners, RoleChangesAreToldToAll) {
  join(1);
  listen(40);
  EXPECT_EQ(say(kFirst, {{"type", "role"}, {"role", "singer"}}), "");
  EXPECT_EQ(to_room("person").front()["person"]["role"], "singer");
  EXPECT_EQ(say(kFirst, {{"type", "role"}, {"role", "listener"}}), "");
  EXPECT_EQ(to_room("person").front()["person"]["role"], "listener");
}

TEST_F(RoomListeners, AreNotStoredUnlessThereIsSomethingToKeep) {
  listen(1);
  EXPECT_TRUE(all<effect::SavePerson>().empty());
  say(kFirst, {{"type", "name"}, {"name", "Berta"}});
  EXPECT_TRUE(all<effect::SavePerson>().empty());
  lose(kFirst);
  EXPECT_TRUE(all<effect::SavePerson>().empty());
  live(121 * kSecond);
  EXPECT_TRUE(all<effect::SavePerson>().empty());
  EXPECT_EQ(room_.find(kFirst), nullptr);

  join(2);
  say(2, {{"type", "role"}, {"role", "listener"}});
  EXPECT_EQ(all<effect::SavePerson>().size(), 1u) << "whoever is in the store is kept up there";
  Hello organiser = hello(3, "Org", Role::kListener);
  organiser.has_key = true;
  join(103, organiser);
  EXPECT_EQ(all<effect::SavePerson>().size(), 1u);
}

TEST_F(RoomListeners, ConnectionsLostAndFoundKeepTheirPlace) {
  listen(40);
  say(kFirst, {{"type", "bucket"}, {"bucket", 5}});
  lose(kFirst);
  live(10 * kSecond);
  EXPECT_EQ(join(7'000, hello(kFirst, "P", Role::kListener)), "");
  EXPECT_EQ(bucket(kFirst), 5);
}

TEST_F(RoomListeners, LongListsComeInPieces) {
  for (PersonId id = 1; id <= 250; ++id) join(id);
  join(251);
  const json welcome = to_session(351, "welcome").front();
  EXPECT_EQ(welcome["people"].size(), 100u);
  const auto rest = to_session(351, "people");
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[0]["people"].size() + rest[1]["people"].size(), 151u);
}

TEST_F(RoomListeners, TakeNoNoticeOfALeaderWhoDealsTheSingers) {
  for (PersonId id = 1; id <= 6; ++id) join(id);
  listen(40);
  say(1, "lead");
  EXPECT_EQ(admitted(kFirst), std::nullopt) << "they are in the last bucket already";
}

}  // namespace
}  // namespace roundelay::room_listeners_test
