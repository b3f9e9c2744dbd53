// Other programs over HTTP: a token that was taken away is good for nothing any more, and guessing is limited.
#include <gtest/gtest.h>

#include <future>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::programs_test {
namespace {

using nlohmann::json;

std::string bearer(const std::string& token) {
  return "Authorization: Bearer " + token + "\r\n";
}

TEST(Programs, ATokenTakenAwayEndsAccessAndEventsAtOnceAndWrongOnesAreLimited) {
  const Server server(1);
  const json made = server.make_room();
  const std::string path = "/api/rooms/" + made.at("room").get<std::string>();
  RawClient organiser(server.port());
  ASSERT_EQ(organiser.enter(made.at("room"), "Organiser", {{"key", made.at("key")}}).value("type", ""), "welcome");
  organiser.send_json({{"type", "program_token"}, {"name", "Lights"}, {"id", 1}});
  const auto done = organiser.receive_type("done");
  ASSERT_TRUE(done);
  const std::string token = done->at("token");
  EXPECT_EQ(server.request("GET", path + "/state", {}, bearer(token)).status, 200);
  const HttpAnswer first = server.request("GET", path + "/events", {}, bearer(token));
  ASSERT_EQ(first.status, 200);
  const std::string last = first.body.substr(first.body.find("id: ") + 4);
  const std::string after = last.substr(0, last.find('\n'));
  // It waits for what is told next when its token is taken away: it hears of nothing.
  const auto begun = std::chrono::steady_clock::now();
  auto waiting =
      std::async(std::launch::async, [&] { return server.request("GET", path + "/events?after=" + after, {}, bearer(token)); });
  EXPECT_EQ(server.request("GET", path + "/events?after=" + after, {}, bearer("wrong")).status, 401);
  organiser.send_json({{"type", "revoke_token"}, {"program", done->at("program")}});
  organiser.send_json({{"type", "say"}, {"text", "Nothing for a program that has gone"}});
  const HttpAnswer ended = waiting.get();
  EXPECT_EQ(ended.status, 401) << ended.body;
  EXPECT_EQ(ended.body.find("Nothing for"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10)) << "not only when it would have ended anyway";
  EXPECT_EQ(server.request("GET", path + "/state", {}, bearer(token)).status, 401);
  EXPECT_EQ(server.request("POST", path + "/commands", R"({"type": "say", "text": "Hello"})", bearer(token)).status, 401);
  // Whoever guesses is stopped, whatever the room; whoever is let in meanwhile is not.
  organiser.send_json({{"type", "program_token"}, {"name", "Lights"}, {"id", 2}});
  const auto another = organiser.receive_type("done");
  ASSERT_TRUE(another);
  int refused = 0;
  HttpAnswer answer;
  for (; refused < 40 && answer.status != 429; ++refused)
    answer = server.request("GET", path + "/state", {}, bearer("guess" + std::to_string(refused)));
  EXPECT_EQ(answer.status, 429) << refused;
  EXPECT_EQ(answer.json().at("error").value("code", ""), "too_many_tries") << answer.body;
  EXPECT_EQ(server.request("GET", path + "/state", {}, bearer(another->at("token"))).status, 200);
}

}  // namespace
}  // namespace roundelay::e2e::programs_test
