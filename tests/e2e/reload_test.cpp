// A server whose configuration is read anew while it runs.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::reload_test {
namespace {

using nlohmann::json;

class Reload : public testing::Test {
 protected:
  // What --config holds from now on, beside what each Server has; the command line says where it listens.
  void write(json settings) const {
    settings.update({{"host", "127.0.0.1"}, {"drain_s", 0}});
    write_text(settings.dump());
  }
  void write_text(const std::string& text) const { std::ofstream(server.folder() / "config.json") << text; }
  [[nodiscard]] bool says(const std::string& words) const {
    return wait_until([&] { return server.log().find(words) != std::string::npos; });
  }
  [[nodiscard]] std::string theme() const { return server.request("GET", "/theme.css").body; }

  TemporaryFolder files;
  Server server{1};
};

TEST_F(Reload, TakesWhatMayChangeAtOnceInEveryProcessAndNamesTheRest) {
  const auto children = children_of(server.process().pid());
  std::ofstream(files / "theme.json") << R"({"light": {"ink": "#101010"}})";
  write({{"log_level", "debug"}, {"max_singers_per_room", 1}, {"theme", files / "theme.json"}, {"max_rooms", 7}, {"port", 1}});
  server.process().signal(SIGHUP);
  EXPECT_TRUE(says("the configuration was read anew: theme, log_level, max_singers_per_room changed")) << server.log();
  EXPECT_TRUE(says("a restart is needed for max_rooms\n")) << "of the port the command line tells: " << server.log();
  EXPECT_TRUE(says("[conductor] the configuration has changed")) << server.log();
  EXPECT_TRUE(says("[shard 0] the configuration has changed")) << server.log();
  EXPECT_NE(theme().find("--ink: #101010;"), std::string::npos);
  const json made = server.make_room();
  RawClient anna(server.port());
  RawClient berta(server.port());
  EXPECT_EQ(anna.enter(made.at("room"), "Anna").value("type", ""), "welcome");
  EXPECT_EQ(berta.enter(made.at("room"), "Berta").value("code", ""), "room_full_singers");

  // One that starts later has it too.
  const auto conductor = server.pids("conductor");
  kill(server.pids("shard").front(), SIGKILL);
  EXPECT_TRUE(wait_until([&] { return theme().find("--ink: #101010;") != std::string::npos; }));
  EXPECT_EQ(server.pids("conductor"), conductor);
  EXPECT_EQ(children_of(server.process().pid()).size(), children.size());
}

TEST_F(Reload, OfWhatIsWrongChangesNothing) {
  const auto children = children_of(server.process().pid());
  write({{"log_level", "debug"}, {"prot", 1}});
  server.process().signal(SIGHUP);
  EXPECT_TRUE(says("the configuration is wrong, and stays as it was: ")) << server.log();
  EXPECT_TRUE(says("There is no setting named prot; did you mean port?")) << server.log();
  write({{"theme", files / "none.json"}});
  server.process().signal(SIGHUP);
  EXPECT_TRUE(says("none.json")) << server.log();
  EXPECT_EQ(server.log().find("the configuration has changed"), std::string::npos) << server.log();
  EXPECT_EQ(server.request("GET", "/healthz").status, 200);
  EXPECT_EQ(children_of(server.process().pid()), children);
}

TEST_F(Reload, LimitsHoldInRoomsThatAreInUseToo) {
  const json made = server.make_room();
  RawClient anna(server.port());
  RawClient berta(server.port());
  RawClient clara(server.port());
  EXPECT_EQ(anna.enter(made.at("room"), "Anna").value("type", ""), "welcome");
  EXPECT_EQ(berta.enter(made.at("room"), "Berta").value("type", ""), "welcome");
  write({{"log_level", "debug"}, {"max_singers_per_room", 1}});
  server.process().signal(SIGHUP);
  EXPECT_TRUE(says("[conductor] the configuration has changed")) << server.log();
  EXPECT_EQ(clara.enter(made.at("room"), "Clara").value("code", ""), "room_full_singers");
  EXPECT_EQ(server.status().at("people"), 2) << "nobody who was there has to go";
}

}  // namespace
}  // namespace roundelay::e2e::reload_test
