#include "server/http/words_resource.h"

#include <gtest/gtest.h>

#include "tests/server/http/http_house.h"

namespace roundelay::words_resource_test {
namespace {

using WordsResource = HttpHouse;

TEST_F(WordsResource, ATextGoesToTheConductorAsUtf8) {
  WebClient client(port());
  client.say(request("POST", "/api/rooms/abc/words?title=No%C3%ABl&format=plain", kHerToken, "No\xEBl\r\n"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "words");
  EXPECT_EQ(asked.at("wish"), "add");
  EXPECT_EQ(asked.at("room"), "abc");
  EXPECT_EQ(asked.at("token"), "t");
  EXPECT_EQ(asked.at("title"), "Noël");
  EXPECT_EQ(asked.at("format"), "plain");
  EXPECT_EQ(asked.at("text"), "Noël\n");
  reply(asked, 201, {{"sheet", {{"id", "s"}}}});
  EXPECT_EQ(answer_of(client).status, 201);
}

TEST_F(WordsResource, WhatIsNoTextOrTooLongIsRefusedBeforeTheConductorHearsOfIt) {
  EXPECT_EQ(ask("POST", "/api/rooms/abc/words", {}, "x").status, 401);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/words", kHerToken, "").code(), "bad_words");
  const HttpAnswer controls = ask("POST", "/api/rooms/abc/words/s", kHerToken, std::string("a\nb\0", 4));
  EXPECT_EQ(controls.status, 422);
  EXPECT_TRUE(controls.message().starts_with("Line 2: "));
  EXPECT_EQ(ask("POST", "/api/rooms/abc/words", kHerToken, std::string(kMostWordsBodyBytes + 1, 'x')).status, 413);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/words/s/times", kHerToken, "{").status, 400);
  EXPECT_EQ(ask("DELETE", "/api/rooms/abc/words/s").status, 405);
  EXPECT_TRUE(heard_.empty());
}

TEST_F(WordsResource, WordsThatTheClientHasAlreadyAreNotSentAgain) {
  const nlohmann::json words = {{"sheet", {{"id", "s"}, {"version", 3}}}, {"lines", nlohmann::json::array()}};
  WebClient first(port());
  first.say(request("GET", "/api/rooms/abc/words/s", kHerToken));
  auto asked = next_heard();
  EXPECT_EQ(asked.at("wish"), "show");
  EXPECT_EQ(asked.at("sheet"), "s");
  reply(asked, 200, words);
  const HttpAnswer whole = answer_of(first);
  EXPECT_EQ(whole.json(), words);
  EXPECT_NE(whole.head.find("etag: \"s-3\"\r\n"), std::string::npos) << whole.head;
  WebClient again(port());
  again.say(request("GET", "/api/rooms/abc/words/s", kHerToken + "if-none-match: \"s-3\"\r\n"));
  reply(next_heard(), 200, words);
  const HttpAnswer same = answer_of(again, true);
  EXPECT_EQ(same.status, 304);
  EXPECT_EQ(same.body, "");
}

}  // namespace
}  // namespace roundelay::words_resource_test
