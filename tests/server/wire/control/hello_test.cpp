#include "server/wire/control/hello.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace roundelay::control::hello_test {
namespace {

using nlohmann::json;

json hello() {
  return {{"type", "hello"}, {"version", 1}, {"room", "abcdefghij"}, {"name", " Anna "}, {"role", "singer"}};
}

std::string refusal_with(const char* key, const json& value) {
  json message = hello();
  message[key] = value;
  const auto said = Hello::read(message);
  return said ? "" : said.error().code;
}

TEST(Hello, IsReadWithAllItsFields) {
  json message = hello();
  message.update({{"token", "t"}, {"key", "k"}, {"bucket", 3}, {"robot", true}, {"more", {1, 2}}});
  const auto said = Hello::read(message);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->name, "Anna");
  EXPECT_EQ(said->role, Role::kSinger);
  EXPECT_EQ(said->token, "t");
  EXPECT_EQ(said->key, "k");
  EXPECT_EQ(said->bucket, 3);
  EXPECT_TRUE(said->robot);
}

TEST(Hello, OptionalFieldsMayBeMissingOrNull) {
  json message = hello();
  message.update({{"token", nullptr}, {"key", nullptr}, {"bucket", nullptr}});
  const auto said = Hello::read(message);
  ASSERT_TRUE(said);
  EXPECT_FALSE(said->token || said->key || said->bucket || said->robot);
}

TEST(Hello, EveryWrongFieldHasItsError) {
  EXPECT_EQ(refusal_with("type", "lead"), "bad_message");
  EXPECT_EQ(refusal_with("version", 2), "bad_version");
  EXPECT_EQ(refusal_with("version", nullptr), "bad_version");
  EXPECT_EQ(refusal_with("version", "1"), "bad_version");
  EXPECT_EQ(refusal_with("room", 7), "bad_message");
  EXPECT_EQ(refusal_with("name", ""), "bad_name");
  EXPECT_EQ(refusal_with("name", json::array()), "bad_name");
  EXPECT_EQ(refusal_with("name", std::string(41, 'x')), "bad_name");
  EXPECT_EQ(refusal_with("role", "boss"), "bad_message");
  EXPECT_EQ(refusal_with("token", 1), "bad_token");
  EXPECT_EQ(refusal_with("key", 1), "bad_message");
  EXPECT_EQ(refusal_with("bucket", 0), "bad_bucket");
  EXPECT_EQ(refusal_with("bucket", 9), "bad_bucket");
  EXPECT_EQ(refusal_with("bucket", 1.5), "bad_bucket");
  EXPECT_EQ(refusal_with("robot", "yes"), "bad_message");
}

TEST(Hello, OnlyWhatCannotBeMendedEndsTheConnection) {
  for (const char* code : {"bad_version", "no_room", "room_full", "server_full"}) EXPECT_TRUE(ends_the_connection({code, ""}));
  for (const char* code : {"bad_name", "bad_token", "bad_message", "bad_bucket", "not_allowed"})
    EXPECT_FALSE(ends_the_connection({code, ""}));
}

}  // namespace
}  // namespace roundelay::control::hello_test
