#include "server/room/people.h"

#include <gtest/gtest.h>

namespace roundelay::people_test {
namespace {

Person singer(PersonId id, int bucket = 2) {
  Person person;
  person.id = id;
  person.bucket = bucket;
  return person;
}
Person listener(PersonId id, int bucket = 3) {
  Person person = singer(id, bucket);
  person.role = Role::kListener;
  return person;
}

TEST(People, CountsFollowWhoComesChangesAndGoes) {
  People people;
  people.put(singer(1));
  people.put(listener(2));
  Person robot = singer(3, 4);
  robot.robot = true;
  people.put(robot);
  EXPECT_EQ(people.connected(), 0);
  EXPECT_EQ(people.last_heard_bucket(), 0);
  for (PersonId id = 1; id <= 3; ++id) EXPECT_EQ(people.connect(id, 100 + id), std::nullopt);
  EXPECT_EQ(people.connected(), 3);
  EXPECT_EQ(people.connected_singers(), 2);
  EXPECT_EQ(people.connected_listeners(), 1);
  EXPECT_EQ(people.connected_humans(), 2);
  EXPECT_EQ(people.last_heard_bucket(), 4);
  people.change(3, [](Person& person) { person.bucket = 2; });
  EXPECT_EQ(people.singers_in(2), 2);
  EXPECT_EQ(people.singers_in(4), 0);
  EXPECT_EQ(people.last_heard_bucket(), 3) << "listeners hear too";
  people.change(2, [](Person& person) { person.role = Role::kSinger; });
  EXPECT_EQ(people.listeners(), 0);
  EXPECT_EQ(people.singers(), (std::set<PersonId>{1, 2, 3}));
  people.erase(3);
  EXPECT_EQ(people.connected_singers(), 2);
  EXPECT_EQ(people.find_session(103), nullptr);
  EXPECT_EQ(people.singers_in(2), 1);
  people.change(1, [](Person& person) { person.organiser = true; });
  EXPECT_EQ(people.organisers(), std::set<PersonId>{1});
}

TEST(People, SecondConnectionTakesThePlaceOfTheFirst) {
  People people;
  people.put(singer(1));
  static_cast<void>(people.connect(1, 101));
  EXPECT_EQ(people.connect(1, 101), std::nullopt);
  EXPECT_EQ(people.connect(1, 201), 101u);
  EXPECT_EQ(people.disconnect(101, 5), nullptr);
  EXPECT_EQ(people.connected(), 1);
}

TEST(People, LostAreForgottenUnlessTheyCameAgain) {
  People people;
  for (PersonId id = 1; id <= 3; ++id) {
    people.put(singer(id));
    static_cast<void>(people.connect(id, 100 + id));
  }
  EXPECT_EQ(people.disconnect(101, 1'000)->id, 1u);
  static_cast<void>(people.disconnect(102, 2'000));
  static_cast<void>(people.connect(101 - 100, 301));
  EXPECT_EQ(people.forgotten(1'999), std::nullopt);
  EXPECT_EQ(people.forgotten(2'000), 2u);
  EXPECT_EQ(people.forgotten(2'000), 2u) << "until she is erased";
  people.erase(2);
  EXPECT_EQ(people.forgotten(1'000'000), std::nullopt);
  static_cast<void>(people.disconnect(301, 3'000));
  EXPECT_EQ(people.forgotten(3'000), 1u);
}

}  // namespace
}  // namespace roundelay::people_test
