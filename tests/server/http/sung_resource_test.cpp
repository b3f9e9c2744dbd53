#include "server/http/sung_resource.h"

#include <gtest/gtest.h>

#include "tests/server/http/http_house.h"

namespace roundelay::sung_resource_test {
namespace {

using SungResource = HttpHouse;
const std::string kSungToken = "authorization: Bearer t\r\n";

TEST_F(SungResource, TheConductorIsAskedForTheTimeThatIsWanted) {
  const nlohmann::json sung = {{"sung", nlohmann::json::array()}, {"more", false}};
  WebClient client(port());
  client.say(request("GET", "/api/rooms/abc/sung?since=1764153300000&until=1764239700000", kSungToken));
  auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "sung");
  EXPECT_EQ(asked.at("room"), "abc");
  EXPECT_EQ(asked.at("token"), "t");
  EXPECT_EQ(asked.at("since_ms"), 1'764'153'300'000);
  EXPECT_EQ(asked.at("until_ms"), 1'764'239'700'000);
  reply(asked, 200, sung);
  EXPECT_EQ(answer_of(client).json(), sung);
  client.say(request("GET", "/api/rooms/abc/sung", kSungToken));
  asked = next_heard();
  EXPECT_FALSE(asked.contains("since_ms") || asked.contains("until_ms")) << asked;
  reply(asked, 200, sung);
  EXPECT_EQ(answer_of(client).status, 200);
}

TEST_F(SungResource, WhoHasNoTokenOrNamesNoTimeIsRefusedBeforeTheConductorHearsOfIt) {
  EXPECT_EQ(ask("GET", "/api/rooms/abc/sung").status, 401);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/sung", kSungToken, "x").status, 405);
  for (const char* wrong : {"since=yesterday", "since=-1", "until=1.5", "until=9007199254740993", "since=1e3"})
    EXPECT_EQ(ask("GET", std::string("/api/rooms/abc/sung?") + wrong, kSungToken).status, 400) << wrong;
  EXPECT_TRUE(heard_.empty());
}

}  // namespace
}  // namespace roundelay::sung_resource_test
