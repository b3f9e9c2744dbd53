// What containers' runtimes refuse is worked around, or named at the start; never an abort in the middle of an evening.
#include <gtest/gtest.h>
#include <signal.h>

#include <fstream>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::container_test {
namespace {

TEST(Container, CloseRangeAndClone3MayBeRefused) {
  Server server(1, {}, {REFUSE_CALLS, "clone3", "close_range", "--"});
  const std::string room = server.make_room().at("room");
  RawClient client(server.port());
  const std::string token = client.enter(room, "Ann").at("token");
  const std::string file = server.folder() / "made.wav";
  write_sound(file, std::vector<float>(48'000, 0.1F));
  std::ifstream in(file, std::ios::binary);
  std::ostringstream wav;
  wav << in.rdbuf();
  // Files are read and written by threads, and decoded in the sandbox.
  const HttpAnswer answer =
      server.request("POST", "/api/rooms/" + room + "/tracks?name=x.wav", wav.str(), "Authorization: Bearer " + token + "\r\n");
  EXPECT_EQ(answer.status, 201) << answer.body << server.log();
  EXPECT_NE(server.log().find("clone3"), std::string::npos) << "it is said what was done";
  EXPECT_EQ(server.status().at("shards").at(0).at("starts"), 1);
}

TEST(Container, WithoutAnyThreadsItSaysSoAndEnds) {
  const TemporaryFolder folder;
  Process server({REFUSE_CALLS, "clone3", "seccomp", "prctl", "--", ROUNDELAY_PROGRAM, "serve", "--port", "0", "--data",
                  folder / "data", "--web", TEST_PAGE_DIR},
                 folder / "log");
  EXPECT_EQ(server.wait(10s), 1);
  std::ifstream in(folder / "log");
  std::ostringstream said;
  said << in.rdbuf();
  EXPECT_NE(said.str().find("start no threads"), std::string::npos) << said.str();
}

}  // namespace
}  // namespace roundelay::e2e::container_test
