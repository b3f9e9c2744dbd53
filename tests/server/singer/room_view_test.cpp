#include "server/singer/room_view.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace roundelay::room_view_test {
namespace {

using nlohmann::json;

const char* const kWelcome = R"({"type":"welcome","version":1,
  "you":{"id":"7","name":"Ada","bucket":2,"role":"singer","muted":false,"leader":false,"connected":true,"robot":false},
  "token":"t","organiser":true,"room":{"id":"r1","name":"Choir"},
  "people":[{"id":"7","name":"Ada","bucket":2,"role":"singer","muted":false,"leader":false,"connected":true,"robot":false},
            {"id":"8","name":"Bo","bucket":1,"role":"listener","muted":false,"leader":true,"connected":false,"robot":true}],
  "leader":"8","song":{"number":3,"start":96000,"end":null,"track":{"id":"x","name":"x.wav","seconds":2,"channels":2},"state":"playing"},
  "settings":{"interval_blocks":50,"first_offset_blocks":0,"buckets":6,"offsets":[0,50,100,150,200,250],"automatic_gain":true,"ring_blocks":1024},
  "tracks":[{"id":"x","name":"x.wav","seconds":2,"channels":2}],"track":"x","position":1000,"mix_delay":120,"backing_gain":0.192})";

TEST(RoomView, KnowsTheRoomAfterTheWelcome) {
  RoomView view;
  ASSERT_TRUE(apply_message(view, json::parse(kWelcome)));
  EXPECT_EQ(view.me, "7");
  EXPECT_EQ(view.token, "t");
  EXPECT_EQ(view.room, "r1");
  EXPECT_TRUE(view.organiser);
  EXPECT_FALSE(view.leading());
  EXPECT_EQ(view.myself()->bucket, 2);
  EXPECT_EQ(view.people.size(), 2U);
  EXPECT_EQ(view.present(), 1);  // Bo is not connected
  EXPECT_TRUE(view.people.at("8").robot);
  EXPECT_TRUE(view.song.playing);
  EXPECT_EQ(view.song.start, 96'000);
  EXPECT_FALSE(view.song.end);
  ASSERT_TRUE(view.song.track);
  EXPECT_EQ(view.song.track->channels, 2);
  EXPECT_EQ(view.buckets, 6);
  EXPECT_EQ(view.interval_blocks, 50);
  EXPECT_EQ(view.mix_delay, 120);
  EXPECT_DOUBLE_EQ(view.backing_gain, 0.192);
}

TEST(RoomView, FollowsWhatHappens) {
  RoomView view;
  ASSERT_TRUE(apply_message(view, json::parse(kWelcome)));
  ASSERT_TRUE(apply_message(
      view,
      json::parse(
          R"({"type":"person","person":{"id":"7","name":"Ada","bucket":4,"role":"singer","muted":false,"leader":false,"connected":true,"robot":false}})")));
  EXPECT_EQ(view.myself()->bucket, 4);
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"leader","leader":"7"})")));
  EXPECT_TRUE(view.leading());
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"leader","leader":null})")));
  EXPECT_FALSE(view.leading());
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"gone","id":"8"})")));
  EXPECT_EQ(view.people.size(), 1U);
  ASSERT_TRUE(apply_message(
      view, json::parse(R"({"type":"song","song":{"number":3,"start":96000,"end":192000,"track":null,"state":"none"}})")));
  EXPECT_EQ(view.song.end, 192'000);
  EXPECT_FALSE(view.song.playing);
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"tracks","tracks":[],"track":null})")));
  EXPECT_TRUE(view.tracks.empty());
  EXPECT_EQ(view.track, "");
}

TEST(RoomView, NewsOfOneselfComesAloneOrAmongOthers) {
  EXPECT_TRUE(tells_of(json::parse(R"({"type":"person","person":{"id":"7"}})"), "7"));
  EXPECT_TRUE(tells_of(json::parse(R"({"type":"people","people":[{"id":"6"},{"id":"7"}]})"), "7"));
  EXPECT_FALSE(tells_of(json::parse(R"({"type":"people","people":[{"id":"6"},3]})"), "7"));
  EXPECT_FALSE(tells_of(json::parse(R"({"type":"gone","id":"7"})"), "7"));
  EXPECT_FALSE(tells_of(json::parse(R"({"type":"person","person":{"id":""}})"), ""));
}

TEST(RoomView, CountsListenersWhoAreNotNamed) {
  RoomView view;
  ASSERT_TRUE(apply_message(view, json::parse(kWelcome)));
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"people","gone":["99"],"people":[
    {"id":"9","name":"Cy","bucket":2,"role":"listener","muted":false,"leader":false,"connected":true,"robot":false},{"id":"10","name":"Di","bucket":3,"role":"singer","muted":false,"leader":false,"connected":true,"robot":false}]})")));
  EXPECT_EQ(view.people.size(), 4U);
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"listeners","listeners":{"count":4000,"named":false}})")));
  EXPECT_EQ(view.people.size(), 2U) << "the singers";
  EXPECT_EQ(view.present(), 4002);
  ASSERT_TRUE(apply_message(
      view,
      json::parse(
          R"({"type":"person","person":{"id":"10","name":"Di","bucket":3,"role":"listener","muted":false,"leader":false,"connected":true,"robot":false}})")));
  EXPECT_FALSE(view.people.contains("10"));
  ASSERT_TRUE(apply_message(
      view,
      json::parse(
          R"({"type":"person","person":{"id":"7","name":"Ada","bucket":3,"role":"listener","muted":false,"leader":false,"connected":true,"robot":false}})")));
  EXPECT_EQ(view.myself()->role, Role::kListener) << "oneself is always known";
  EXPECT_EQ(view.present(), 4000);
  ASSERT_TRUE(apply_message(view, json::parse(R"({"type":"listeners","listeners":{"count":1,"named":true}})")));
  ASSERT_TRUE(apply_message(
      view,
      json::parse(
          R"({"type":"people","people":[{"id":"9","name":"Cy","bucket":2,"role":"listener","muted":false,"leader":false,"connected":true,"robot":false}],"gone":[]})")));
  EXPECT_EQ(view.present(), 2);
}

TEST(RoomView, ReadsEveryGoldenMessageOfTheServerAndRefusesTheBrokenOnes) {
  std::ifstream in(GOLDEN_DIR "/control.json");
  const json vectors = json::parse(in);
  ASSERT_FALSE(vectors.empty());
  // Of the others it makes nothing, whatever they say.
  const std::set<std::string> applied = {"welcome", "person", "people",   "listeners", "gone",
                                         "leader",  "song",   "settings", "tracks"};
  for (const json& vector : vectors) {
    if (vector.at("direction") != "to_client") continue;
    const json message = json::parse(vector.at("json").get<std::string>());
    RoomView view;
    const bool broken = vector.contains("error") && applied.contains(message.at("type").get<std::string>());
    EXPECT_EQ(apply_message(view, message), !broken) << vector;
  }
}

TEST(RoomView, StaysAsItIsWhenAMessageIsBroken) {
  RoomView view;
  ASSERT_TRUE(apply_message(view, json::parse(kWelcome)));
  json broken = json::parse(kWelcome);
  broken["you"]["id"] = "9";
  broken["song"]["start"] = "soon";
  EXPECT_FALSE(apply_message(view, broken));
  EXPECT_EQ(view.me, "7");
  EXPECT_FALSE(apply_message(view, json::parse(R"({"type":"person"})")));
  EXPECT_FALSE(apply_message(view, json::parse(R"({"no":"type"})")));
  EXPECT_TRUE(apply_message(view, json::parse(R"({"type":"something new"})")));
}

}  // namespace
}  // namespace roundelay::room_view_test
