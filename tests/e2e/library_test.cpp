// The song library, by the real program: an account from the terminal, a song that goes in by HTTP and comes out in ranges, and a
// librarian that dies while people sing.
#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/e2e/server.h"

namespace roundelay::e2e::library_test {
namespace {

const std::string kFlac = "fLaC" + std::string(60, 'x') + "the end";

std::string form_with(const std::string& title, const std::string& file) {
  return "--edge\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + title +
         "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.flac\"\r\n\r\n" + file + "\r\n--edge--\r\n";
}

// The header Cookie of whoever was given a session.
std::string cookie_of(const HttpAnswer& answer) {
  const size_t begin = answer.headers.find("roundelay_library=");
  if (begin == std::string::npos) return {};
  return "Cookie: " + answer.headers.substr(begin, answer.headers.find(';', begin) - begin) + "\r\n";
}

bool library_answers(const Server& server) {
  return wait_until([&] { return server.request("GET", "/api/library/").status == 200; });
}

TEST(SongLibrary, TakesASongAndGivesItBackInRanges) {
  Server server(1);
  ASSERT_TRUE(library_answers(server)) << server.log();
  const std::string add = "printf 'open sesame\\n' | " ROUNDELAY_PROGRAM " admin add Dora --data " + server.data_dir();
  ASSERT_EQ(std::system(add.c_str()), 0);
  const std::string json = "Content-Type: application/json\r\n";
  EXPECT_EQ(server.request("POST", "/api/library/auth/login", R"({"username":"Dora","password":"wrong one"})", json).status, 401);
  const HttpAnswer login =
      server.request("POST", "/api/library/auth/login", R"({"username":"dora","password":"open sesame"})", json);
  ASSERT_EQ(login.status, 200) << login.body;
  const std::string cookie = cookie_of(login);

  const std::string form = "Content-Type: multipart/form-data; boundary=edge\r\n";
  const HttpAnswer refused = server.request("POST", "/api/library/songs/upload", form_with("Shenandoah", kFlac), form);
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.json()["ok"], false);
  const HttpAnswer added = server.request("POST", "/api/library/songs/upload", form_with("Shenandoah", kFlac), form + cookie);
  ASSERT_EQ(added.status, 201) << added.body << server.log();
  const auto song = added.json()["data"]["song"];
  EXPECT_EQ(song["title"], "Shenandoah");
  EXPECT_EQ(song["status"], "UPLOADED");
  const auto again = server.request("POST", "/api/library/songs/upload", form_with("Again", kFlac), form + cookie).json();
  EXPECT_EQ(again["data"]["song"]["id"], song["id"]);
  EXPECT_EQ(server.request("GET", "/api/library/songs/", {}, cookie).json()["data"]["songs"].size(), 1U);
  EXPECT_EQ(server.request("GET", "/api/library/songs/").json()["data"]["songs"].size(), 0U);

  const std::string path = "/api/library/songs/" + song["id"].dump();
  const HttpAnswer part = server.request("GET", path + "/song.mp3", {}, cookie + "Range: bytes=64-\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "the end");
  EXPECT_NE(part.headers.find("content-type: audio/flac"), std::string::npos) << part.headers;
  EXPECT_EQ(server.request("GET", path + "/song.mp3").status, 404);
  EXPECT_EQ(server.request("DELETE", path, {}, cookie + "Origin: https://evil.example\r\n").status, 403);
  EXPECT_EQ(server.request("DELETE", path, {}, cookie).json()["data"]["took_along"]["files"], 1);
  EXPECT_EQ(server.request("GET", path, {}, cookie).status, 404);

  // A program does the same (server/library/example_client.py).
  std::ofstream(server.folder() / "song.flac") << kFlac;
  const std::string program =
      "printf 'open sesame\\n' | python3 " EXAMPLE_CLIENT " http://127.0.0.1:" + std::to_string(server.port()) + " Dora " +
      (server.folder() / "song.flac");
  EXPECT_EQ(std::system(program.c_str()), 0) << server.log();
  EXPECT_EQ(server.request("GET", "/api/library/songs/", {}, cookie).json()["data"]["songs"].size(), 1U);
  EXPECT_EQ(server.request("GET", "/api/library/auth/tokens", {}, cookie).json()["data"]["tokens"].size(), 0U);
}

TEST(SongLibrary, CostsNoSongABlockWhenItsProcessIsKilled) {
  Server server(1, {{"default_interval_ms", 200}, {"lead_in_ms", 300}});
  ASSERT_TRUE(library_answers(server)) << server.log();
  const std::string room = server.make_room().at("room");
  auto follower = server.sing(room, {"--name", "Follower"});
  auto leader = server.sing(room, {"--name", "Leader", "--start-when", "2", "--stop-after", "2"});
  ASSERT_TRUE(wait_until([&] { return follower->output().find("\"heard\"") != std::string::npos; })) << server.log();
  const auto librarian = server.pids("librarian");
  ASSERT_EQ(librarian.size(), 1U);
  kill(librarian.front(), SIGKILL);
  EXPECT_TRUE(wait_until([&] {
    const auto now = server.pids("librarian");
    return now.size() == 1 && now != librarian;
  })) << server.log();
  EXPECT_TRUE(library_answers(server)) << server.log();
  for (auto* singer : {leader.get(), follower.get()}) {
    ASSERT_EQ(singer->wait(30s), 0) << singer->output() << server.log();
    EXPECT_NE(singer->output().find("\"lost\":0"), std::string::npos) << singer->output();
    EXPECT_EQ(singer->output().find("\"event\":\"welcome\""), singer->output().rfind("\"event\":\"welcome\""));
  }
}

TEST(SongLibrary, ThatCannotStartEndsNobodyAndIsTriedAgainAtAReload) {
  Server server(1);
  ASSERT_TRUE(library_answers(server)) << server.log();
  EXPECT_NE(server.request("GET", "/metrics").body.find("\nroundelay_library_up 1\n"), std::string::npos);
  const std::string database = server.data_dir() + "/library.sqlite", away = database + ".away";
  const auto librarian = server.pids("librarian");
  ASSERT_EQ(librarian.size(), 1U);
  kill(librarian.front(), SIGSTOP);  // it writes no more
  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::rename(database + part, away + part);
  std::ofstream(database) << std::string(20'000, 'x');
  kill(librarian.front(), SIGKILL);
  ASSERT_TRUE(wait_until([&] { return server.log().find("goes on without its song library") != std::string::npos; }))
      << server.log();
  EXPECT_NE(server.log().find("the librarian cannot start: The database " + database), std::string::npos) << server.log();
  EXPECT_EQ(server.request("GET", "/healthz").status, 200);
  EXPECT_EQ(server.request("GET", "/api/library/").status, 503);
  EXPECT_NE(server.request("GET", "/metrics").body.find("\nroundelay_library_up 0\n"), std::string::npos);

  for (const char* part : {"", "-wal", "-shm"}) std::filesystem::rename(away + part, database + part);
  server.process().signal(SIGHUP);
  EXPECT_TRUE(library_answers(server)) << server.log();
  EXPECT_TRUE(wait_until([&] { return server.log().find("the song library is there again") != std::string::npos; }))
      << server.log();
}

}  // namespace
}  // namespace roundelay::e2e::library_test
