// A programme through real processes: into a file, out of it in another room and on another server, from room to room; and what
// strangers send in its place.
#include <gtest/gtest.h>
#include <zip.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::programme_test {
namespace {

using nlohmann::json;

std::string file_content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The names in a folder: hashes, of blobs.
std::set<std::string> names_in(const std::string& folder) {
  std::set<std::string> out;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) out.insert(entry.path().filename());
  return out;
}

// Somebody in a room of her own.
struct Organiser {
  explicit Organiser(Server& of) : server(of), made(of.make_room()), client(of.port()) {
    room = made.at("room");
    welcome = client.enter(room, "Ann", {{"key", made.at("key")}});
    bearer = "Authorization: Bearer " + welcome.at("token").get<std::string>() + "\r\n";
  }
  [[nodiscard]] std::string path(const std::string& rest) const { return "/api/rooms/" + room + rest; }
  HttpAnswer ask(const std::string& method, const std::string& rest, const std::string& body = {}) {
    return server.request(method, path(rest), body, bearer);
  }
  HttpAnswer upload(const std::string& kind, const std::string& name, const std::string& body) {
    const HttpAnswer begun = ask("POST", "/uploads?kind=" + kind + "&name=" + name + "&size=" + std::to_string(body.size()));
    if (begun.status != 201) return begun;
    return ask("POST", "/uploads/" + begun.json().at("upload").get<std::string>() + "?offset=0", body);
  }
  json say(json message) {
    message["id"] = ++request;
    client.send_json(message);
    for (;;) {
      auto next = client.receive();
      if (!next) return nullptr;
      if (next->opcode != 1) continue;  // sound
      json told = next->json();
      const std::string type = told.value("type", "");
      if ((type == "done" || type == "error") && told.value("id", 0) == request) return told;
    }
  }

  Server& server;
  json made;
  RawClient client;
  std::string room;
  json welcome;
  std::string bearer;
  int request = 0;
};

std::string wav(const Server& server) {
  const std::string file = server.folder() / "made.wav";
  write_sound(file, hum_with_clicks(2, 220, 0.3F, {}, 0));
  return file_content(file);
}

// The most memory that a process ever had, KiB.
int64_t peak_kib(pid_t process) {
  std::ifstream status("/proc/" + std::to_string(process) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stoll(line.substr(6));
  }
  return 0;
}

class ProgrammeTest : public testing::Test {
 protected:
  // A song with a track and words, and one without anything.
  void prepare(Organiser& ann) {
    const HttpAnswer track = ann.upload("track", "Psalm.wav", wav(ann.server));
    ASSERT_EQ(track.status, 201) << track.body << ann.server.log();
    const HttpAnswer words = ann.ask("POST", "/words?title=Psalm", "One\nTwo");
    ASSERT_EQ(words.status, 201) << words.body;
    const json plan = {{"bpm", 90},          {"beats_per_bar", 4}, {"click", true},
                       {"count_in_bars", 1}, {"round", nullptr},   {"words", words.json().at("sheet").at("id")}};
    const json first = {{"title", "Psalm 23"}, {"track", track.json().at("track").at("id")}, {"plan", plan}, {"hidden", true}};
    EXPECT_EQ(ann.say({{"type", "put_entry"}, {"entry", first}})["type"], "done");
    EXPECT_EQ(ann.say({{"type", "put_entry"}, {"entry", {{"title", "Amen"}}}})["type"], "done");
  }
  // That a room has what prepare() made, once.
  void expect_prepared(Organiser& bea) {
    RawClient later(bea.server.port());
    const json welcome = later.enter(bea.room, "Later", {{"key", bea.made.at("key")}});
    const auto told = later.receive_type("programme");
    ASSERT_TRUE(told);
    const json& entries = told->at("entries");
    ASSERT_EQ(entries.size(), 2U) << entries;
    EXPECT_EQ(entries[0]["title"], "Psalm 23");
    EXPECT_EQ(entries[0]["hidden"], true);
    EXPECT_EQ(entries[0]["plan"]["bpm"], 90);
    ASSERT_EQ(welcome.at("tracks").size(), 1U);
    EXPECT_EQ(entries[0]["track"], welcome["tracks"][0]["id"]);
    EXPECT_EQ(welcome["tracks"][0]["name"], "Psalm.wav");
    const HttpAnswer text = bea.ask("GET", "/words/" + entries[0]["plan"]["words"].get<std::string>() + "/text");
    EXPECT_EQ(text.json()["text"], "One\nTwo") << text.body;
    first_entry_ = entries[0]["id"];
  }
  // One press, and it is sung.
  void expect_sung(Organiser& bea) const {
    EXPECT_EQ(bea.say({{"type", "take_entry"}, {"entry", first_entry_}})["type"], "done");
    EXPECT_EQ(bea.say({{"type", "lead"}})["type"], "done");
    EXPECT_EQ(bea.say({{"type", "start"}})["type"], "done");
    RawClient later(bea.server.port());
    const json song = later.enter(bea.room, "Late").at("song");
    EXPECT_EQ(song.at("track").at("name"), "Psalm.wav") << song;
  }

  Server server_{1};
  std::string first_entry_;
};

TEST_F(ProgrammeTest, GoesIntoAFileAndOutOfItInAnotherRoomAndOnAnotherServerAndIsSung) {
  Organiser ann(server_);
  EXPECT_EQ(ann.ask("GET", "/programme.zip").json()["error"]["code"], "no_programme");
  ASSERT_NO_FATAL_FAILURE(prepare(ann));
  RawClient stranger(server_.port());
  const std::string singer = stranger.enter(ann.room, "Sue").at("token");
  EXPECT_EQ(server_.request("GET", ann.path("/programme.zip"), {}, "Authorization: Bearer " + singer + "\r\n").status, 403);
  EXPECT_EQ(server_.request("GET", ann.path("/programme.zip"), {}, "Authorization: Bearer x\r\n").status, 401);
  const HttpAnswer file = ann.ask("GET", "/programme.zip");
  ASSERT_EQ(file.status, 200) << file.body << server_.log();
  EXPECT_NE(file.headers.find("application/zip"), std::string::npos) << file.headers;
  EXPECT_TRUE(wait_until([&] { return names_in(server_.data_dir() + "/uploads").empty(); })) << "nothing is left of the export";
  const auto blobs = names_in(server_.data_dir() + "/tracks");
  ASSERT_EQ(blobs.size(), 1U);

  Organiser bea(server_);
  const HttpAnswer brought = bea.upload("programme", "evening.zip", file.body);
  ASSERT_EQ(brought.status, 201) << brought.body << server_.log();
  EXPECT_EQ(brought.json(), (json{{"songs", 2}, {"problems", json::array()}}));
  expect_prepared(bea);
  expect_sung(bea);
  EXPECT_EQ(names_in(server_.data_dir() + "/tracks"), blobs) << "stored once";
  // What is there already comes again only as songs.
  ASSERT_EQ(bea.upload("programme", "evening.zip", file.body).json()["songs"], 2);
  RawClient later(server_.port());
  EXPECT_EQ(later.enter(bea.room, "Later").at("tracks").size(), 1U);

  Server other(1);
  Organiser cleo(other);
  ASSERT_EQ(cleo.upload("programme", "evening.zip", file.body).status, 201) << other.log();
  expect_prepared(cleo);
  EXPECT_EQ(names_in(other.data_dir() + "/tracks"), blobs) << "named by their hashes";
  EXPECT_EQ(file_content(other.data_dir() + "/tracks/" + *blobs.begin()),
            file_content(server_.data_dir() + "/tracks/" + *blobs.begin()));
  expect_sung(cleo);
}

TEST_F(ProgrammeTest, IsCopiedFromARoomOfOnesOwnEvenWhenNobodyIsThere) {
  auto ann = std::make_unique<Organiser>(server_);
  ASSERT_NO_FATAL_FAILURE(prepare(*ann));
  Organiser bea(server_);
  const json wish = {{"from", ann->room}, {"key", ann->made.at("key")}};
  json wrong = wish;
  wrong["key"] = bea.made.at("key");
  EXPECT_EQ(bea.ask("POST", "/programme/copy", wrong.dump()).status, 403);
  EXPECT_EQ(bea.ask("POST", "/programme/copy", "{}").status, 400);
  EXPECT_EQ(bea.ask("POST", "/programme/copy", json{{"from", "abcdefghij"}, {"key", "x"}}.dump()).status, 404);
  EXPECT_EQ(bea.ask("POST", "/programme/copy", json{{"from", bea.room}, {"key", "x"}}.dump()).json()["error"]["code"],
            "same_room");
  const HttpAnswer copied = bea.ask("POST", "/programme/copy", wish.dump());
  ASSERT_EQ(copied.status, 201) << copied.body;
  EXPECT_EQ(copied.json(), (json{{"songs", 2}, {"problems", json::array()}}));
  expect_prepared(bea);

  ann.reset();
  server_.process().signal(SIGTERM);
  ASSERT_EQ(server_.process().wait(), 0);
  server_.start();
  Organiser cleo(server_);
  const HttpAnswer again = cleo.ask("POST", "/programme/copy", wish.dump());
  ASSERT_EQ(again.status, 201) << again.body << server_.log();
  expect_prepared(cleo);
  expect_sung(cleo);
}

TEST_F(ProgrammeTest, WhatStrangersSendInItsPlaceIsRefusedWithBoundedMemoryAndLeavesNothing) {
  Organiser ann(server_);
  ASSERT_NO_FATAL_FAILURE(prepare(ann));
  const std::string good = ann.ask("GET", "/programme.zip").body;
  // 100 MB of nothing in 100 KB, under the name of a track.
  const std::string bomb_path = server_.folder() / "bomb.zip";
  {
    const std::string zeros(100'000'000, '\0');
    const std::string hash(64, 'a');
    const std::string text = json{{"roundelay_programme", 1},
                                  {"songs", {{{"title", "Boom"}, {"track", "t"}}}},
                                  {"tracks", {{"t", {{"name", "Boom"}, {"seconds", 1}, {"channels", 1}, {"sha256", hash}}}}}}
                                 .dump();
    zip_t* zip = zip_open(bomb_path.c_str(), ZIP_CREATE | ZIP_EXCL, nullptr);
    (void)zip_file_add(zip, "programme.json", zip_source_buffer(zip, text.data(), text.size(), 0), 0);
    (void)zip_file_add(zip, ("tracks/" + hash).c_str(), zip_source_buffer(zip, zeros.data(), zeros.size(), 0), 0);
    ASSERT_EQ(zip_close(zip), 0);
  }
  const pid_t conductor = server_.pids("conductor").at(0);
  const int64_t before = peak_kib(conductor);
  for (const std::string& file : {std::string("This is a text."), good.substr(0, good.size() - 30), wav(server_)}) {
    const HttpAnswer refused = ann.upload("programme", "x.zip", file);
    EXPECT_EQ(refused.status, 422) << refused.body;
    EXPECT_EQ(refused.json()["error"]["code"], "no_programme") << refused.body;
    EXPECT_TRUE(refused.json()["error"]["message"].get<std::string>().starts_with("This file is no programme.")) << refused.body;
  }
  const HttpAnswer bomb = ann.upload("programme", "x.zip", file_content(bomb_path));
  EXPECT_EQ(bomb.status, 201) << bomb.body;
  EXPECT_EQ(bomb.json()["songs"], 1);
  EXPECT_EQ(bomb.json()["problems"][0]["code"], "track_unreadable") << bomb.body;
  EXPECT_LT(peak_kib(conductor) - before, 20'000) << "KiB: what is unpacked is unpacked by the worker";
  EXPECT_EQ(server_.pids("conductor").at(0), conductor);
  EXPECT_EQ(names_in(server_.data_dir() + "/tracks").size(), 1U);
  EXPECT_TRUE(wait_until([&] { return names_in(server_.data_dir() + "/uploads").empty(); }));
}

}  // namespace
}  // namespace roundelay::e2e::programme_test
