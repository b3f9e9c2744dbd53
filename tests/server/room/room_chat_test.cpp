// What is said in writing: who hears it, what is kept, how often one may.
#include "server/wire/control/chat_history.h"
#include "tests/server/room/room_fixture.h"

namespace roundelay::room_chat_test {
namespace {

using nlohmann::json;

json words(const std::string& text) {
  return {{"type", "say"}, {"text", text}};
}
json announcement(const std::string& text) {
  return {{"type", "announce"}, {"text", text}};
}

class RoomChatTest : public RoomTest {
 protected:
  void SetUp() override {
    join_organiser(1);
    join(2);
  }
  std::vector<std::string> history(PersonId person) {
    join(person);
    std::vector<std::string> out;
    for (const json& piece : to_session(100 + person, "chat_history")) {
      EXPECT_LE(piece["lines"].size(), control::ChatHistory::kMost);
      for (const json& line : piece["lines"]) out.push_back(line["text"]);
    }
    return out;
  }
};

TEST_F(RoomChatTest, ALineIsToldToAllInOneMessageAndToThoseWhoComeLater) {
  ASSERT_EQ(say(2, words("  Zoe\u0308 \r\n\r\n\r\n<b>sings</b>\u202E ")), "");
  ASSERT_EQ(to_room("said").size(), 1u);
  const json line = to_room("said").at(0)["line"];
  EXPECT_EQ(line["text"], "Zo\u00EB\n\n<b>sings</b>");
  EXPECT_EQ(line["person"], "2");
  EXPECT_EQ(line["name"], "P2");
  EXPECT_EQ(line["at"], now_.position.samples / 48);
  EXPECT_FALSE(line.contains("announcement"));
  EXPECT_EQ(all<effect::SaveLine>().at(0).line.text, line["text"]);
  EXPECT_EQ(history(3), (std::vector<std::string>{line["text"]}));
}

TEST_F(RoomChatTest, AnnouncementsAreOfThoseWhoLookAfterTheRoomAndOfTheLeader) {
  EXPECT_EQ(say(2, announcement("Tea is ready")), "not_allowed");
  ASSERT_EQ(say(1, announcement("Tea is ready")), "");
  EXPECT_EQ(to_room("said").at(0)["line"]["announcement"], true);
  ASSERT_EQ(say(2, "lead"), "");
  EXPECT_EQ(say(2, announcement("From the beginning")), "");
}

TEST_F(RoomChatTest, WhoIsTooQuickWaitsWithASentenceAndOthersDoNot) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(say(2, words("quick")), "");
  EXPECT_EQ(say(2, words("quick")), "too_much_said");
  EXPECT_TRUE(to_room("said").empty());
  EXPECT_EQ(say(1, words("slow")), "");
  pass(kSecond);
  EXPECT_EQ(say(2, words("quick")), "");
  EXPECT_EQ(say(2, words("quick")), "too_much_said");
}

TEST_F(RoomChatTest, ACrowdThatWritesAtOnceIsHeldBackAndAnnouncementsAreNot) {
  int said = 0;
  for (PersonId person = 10; person < 60; ++person) {
    join(person);
    if (say(person, words("me too")) == "") ++said;
  }
  EXPECT_EQ(said, 30);
  EXPECT_EQ(say(1, announcement("One after the other")), "");
}

TEST_F(RoomChatTest, TheOrganiserTakesALineAwayForAllAndForThoseWhoComeLater) {
  say(2, words("oh no"));
  const std::string id = to_room("said").at(0)["line"]["id"];
  const json unsay = {{"type", "unsay"}, {"line", id}};
  EXPECT_EQ(say(2, unsay), "not_allowed");
  ASSERT_EQ(say(1, unsay), "");
  EXPECT_EQ(to_room("unsaid").at(0)["line"], id);
  EXPECT_EQ(id_text(all<effect::DropLine>().at(0).id), id);
  EXPECT_EQ(say(1, unsay), "") << "somebody else was quicker";
  EXPECT_TRUE(to_room("unsaid").empty());
  EXPECT_TRUE(history(3).empty());
}

TEST_F(RoomChatTest, AChatThatIsSwitchedOffTakesAnnouncementsAlone) {
  ASSERT_EQ(say(1, {{"type", "room"}, {"chat", false}}), "");
  EXPECT_EQ(to_room("room").at(0)["room"]["chat"], false);
  EXPECT_EQ(to_room("notice").at(0)["message"], "Org switched the chat off.");
  EXPECT_EQ(say(1, words("hello")), "chat_off");
  EXPECT_EQ(say(1, announcement("The chat is off")), "");
  ASSERT_EQ(say(1, {{"type", "room"}, {"chat", true}}), "");
  EXPECT_EQ(say(2, words("hello")), "");
}

TEST_F(RoomChatTest, TheLastTwoHundredLinesAreKeptAndTheLastAnnouncementsBesides) {
  for (int i = 0; i < 7; ++i) {
    pass(kSecond);
    say(1, announcement("A" + std::to_string(i)));
  }
  int dropped = 0;
  for (int i = 0; i < 250; ++i) {
    pass(kSecond);
    ASSERT_EQ(say(2, words(std::to_string(i))), "");
    dropped += static_cast<int>(all<effect::DropLine>().size());
  }
  EXPECT_EQ(dropped, 57);
  const auto kept = history(3);
  ASSERT_EQ(kept.size(), 200u);
  EXPECT_EQ(kept.at(0), "A2");
  EXPECT_EQ(kept.at(4), "A6");
  EXPECT_EQ(kept.at(5), "55");
  EXPECT_EQ(kept.back(), "249");
}

TEST_F(RoomChatTest, LongLinesPushOutMoreOfThoseBefore) {
  for (int i = 0; i < 40; ++i) {
    pass(kSecond);
    ASSERT_EQ(say(2, words(std::string(2'000, 'a'))), "");
  }
  const auto kept = history(3);
  EXPECT_EQ(kept.size(), 32u);
}

TEST_F(RoomChatTest, IsTakenOnAfterARestartWithIdsThatNoLineHad) {
  std::vector<ChatLine> before;
  for (uint64_t id = 1; id <= 3; ++id) before.push_back({id << 50, 9, "Old", std::to_string(id), 5, false});
  room_.keep_chat(before);
  EXPECT_EQ(history(3), (std::vector<std::string>{"1", "2", "3"}));
  say(2, words("4"));
  EXPECT_EQ(to_room("said").at(0)["line"]["id"], id_text((uint64_t{3} << 50) + 1));
}

}  // namespace
}  // namespace roundelay::room_chat_test
