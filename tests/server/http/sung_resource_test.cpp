#include "server/http/sung_resource.h"

#include <gtest/gtest.h>

#include "tests/server/http/http_house.h"

namespace roundelay::sung_resource_test {
namespace {

using SungResource = HttpHouse;

TEST_F(SungResource, TheConductorIsAskedForTheTimeThatIsWanted) {
  const nlohmann::json sung = {{"sung", nlohmann::json::array()}, {"more", false}};
  WebClient client(port());
  auto asked = heard_of_hers(client, "GET", "/api/rooms/abc/sung?since=1764153300000&until=1764239700000");
  EXPECT_EQ(asked.at("op"), "sung");
  EXPECT_EQ(asked.at("since_ms"), 1'764'153'300'000);
  EXPECT_EQ(asked.at("until_ms"), 1'764'239'700'000);
  reply(asked, 200, sung);
  EXPECT_EQ(answer_of(client).json(), sung);
  asked = heard_of_hers(client, "GET", "/api/rooms/abc/sung");
  EXPECT_FALSE(asked.contains("since_ms") || asked.contains("until_ms")) << asked;
  reply(asked, 200, sung);
  EXPECT_EQ(answer_of(client).status, 200);
}

TEST_F(SungResource, WhoHasNoTokenOrNamesNoTimeIsRefusedBeforeTheConductorHearsOfIt) {
  EXPECT_EQ(ask("GET", "/api/rooms/abc/sung").status, 401);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/sung", kHerToken, "x").status, 405);
  for (const char* wrong : {"since=yesterday", "since=-1", "until=1.5", "until=9007199254740993", "since=1e3"})
    EXPECT_EQ(ask("GET", std::string("/api/rooms/abc/sung?") + wrong, kHerToken).status, 400) << wrong;
  EXPECT_TRUE(heard_.empty());
}

}  // namespace
}  // namespace roundelay::sung_resource_test
