#include "server/http/live_resource.h"

#include <gtest/gtest.h>

#include "server/wire/link/live.h"
#include "tests/server/http/http_house.h"

namespace roundelay::live_resource_test {
namespace {

using LiveResource = HttpHouse;
const nlohmann::json kPlace = link::LivePlace{.row = 3, .generation = 9, .link = 5}.to_json();

std::span<const uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

TEST_F(LiveResource, APlayerGetsWhatTheRoomsStreamBringsUntilItEnds) {
  WebClient client(port());
  client.say(request("GET", "/live/secret.opus"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "live");
  EXPECT_EQ(asked.at("secret"), "secret");
  reply(asked, 200, kPlace);
  ASSERT_TRUE(loop_.run_until([&] { return live_.players.size() == 1; }));
  EXPECT_EQ(live_.joined->row, 3);
  EXPECT_EQ(live_.joined->generation, 9U);
  EXPECT_EQ(live_.joined->link, 5U);
  EXPECT_TRUE(live_.players[0]->take(bytes_of("one ")));
  EXPECT_TRUE(live_.players[0]->take(bytes_of("two")));
  live_.players[0]->end();
  EXPECT_TRUE(live_.players.empty()) << "she left";
  ASSERT_TRUE(loop_.run_until([&] { return client.ended(); }));
  const std::string all = client.heard();
  EXPECT_TRUE(all.starts_with("HTTP/1.1 200 OK\r\n")) << all;
  EXPECT_TRUE(all.ends_with("\r\n\r\none two")) << all;
  for (const char* header : {"content-type: audio/ogg\r\n", "cache-control: no-store\r\n", "connection: close\r\n"})
    EXPECT_NE(all.find(header), std::string::npos) << header << all;
  EXPECT_EQ(all.find("content-length"), std::string::npos) << all;
  EXPECT_EQ(all.find("accept-ranges"), std::string::npos) << all;
}

TEST_F(LiveResource, PlayersOfOneHouseholdCountTogether) {
  WebClient client(port());
  client.say(request("GET", "/live/secret.ogg", "X-Forwarded-For: 2001:db8:1:2::7\r\n"));
  reply(next_heard(), 200, kPlace);
  ASSERT_TRUE(loop_.run_until([&] { return live_.players.size() == 1; }));
  EXPECT_EQ(live_.address, "2001:db8:1:2::/64");
}

TEST_F(LiveResource, WhoGoesAwayLeaves) {
  auto client = std::make_unique<WebClient>(port());
  client->say(request("GET", "/live/secret.ogg"));
  reply(next_heard(), 200, kPlace);
  ASSERT_TRUE(loop_.run_until([&] { return live_.players.size() == 1; }));
  client.reset();
  ASSERT_TRUE(loop_.run_until([&] {
    for (LivePlayer* player : std::vector(live_.players)) (void)player->take(bytes_of("more"));
    return live_.players.empty();
  }));
}

TEST_F(LiveResource, WhatIsNotLiveIsNotThereAndAFullShardSaysSo) {
  EXPECT_EQ(ask("GET", "/live/secret.mp3").code(), "no_live");
  EXPECT_EQ(ask("GET", "/live/.ogg").status, 404);
  EXPECT_EQ(ask("POST", "/live/secret.ogg").status, 405);
  EXPECT_TRUE(heard_.empty()) << "nobody was asked";
  const auto answer_to = [&](int status, const nlohmann::json& body) {
    WebClient client(port());
    client.say(request("GET", "/live/secret.ogg"));
    reply(next_heard(), status, body);
    return answer_of(client);
  };
  EXPECT_EQ(answer_to(404, error_body("no_live", "No.")).status, 404);
  live_.room = LiveSource::Room::kShardIsFull;
  EXPECT_EQ(answer_to(200, kPlace).status, 503);
  live_.room = LiveSource::Room::kAddressIsFull;
  EXPECT_EQ(answer_to(200, kPlace).code(), "server_full");
  EXPECT_FALSE(live_.joined.has_value());
}

}  // namespace
}  // namespace roundelay::live_resource_test
