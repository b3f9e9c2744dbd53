// Other programs that keep a room: their tokens, and what they may do.
#include "server/base/tokens.h"
#include "server/room/commands.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_programs_test {
namespace {

using nlohmann::json;

class RoomProgramsTest : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    join(2);
    ASSERT_EQ(say(1, {{"type", "program_token"}, {"name", "Lights"}, {kNewKeyField, "t1"}, {"id", 1}}), "");
    done_ = to_session(101, "done").at(0);
    told_ = to_session(101, "programs").at(0);
  }
  // The code of the refusal, or "".
  std::string command(const json& message) {
    effects_.clear();
    const auto answer = room_.command_of_program(*room_.rules().program_of("t1"), message, now_, effects_);
    return answer ? "" : answer.error().code;
  }
  json done_, told_;
};

TEST_F(RoomProgramsTest, ATokenIsToldOnceAndKeptAsItsHash) {
  EXPECT_EQ(done_["token"], "t1");
  EXPECT_EQ(told_["programs"][0]["name"], "Lights");
  EXPECT_FALSE(told_.dump().find("t1") != std::string::npos) << told_;
  const json stored = stored_rules(room_.rules());
  EXPECT_EQ(stored.dump().find("\"t1\""), std::string::npos);
  const RoomRules again = rules_from_stored(stored, "Choir", false);
  ASSERT_NE(again.program_of("t1"), nullptr);
  EXPECT_EQ(*again.program_of("t1"), *room_.rules().program_of("t1"));
  EXPECT_EQ(again.program_of("t2"), nullptr);
  EXPECT_EQ(again.program_of(""), nullptr);
  EXPECT_EQ(to_session(102, "programs").size(), 0u);
}

TEST_F(RoomProgramsTest, ATokenThatIsTakenAwayOpensNothing) {
  ASSERT_EQ(say(1, {{"type", "revoke_token"}, {"program", "1"}}), "");
  EXPECT_EQ(room_.rules().program_of("t1"), nullptr);
  EXPECT_EQ(say(1, {{"type", "revoke_token"}, {"program", "1"}}), "no_program");
  ASSERT_EQ(say(1, {{"type", "program_token"}, {"name", "Lights"}, {kNewKeyField, "t2"}}), "");
  EXPECT_EQ(room_.rules().programs.at(0).id, "2") << "no id is used twice";
}

TEST_F(RoomProgramsTest, TenAreEnough) {
  for (int i = 2; i <= 10; ++i)
    EXPECT_EQ(say(1, {{"type", "program_token"}, {"name", "More"}, {kNewKeyField, std::to_string(i)}}), "");
  EXPECT_EQ(say(1, {{"type", "program_token"}, {"name", "More"}, {kNewKeyField, "11"}}), "not_allowed");
}

TEST_F(RoomProgramsTest, AProgramDoesWhatAnOrganiserDoesAndStartsTheSongThatTheLeaderSings) {
  EXPECT_EQ(command({{"type", "start"}}), "no_leader");
  say(2, "lead");
  EXPECT_EQ(command({{"type", "start"}}), "");
  EXPECT_EQ(to_room("notice").at(0)["message"], "P2 started a song without a track.");
  EXPECT_EQ(command({{"type", "move_person"}, {"person", "2"}, {"bucket", 3}}), "song_lasts");
  EXPECT_EQ(command({{"type", "stop"}}), "");
  EXPECT_EQ(command({{"type", "mute_person"}, {"person", "2"}, {"muted", true}}), "");
  EXPECT_EQ(to_session(102, "notice").at(0)["message"], "Lights switched your microphone off. Ask when you want to sing again.");
  EXPECT_EQ(command({{"type", "room"}, {"locked", true}}), "");
  EXPECT_EQ(command({{"type", "announce"}, {"text", "Tea"}}), "");
  EXPECT_EQ(to_room("said").at(0)["line"]["name"], "Lights");
}

TEST_F(RoomProgramsTest, WhatConcernsOneselfAndWhatOpensTheRoomIsNoProgramsToSay) {
  for (const char* type : {"lead", "bucket", "mute", "role", "name", "leave", "part", "hand", "away", "new_key", "program_token",
                           "revoke_token", "give_lead", "keep_lead"}) {
    EXPECT_EQ(command({{"type", type}}), "not_allowed") << type;
  }
  EXPECT_EQ(command({{"type", "dance"}}), "unknown_type");
}

TEST_F(RoomProgramsTest, WhateverAProgramMaySayItSaysWithoutAPlaceInTheRoom) {
  say(2, "lead");
  for (const Command& each : Commands::all()) {
    SCOPED_TRACE(each.type);
    if (programs_may(each) && each.type != "delete_room") {
      command(
          {{"type", each.type}, {"person", "2"}, {"muted", true}, {"bucket", 3}, {"text", "a"}, {"line", "7"}, {"track", "x"}});
    }
  }
  EXPECT_EQ(room_.find(room_.rules().programs.at(0).person()), nullptr);
}

TEST_F(RoomProgramsTest, SeesTheRoomWithoutWhatConcernsOnePersonAlone) {
  const json state = room_.shown_to_programs(now_);
  EXPECT_EQ(state["people"].size(), 2u);
  EXPECT_EQ(state["room"]["name"], "Choir");
  for (const char* personal : {"you", "token", "rights", "organiser"}) EXPECT_FALSE(state.contains(personal)) << personal;
}

}  // namespace
}  // namespace roundelay::room_programs_test
