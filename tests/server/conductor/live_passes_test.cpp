// Who may come into a room hears it as its live link lets one, without the link and for as long as that stays so.
#include "tests/server/conductor/conductor_fixture.h"

namespace roundelay::live_passes_test {
namespace {

using nlohmann::json;

class LivePass : public ConductorTest {
 protected:
  static json card(ScriptedShard& shard, const std::string& room) { return http(shard, "GET", "/api/rooms/" + room)["body"]; }
  // The path without what is around the secret.
  static json listen(ScriptedShard& shard, const std::string& path) {
    const size_t from = path.rfind('/') + 1;
    shard.say({{"op", "live"}, {"request", 9}, {"secret", path.substr(from, path.size() - from - 4)}});
    return shard.next("reply", [](const json& o) { return o["request"] == 9; });
  }
};

TEST_F(LivePass, OpensTheRoomsSoundUntilTheRoomIsLockedOrItsLinkIsClosed) {
  start();
  const auto one = shard(0);
  const Made made = make_room(*one);
  join(*one, 1, made.room, "Org", {{"key", made.key}});
  EXPECT_FALSE(card(*one, made.room).contains("live_pass"));
  one->client(1, {{"type", "open_live"}, {"id", 2}});
  const json opened = one->sent(1, "done");
  const json shown = card(*one, made.room);
  const std::string pass = shown["live_pass"];
  EXPECT_TRUE(pass.starts_with("/live/") && pass.ends_with(".ogg")) << pass;
  EXPECT_EQ(shown.dump().find(opened["link"].get<std::string>()), std::string::npos) << "the link is its organiser's";
  EXPECT_EQ(listen(*one, pass)["body"], listen(*one, opened["link"])["body"]);
  EXPECT_EQ(listen(*one, pass)["status"], 200);
  std::string other = pass;
  other[10] = other[10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(listen(*one, other)["status"], 404);
  EXPECT_EQ(http(*one, "GET", "/api/rooms/" + made.room + "#live")["status"], 404) << "it is no room";

  one->client(1, {{"type", "room"}, {"locked", true}, {"id", 3}});
  one->sent(1, "done");
  EXPECT_FALSE(card(*one, made.room).contains("live_pass"));
  EXPECT_EQ(listen(*one, pass)["status"], 404);
  one->client(1, {{"type", "room"}, {"locked", false}, {"id", 4}});
  one->sent(1, "done");
  EXPECT_EQ(listen(*one, pass)["status"], 200);
  one->client(1, {{"type", "close_live"}, {"id", 5}});
  one->sent(1, "done");
  EXPECT_EQ(listen(*one, pass)["status"], 404);
}

}  // namespace
}  // namespace roundelay::live_passes_test
