// A database that cannot be read: nobody is told that her room is not there, and no room is given up.
#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::unreadable_store_test {
namespace {

using nlohmann::json;

class UnreadableStoreTest : public ConductorTest {
 protected:
  // Everything behind the page of the schema.
  void garble_database() {
    std::fstream file(config_.database(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(60'000, 'x');
  }
};

TEST_F(UnreadableStoreTest, ANewcomerIsAskedToComeAgainAndNotTurnedAway) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  one.reset();
  stop();
  garble_database();
  start();
  one = shard(0);
  const json shown = http(*one, "GET", "/api/rooms/" + made.room);
  EXPECT_EQ(shown["status"], 503) << shown;
  one->client(1, hello(made.room, "Anna"));
  const json error = one->sent(1, "error");
  EXPECT_EQ(error["code"], "busy") << error;
  const json expelled = one->next("expel", [](const json&) { return true; });
  EXPECT_EQ(expelled["code"], 1001) << "her client comes back by itself";
  EXPECT_EQ(segment_->conductor().store_failing.load(), 1U);
  one.reset();
  stop();
}

TEST_F(UnreadableStoreTest, ANewConductorGivesUpNoRoomThatIsInUse) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json welcome = join(*one, 1, made.room, "Anna");
  const uint32_t generation = only_room().generation;
  one.reset();
  stop();
  garble_database();
  EXPECT_THROW(start(), std::runtime_error);
  EXPECT_EQ(only_room().generation, generation) << "its song goes on";
}

}  // namespace
}  // namespace roundelay::unreadable_store_test
