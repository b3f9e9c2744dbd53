// Who hears her part louder, and what the room keeps for it.
#include <gtest/gtest.h>

#include "server/wire/control/part.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_parts_test {
namespace {

using nlohmann::json;

constexpr PersonId kOrganiser = 1, kAnna = 2, kBerta = 3;
constexpr uint64_t kAlto = 2, kTenor = 4;  // bits, as a new room lists its parts

class RoomParts : public RoomTest {
 protected:
  RoomParts() {
    limits_.reserve_part = [this](int part, uint32_t) {
      reserved_.push_back(part);
      return has_memory_;
    };
    rebuild({});
    join_organiser(kOrganiser);
    join(kAnna);
    join(kBerta);
    say(kAnna, {{"type", "part"}, {"part", "Alto"}});
    say(kBerta, {{"type", "part"}, {"part", "Tenor"}});
  }
  std::string hear_part(PersonId person, bool on) { return say(person, {{"type", "hear_part"}, {"on", on}}); }
  void start() {
    say(kAnna, "lead");
    EXPECT_EQ(say(kAnna, "start"), "");
  }

  std::vector<int> reserved_;
  bool has_memory_ = true;
};

TEST_F(RoomParts, APartHasItsLaneWhileSomebodyWhoIsThereWantsItInASong) {
  EXPECT_EQ(hear_part(kOrganiser, true), "bad_part") << "she has none";
  EXPECT_EQ(hear_part(kAnna, true), "");
  EXPECT_TRUE(admitted(kAnna)->person.hears_part);
  EXPECT_EQ(admitted(kAnna)->part_lane, 1);
  EXPECT_EQ(room_.state().part_lanes, 0u) << "between songs nothing has memory";
  EXPECT_TRUE(reserved_.empty());
  start();
  EXPECT_EQ(room_.state().part_lanes, kAlto);
  EXPECT_EQ(hear_part(kBerta, true), "");
  EXPECT_EQ(all<effect::Publish>().size(), 1u);
  EXPECT_EQ(room_.state().part_lanes, kAlto | kTenor);
  EXPECT_EQ(hear_part(kBerta, false), "");
  EXPECT_EQ(room_.state().part_lanes, kAlto);
  EXPECT_EQ(hear_part(kBerta, true), "");
  EXPECT_EQ(reserved_, (std::vector<int>{1, 2})) << "the memory was there";
  lose(kBerta);
  live(kSecond);
  EXPECT_EQ(room_.state().part_lanes, kAlto);
  EXPECT_EQ(join(kBerta), "");
  live(kSecond);
  EXPECT_EQ(room_.state().part_lanes, kAlto) << "her client asks again, or does not";
  say(kAnna, {{"type", "part"}, {"part", "Bass"}});
  EXPECT_EQ(admitted(kAnna)->part_lane, 3);
  live(kSecond);
  EXPECT_EQ(room_.state().part_lanes, 8u) << "another part is followed";
  say(kAnna, {{"type", "stop"}, {"now", true}});
  live(60 * kSecond);
  EXPECT_EQ(room_.state().part_lanes, 0u);
}

TEST_F(RoomParts, WhereNoMemoryIsLeftTheSongGoesOnAndThePartIsNotHeardLouder) {
  has_memory_ = false;
  hear_part(kAnna, true);
  start();
  live(5 * kSecond);
  EXPECT_EQ(room_.state().part_lanes, 0u);
  EXPECT_EQ(reserved_.size(), 1u) << "it is asked for once in a song";
}

TEST_F(RoomParts, ARoomWithOtherPartsTellsTheShardsWhereEachStands) {
  hear_part(kAnna, true);
  start();
  EXPECT_EQ(say(kOrganiser, {{"type", "room"}, {"parts", {"Alto", "Tenor"}}}), "");
  EXPECT_EQ(admitted(kAnna)->part_lane, 0);
  EXPECT_EQ(admitted(kBerta)->part_lane, 1);
  live(kSecond);
  EXPECT_EQ(room_.state().part_lanes, 1u);
}

}  // namespace
}  // namespace roundelay::room_parts_test
