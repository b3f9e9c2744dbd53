// The words of songs through the control link, the store and a restart.
#include "server/room/commands.h"
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::words_api_test {
namespace {

using nlohmann::json;

class WordsOfSongs : public ConductorTest {
 protected:
  static json ask(ScriptedShard& shard, const std::string& room, const json& token, const std::string& wish, json more = {}) {
    json message = {{"op", "words"}, {"request", 9}, {"room", room}, {"token", token}, {"address", "127.0.0.1"}, {"wish", wish}};
    if (!more.is_null()) message.update(more);
    shard.say(message);
    return shard.next("reply", [](const json& o) { return o["request"] == 9; });
  }
};

TEST_F(WordsOfSongs, AreKeptAndCorrectedByLeaderAndOrganiserAndReadByEverybodyInTheRoom) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  const json organiser = join(*one, 1, made.room, "Org", {{"key", made.key}})["token"];
  const json singer = join(*one, 2, made.room, "Anna")["token"];
  const json lrc = {{"text", "[ti:Evening]\n[00:01.00]One\n[00:02.00]Two\nThree"}};
  EXPECT_EQ(ask(*one, made.room, singer, "add", lrc)["body"]["error"]["sentence"], kWordsAreTheirs);
  EXPECT_EQ(ask(*one, made.room, "nobody's", "show", {{"sheet", "x"}})["status"], 401);
  const json added = ask(*one, made.room, organiser, "add", lrc);
  ASSERT_EQ(added["status"], 201) << added;
  const std::string id = added["body"]["sheet"]["id"];
  EXPECT_EQ(added["body"]["sheet"],
            (json{{"id", id}, {"title", "Evening"}, {"format", "lrc"}, {"lines", 3}, {"timed", 2}, {"version", 1}}));
  EXPECT_EQ(ask(*one, made.room, organiser, "add", {{"text", "[G]x [C"}})["body"]["error"],
            (json{{"code", "bad_words"},
                  {"message", "Line 1: the [ before the chord has no ] behind it."},
                  {"sentence", "chord_is_not_closed"},
                  {"values", {{"line", 1}}}}));

  const json times = {{"sheet", id}, {"body", {{"version", 1}, {"times", {1'500, nullptr, 4'000}}}}};
  EXPECT_EQ(ask(*one, made.room, organiser, "set_times", times)["body"]["sheet"]["version"], 2);
  EXPECT_EQ(ask(*one, made.room, organiser, "set_times", times)["status"], 409) << "of a version that is not there any more";
  EXPECT_EQ(ask(*one, made.room, organiser, "set_times",
                {{"sheet", id}, {"body", {{"version", 2}, {"times", {5, nullptr, 4}}}}})["status"],
            422);
  const json edited = ask(*one, made.room, organiser, "replace",
                          {{"sheet", id}, {"text", "[ti:Other]\n[00:01.00]One\nNew\n[00:09.00]Two\nThree"}});
  EXPECT_EQ(edited["body"]["sheet"]["title"], "Evening") << "it has its title";

  one.reset();
  stop();
  start();
  const auto other = shard(0);
  const json welcome = join(*other, 3, made.room, "Anna", {{"token", singer}});
  EXPECT_EQ(welcome["plan"]["words"], id);
  EXPECT_EQ(welcome["sheets"][0], edited["body"]["sheet"]);
  const json shown = ask(*other, made.room, singer, "show", {{"sheet", id}})["body"];
  EXPECT_EQ(shown["lines"], json::parse(R"([{"text": "One", "at_ms": 1500}, {"text": "New"}, {"text": "Two", "at_ms": 9000},
                                            {"text": "Three"}])"))
      << "a line keeps its time unless the text says another one, or it would come before a line above it";
  EXPECT_EQ(ask(*other, made.room, singer, "show_text", {{"sheet", id}})["body"]["text"],
            "[ti:Other]\n[00:01.00]One\nNew\n[00:09.00]Two\nThree");
}

TEST_F(WordsOfSongs, AreBroughtByAnotherProgramThatKeepsTheRoomUntilItsTokenIsTakenAway) {
  start();
  auto one = shard(0);
  const Made made = make_room(*one);
  (void)join(*one, 1, made.room, "Org", {{"key", made.key}});
  one->client(1, {{"type", "program_token"}, {"name", "Ritual"}, {"id", 1}});
  const json done = one->sent(1, "done");
  const json token = done["token"];
  const json added = ask(*one, made.room, token, "add", {{"title", "Evening"}, {"text", "One\nTwo"}});
  ASSERT_EQ(added["status"], 201) << added;
  const json sheet = {{"sheet", added["body"]["sheet"]["id"]}};
  EXPECT_EQ(ask(*one, made.room, token, "show_text", sheet)["body"]["text"], "One\nTwo");
  const Made other = make_room(*one);
  (void)join(*one, 2, other.room, "Another", {{"key", other.key}});
  EXPECT_EQ(ask(*one, other.room, token, "add", {{"text", "One"}})["status"], 401) << "it keeps one room";
  one->client(1, {{"type", "revoke_token"}, {"program", done["program"]}, {"id", 2}});
  (void)one->sent(1, "done");
  EXPECT_EQ(ask(*one, made.room, token, "show_text", sheet)["status"], 401);
}

}  // namespace
}  // namespace roundelay::words_api_test
