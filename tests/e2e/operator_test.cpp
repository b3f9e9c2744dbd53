// What the operator does from a terminal, on real servers.
#include <gtest/gtest.h>
#include <signal.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "tests/e2e/packet_singer.h"
#include "tests/e2e/raw_client.h"
#include "tests/e2e/server.h"
#include "tests/e2e/sound_check.h"

namespace roundelay::e2e::operator_test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string content_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files of a folder, by name.
std::map<std::string, std::string> files_in(const std::string& folder) {
  std::map<std::string, std::string> out;
  for (const auto& entry : fs::directory_iterator(folder)) out[entry.path().filename()] = content_of(entry.path());
  return out;
}

// What a command says, which must succeed.
std::string say(const std::vector<std::string>& arguments) {
  std::vector<std::string> command{ROUNDELAY_PROGRAM};
  command.insert(command.end(), arguments.begin(), arguments.end());
  Process process(command);
  EXPECT_EQ(process.wait(), 0) << arguments.front();
  return process.output();
}

TEST(OperatorCommands, TheyShowWhatARunningServerDoesAndGiveAnOrganisersLink) {
  const Server server(1, {{"public_origin", "https://sing.example"}});
  const json made = server.make_room({{"name", "Monday choir"}});
  const std::string room = made.at("room");
  RawClient anna(server.port(), "https://sing.example");
  ASSERT_EQ(anna.enter(room, "Anna").value("type", ""), "welcome");
  const std::string data = server.data_dir();
  const std::string status = say({"status", "--data", data});
  EXPECT_NE(status.find("1 room in use, 1 person"), std::string::npos) << status;
  EXPECT_NE(status.find("Monday choir"), std::string::npos) << status;
  EXPECT_EQ(json::parse(say({"status", "--data", data, "--json"})).at("rooms").at(0).at("room"), room);
  EXPECT_NE(say({"rooms", "list", "--data", data}).find(room), std::string::npos);
  EXPECT_NE(say({"rooms", "show", room, "--data", data}).find("Anna"), std::string::npos);

  const std::string link = say({"organiser-link", room, "--data", data}), begin = "https://sing.example/r/" + room + "#organise=";
  ASSERT_TRUE(link.starts_with(begin)) << link;
  const std::string key = link.substr(begin.size(), link.find('\n') - begin.size());
  RawClient organiser(server.port(), "https://sing.example");
  EXPECT_EQ(organiser.enter(room, "Berta", {{"key", key}}).value("organiser", false), true);
  EXPECT_EQ(server.log().find(key), std::string::npos);

  (void)say({"rooms", "delete", room, "--yes", "--data", data});
  EXPECT_EQ(anna.receive_close(), 4003);
  EXPECT_EQ(json::parse(say({"rooms", "list", "--data", data, "--json"})), json::array());
}

TEST(OperatorCommands, WhereNoServerRunsTheySaySo) {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"status"}, {"rooms", "list"}, {"organiser-link", "ydt8ksnxem"}}) {
    std::vector<std::string> all{ROUNDELAY_PROGRAM};
    all.insert(all.end(), command.begin(), command.end());
    all.insert(all.end(), {"--data", folder.path()});
    Process process(all, folder / "said");
    EXPECT_EQ(process.wait(), 1);
    EXPECT_NE(content_of(folder / "said").find("No server runs over"), std::string::npos) << content_of(folder / "said");
  }
}

TEST(Backup, OfASongThatLastsHoldsItsRoomItsTrackAndWhatWasRecordedSoFar) {
  Server server(1, {{"default_interval_ms", 200}, {"lead_in_ms", 300}, {"drain_s", 0}});
  const json made = server.make_room({{"name", "Monday choir"}});
  const std::string room = made.at("room");
  auto leader = std::make_unique<PacketSinger>(server.port(), room, "Anna",
                                               PacketSinger::Options{.hz = 310, .hello = {{"key", made.at("key")}}});
  ASSERT_TRUE(wait_until([&] { return leader->connections() == 1 && !leader->token().empty(); })) << server.log();
  const std::string bearer = "Authorization: Bearer " + leader->token() + "\r\n";
  const std::string wav = server.folder() / "made.wav";
  write_sound(wav, hum_with_clicks(8, 220, 0.3F, {}, 0));
  const std::string path = "/api/rooms/" + room;
  ASSERT_EQ(server.request("POST", path + "/tracks?name=song.wav", content_of(wav), bearer).status, 201) << server.log();
  leader->say({{"type", "lead"}});
  leader->say({{"type", "record"}, {"on", true}});
  leader->say({{"type", "start"}});
  ASSERT_TRUE(wait_until([&] { return leader->song().recording && leader->count() > 70; })) << server.log();

  const std::string file = server.folder() / "backup.tar";
  EXPECT_NE(say({"backup", file, "--data", server.data_dir()}).find("1 track, 0 scores, 1 recording"), std::string::npos);
  const size_t sung = leader->count();
  EXPECT_TRUE(wait_until([&] { return leader->count() > sung + 5; })) << "the song goes on";
  server.process().signal(SIGTERM);
  ASSERT_EQ(server.process().wait(), 0) << server.log();
  leader.reset();
  const std::string before = server.folder() / "before";
  fs::rename(server.data_dir(), before);
  (void)say({"restore", file, "--data", server.data_dir()});
  EXPECT_EQ(files_in(server.data_dir() + "/tracks"), files_in(before + "/tracks"));
  server.start();

  EXPECT_EQ(server.request("GET", path).json().at("name"), "Monday choir");
  RawClient again(server.port());
  const json welcome = again.enter(room, "Anna", {{"key", made.at("key")}});
  ASSERT_EQ(welcome.value("type", ""), "welcome") << welcome;
  EXPECT_EQ(welcome.at("tracks").at(0).at("name"), "song.wav");
  json recordings;
  ASSERT_TRUE(wait_until([&] {
    recordings = server.request("GET", path + "/recordings", {}, bearer).json().value("recordings", json::array());
    return !recordings.empty() && recordings[0].at("state") == "ready";
  })) << "with the token of before; "
      << recordings << server.log();
  EXPECT_EQ(recordings[0].at("tracks").at(0).at("name"), "Anna");
  EXPECT_GT(recordings[0].at("tracks").at(0).at("seconds").get<double>(), 0.3);
}

}  // namespace
}  // namespace roundelay::e2e::operator_test
