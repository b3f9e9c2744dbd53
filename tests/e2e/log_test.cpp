// The log of an evening with everything that may go wrong, as a collector reads it: objects of JSON with ids, and no word of what
// people are called, say or keep secret.
#include <gtest/gtest.h>

#include <csignal>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::log_test {
namespace {

using nlohmann::json;

TEST(Log, IsJsonWithIdsAndHasNoNameNoWordAndNoSecret) {
  const std::string mark = "Quittenmus";
  Server server(1, {{"log_level", "trace"}, {"log_format", "json"}});
  const json made = server.make_room({{"name", mark + " room"}});
  const std::string room = made.at("room");
  const std::string key = made.at("key");
  std::vector<std::string> secrets{mark, key};
  RawClient anna(server.port());
  const json welcome = anna.enter(room, mark + " Anna", {{"key", key}});
  ASSERT_EQ(welcome.value("type", ""), "welcome");
  secrets.push_back(welcome.at("token"));
  const auto ask = [&](json message) {
    message["id"] = 7;
    anna.send_json(message);
    ASSERT_TRUE(anna.receive_type("done")) << message;
  };
  ask({{"type", "announce"}, {"text", mark + " announced"}});
  ask({{"type", "password"}, {"password", mark + " password"}});
  // What is refused, cannot be read, or breaks a rule.
  RawClient berta(server.port());
  EXPECT_EQ(berta.enter(room, mark + " Berta", {{"password", mark + " guessed"}}).value("code", ""), "bad_password");
  anna.send_json({{"type", mark}, {"text", mark}});
  anna.send_text("{\"type\": \"" + mark);
  RawClient carla(server.port(), "https://other.example");
  EXPECT_FALSE(carla.connected());
  const std::string bearer = "Authorization: Bearer " + secrets.back() + "\r\n";
  EXPECT_EQ(server.request("POST", "/api/rooms/" + room + "/tracks?name=" + mark + ".wav", mark + " is no sound", bearer).status,
            422);
  EXPECT_EQ(server.request("GET", "/api/rooms/" + mark).status, 404);
  // Processes that die.
  const pid_t conductor = server.pids("conductor").at(0);
  kill(conductor, SIGKILL);
  kill(server.pids("shard").at(0), SIGKILL);
  ASSERT_TRUE(wait_until([&] {
    const auto again = server.pids("conductor");
    return !again.empty() && again.at(0) != conductor && server.request("GET", "/healthz").status == 200;
  }));
  server.process().signal(SIGTERM);
  EXPECT_EQ(server.process().wait(), 0);

  const std::string log = server.log();
  for (const std::string& secret : secrets) EXPECT_EQ(log.find(secret), std::string::npos) << secret << "\n" << log;
  std::istringstream lines(log);
  int count = 0;
  bool of_the_room = false;
  for (std::string line; std::getline(lines, line); ++count) {
    const json told = json::parse(line, nullptr, false);
    ASSERT_TRUE(told.is_object()) << line;
    for (const char* field : {"time_unix_ms", "level", "process", "message"}) EXPECT_TRUE(told.contains(field)) << line;
    of_the_room = of_the_room || told.value("session", "") != "" || told.value("shard", "") != "";
  }
  EXPECT_GT(count, 5);
  EXPECT_TRUE(of_the_room) << log;
}

}  // namespace
}  // namespace roundelay::e2e::log_test
