// The chat over real sockets: to everybody at once, to those who come later, over a conductor that is killed; and no word of it
// in a log.
#include <gtest/gtest.h>

#include <csignal>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::chat_test {
namespace {

using nlohmann::json;

TEST(Chat, OutlivesTheConductorIsToldToThoseWhoComeLaterAndStandsInNoLog) {
  const std::string secret = "Xylophon-8471", name = "<script>alert(8471)</script>";
  Server server(1);
  const json made = server.make_room();
  RawClient anna(server.port());
  RawClient berta(server.port());
  ASSERT_EQ(anna.enter(made["room"], name, {{"key", made["key"]}}).value("type", ""), "welcome");
  ASSERT_EQ(berta.enter(made["room"], "Berta").value("type", ""), "welcome");
  anna.send_json({{"type", "announce"}, {"text", secret + " first"}});
  berta.send_json({{"type", "say"}, {"text", secret + " second"}});
  for (RawClient* client : {&anna, &berta}) {
    const auto first = client->receive_type("said");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->at("line").at("name"), name) << "as it is: whoever shows it shows text";
    EXPECT_TRUE(first->at("line").value("announcement", false));
    ASSERT_TRUE(client->receive_type("said"));
  }
  // What is refused is no reason to log it either.
  berta.send_json({{"type", "announce"}, {"text", secret}, {"id", 7}});
  EXPECT_EQ(berta.receive_type("error").value_or(json()).value("code", ""), "not_allowed");

  kill(server.pids("conductor").at(0), SIGKILL);
  RawClient carla(server.port());
  ASSERT_EQ(carla.enter(made["room"], "Carla").value("type", ""), "welcome");
  const auto history = carla.receive_type("chat_history");
  ASSERT_TRUE(history);
  ASSERT_EQ(history->at("lines").size(), 2u);
  EXPECT_EQ(history->at("lines")[1].at("text"), secret + " second");

  anna.send_json({{"type", "unsay"}, {"line", history->at("lines")[1].at("id")}});
  const auto unsaid = carla.receive_type("unsaid");
  ASSERT_TRUE(unsaid);
  EXPECT_EQ(unsaid->at("line"), history->at("lines")[1].at("id"));
  EXPECT_EQ(server.log().find("8471"), std::string::npos) << server.log();
}

}  // namespace
}  // namespace roundelay::e2e::chat_test
