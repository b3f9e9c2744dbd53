// Start, health, clean end, and cleaning up after a server that was killed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::life_test {
namespace {

bool alive(pid_t pid) {
  return kill(pid, 0) == 0;
}

std::vector<std::string> sockets_in(const std::string& folder) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_socket()) found.push_back(entry.path());
  }
  return found;
}

TEST(Life, ServesHealthStatusAndThePageWithItsHeaders) {
  Server server;
  const HttpAnswer health = server.request("GET", "/healthz");
  EXPECT_EQ(health.status, 200);
  EXPECT_EQ(health.json().at("status"), "ok");
  const auto status = server.status();
  EXPECT_EQ(status.at("shards").size(), 2U);
  EXPECT_EQ(status.at("rooms"), 0);
  for (const char* path : {"/", "/r/abc"}) {
    const HttpAnswer page = server.request("GET", path);
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("<title>Roundelay"), std::string::npos);
    EXPECT_NE(page.headers.find("cross-origin-opener-policy: same-origin"), std::string::npos);
    EXPECT_NE(page.headers.find("cross-origin-embedder-policy: require-corp"), std::string::npos);
  }
  const HttpAnswer typed = server.request("GET", "/nothing/at/all");
  EXPECT_EQ(typed.status, 404);
  EXPECT_NE(typed.body.find("<title>Roundelay"), std::string::npos) << "people are told in words";
  const HttpAnswer file = server.request("GET", "/assets/nothing.js");
  EXPECT_EQ(file.status, 404);
  EXPECT_EQ(file.json().at("error").at("code"), "not_found");
  EXPECT_EQ(server.request("GET", "/../../etc/passwd").status, 404);
  EXPECT_EQ(server.request("POST", "/").status, 405);

  std::vector<pid_t> processes = children_of(server.process().pid());
  processes.push_back(server.process().pid());
  for (const pid_t each : processes) {
    rlimit core{};
    EXPECT_EQ(prlimit(each, RLIMIT_CORE, nullptr, &core), 0);
    EXPECT_EQ(core.rlim_max, 0U) << "a dump would hold the keys: " << command_line(each);
  }

  const std::string url = "http://127.0.0.1:" + std::to_string(server.port());
  Process well({ROUNDELAY_PROGRAM, "healthcheck", "--url", url + "/healthz"});
  EXPECT_EQ(well.wait(), 0);
  const std::string said = server.folder() / "said";
  Process elsewhere({ROUNDELAY_PROGRAM, "healthcheck", "--url", url + "/nothing"}, said);
  EXPECT_EQ(elsewhere.wait(), 1);
  EXPECT_EQ(elsewhere.output(), "") << "no page";
  std::ifstream in(said);
  std::string sentence;
  std::getline(in, sentence);
  EXPECT_EQ(sentence,
            "roundelay: " + url +
                "/nothing answers with status 404: name the server's /healthz with --url (https:// where it has a certificate).");
}

TEST(Life, RoomsAreMadeAndFoundAndSurviveARestart) {
  Server server(1);
  const auto room = server.make_room({{"name", "Tuesday choir"}});
  const std::string id = room.at("room");
  EXPECT_EQ(room.at("link"), "/r/" + id);
  EXPECT_EQ(server.request("GET", "/api/rooms/" + id).json().at("name"), "Tuesday choir");
  EXPECT_EQ(server.request("GET", "/api/rooms/nosuchroom").status, 404);
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0);
  server.start();
  EXPECT_EQ(server.request("GET", "/api/rooms/" + id).json().at("name"), "Tuesday choir");
}

TEST(Life, SigtermLeavesNoChildNoSocketAndNoSharedMemory) {
  Server server(2);
  RawClient client(server.port());
  ASSERT_TRUE(client.connected());
  client.enter(server.make_room().at("room"), "Ann");
  const auto children = children_of(server.process().pid());
  ASSERT_EQ(children.size(), 4U);  // with conductor and librarian
  EXPECT_TRUE(server.has_shared_memory());
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0) << server.log();
  for (const pid_t child : children) EXPECT_FALSE(alive(child));
  EXPECT_FALSE(server.has_shared_memory());
  EXPECT_TRUE(sockets_in(server.data_dir()).empty());
  EXPECT_EQ(client.receive_close(), 1001);
}

TEST(Life, ASingerWhoIsRefusedEndsWithTheServersSentence) {
  const Server server(1);
  const std::string room = server.make_room().at("room");
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--key", "wrong"}, {"--bucket", "8"}, {"--name", std::string(50, 'x')}}) {
    const auto singer = server.sing(room, wrong);
    EXPECT_EQ(singer->wait(8s), 1) << wrong[0];
    EXPECT_NE(singer->output().find("\"message\""), std::string::npos) << singer->output();
  }
}

TEST(Life, LargeHeadersAreTakenAndOtherPathsAreNoWebSocket) {
  const Server server(1);
  EXPECT_EQ(server.request("GET", "/healthz", {}, "Cookie: " + std::string(12'000, 'a') + "\r\n").status, 200);
  const std::string upgrade =
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
      "roundelay.1\r\n";
  EXPECT_NE(server.request("GET", "/other", {}, upgrade + "Connection: Upgrade\r\n").status, 101);
}

TEST(Life, AMissingPageIsSaidAtOnce) {
  const TemporaryFolder folder;
  Process server({ROUNDELAY_PROGRAM, "serve", "--port", "0", "--data", folder / "data", "--web", folder / "nothing"},
                 folder / "log");
  EXPECT_EQ(server.wait(5s), 1);
}

// Every process gets the signal itself, and the supervisor's besides.
TEST(Life, CtrlCInATerminalEndsItCleanlyEveryTime) {
  Server server(2);
  for (int i = 0; i < 10; ++i) {
    const std::string room = server.make_room().at("room");
    std::optional<RawClient> client;  // sometimes there is somebody to be told
    if (i < 2) {
      client.emplace(server.port());
      ASSERT_EQ(client->enter(room, "Ann").value("type", ""), "welcome");
    }
    server.signal_group(i % 2 == 0 ? SIGINT : SIGTERM);
    ASSERT_EQ(server.process().wait(), 0) << server.log();
    if (client) {
      ASSERT_EQ(client->receive_close(), 1001);
    }
    for (const char* left : {"-wal", "-shm"}) {
      ASSERT_FALSE(std::filesystem::exists(server.data_dir() + "/roundelay.sqlite" + left)) << left << " after stop " << i;
    }
    ASSERT_FALSE(server.has_shared_memory());
    ASSERT_TRUE(sockets_in(server.data_dir()).empty());
    server.start();
  }
  for (const char* alarm : {"started again", "is gone", "[warning]", "[error]", " warning ", " error "})
    EXPECT_EQ(server.log().find(alarm), std::string::npos) << server.log();
}

TEST(Life, TheNextStartCleansUpAfterAServerThatWasKilled) {
  Server server(2);
  auto all = children_of(server.process().pid());
  server.process().signal(SIGKILL);
  for (const pid_t child : all) kill(child, SIGKILL);
  ASSERT_EQ(server.process().wait(), 128 + SIGKILL);
  EXPECT_TRUE(server.has_shared_memory()) << "nobody was there to remove it";
  const std::string uploads = server.data_dir() + "/uploads";
  std::ofstream(uploads + "/1-1.upload") << "half a song";
  server.start();
  EXPECT_TRUE(std::filesystem::is_empty(uploads));
  EXPECT_TRUE(server.has_shared_memory());
  EXPECT_EQ(server.request("GET", "/healthz").status, 200);
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0);
  EXPECT_FALSE(server.has_shared_memory());
}

TEST(Life, ChildrenEndWithTheirSupervisor) {
  Server server(2);
  const auto children = children_of(server.process().pid());
  server.process().signal(SIGKILL);
  for (const pid_t child : children) EXPECT_TRUE(wait_until([&] { return !alive(child) || command_line(child).empty(); }));
  server.start();  // takes over the same data directory
  EXPECT_EQ(server.request("GET", "/healthz").status, 200);
}

TEST(Life, ASecondServerOnTheSameDataOrPortIsRefusedWithASentence) {
  Server server(1);
  const auto refused = [&](const std::vector<std::string>& arguments, const std::string& sentence) {
    const std::string errors = server.folder() / "second.log";
    std::vector<std::string> argv{ROUNDELAY_PROGRAM, "serve", "--shards", "1", "--web", TEST_PAGE_DIR};
    argv.insert(argv.end(), arguments.begin(), arguments.end());
    Process second(argv, errors);
    EXPECT_EQ(second.wait(), 1);
    std::string text(1000, '\0');
    FILE* file = fopen(errors.c_str(), "r");
    text.resize(fread(text.data(), 1, text.size(), file));
    fclose(file);
    EXPECT_NE(text.find(sentence), std::string::npos) << text;
    std::filesystem::remove(errors);
  };
  refused({"--data", server.data_dir(), "--port", "0"}, "another server uses the data directory");
  refused({"--data", server.folder() / "other", "--port", std::to_string(server.port()), "--host", "127.0.0.1"},
          "Choose another with --port");
}

}  // namespace
}  // namespace roundelay::e2e::life_test
