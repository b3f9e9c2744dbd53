#include "server/http/score_resource.h"

#include <gtest/gtest.h>

#include "server/wire/link/score_page.h"
#include "tests/server/http/http_house.h"

namespace roundelay::score_resource_test {
namespace {

using ScoreResource = HttpHouse;

TEST_F(ScoreResource, APageIsSentFromItsPlaceInTheBlobAndNotTwice) {
  const std::string file = folder_.write("blob", "first second third");
  const auto place = link::PagePlace{file, 6, 6, "ab-1"}.to_json();
  WebClient client(port());
  client.say(request("GET", "/api/rooms/abc/scores/s/1", kHerToken));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "score_page");
  EXPECT_EQ(asked.at("room"), "abc");
  EXPECT_EQ(asked.at("token"), "t");
  EXPECT_EQ(asked.at("score"), "s");
  EXPECT_EQ(asked.at("page"), 1);
  reply(asked, 200, place);
  const HttpAnswer page = answer_of(client);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.body, "second");
  for (const char* header : {"content-type: image/webp\r\n", "etag: \"ab-1\"\r\n", "vary: authorization"})
    EXPECT_NE(page.head.find(header), std::string::npos) << header << page.head;
  WebClient again(port());
  again.say(request("GET", "/api/rooms/abc/scores/s/1", kHerToken + "if-none-match: \"ab-1\"\r\n"));
  reply(next_heard(), 200, place);
  const HttpAnswer same = answer_of(again, true);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
}

TEST_F(ScoreResource, WhatIsNotThereOrNotOnesOwnIsRefused) {
  EXPECT_EQ(ask("GET", "/api/rooms/abc/scores/s/1").status, 401);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/scores/s/1", kHerToken, "x").status, 405);
  EXPECT_TRUE(heard_.empty());
  WebClient client(port());
  client.say(request("GET", "/api/rooms/abc/scores/s/one", kHerToken));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("page"), -1) << "the conductor refuses it";
  reply(asked, 200, link::PagePlace{folder_.path() + "/none", 0, 6, "ab-1"}.to_json());
  EXPECT_EQ(answer_of(client).code(), "no_score") << "deleted a moment ago";
}

}  // namespace
}  // namespace roundelay::score_resource_test
