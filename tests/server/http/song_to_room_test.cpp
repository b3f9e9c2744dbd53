// A song of the library on its way into a room: both sides are asked, and the file goes on under a name of its own.
#include <gtest/gtest.h>

#include "server/base/library_paths.h"
#include "tests/server/http/http_house.h"

namespace roundelay::song_to_room_test {
namespace {

using nlohmann::json;

class SongToRoomTest : public HttpHouse {
 protected:
  SongToRoomTest() {
    file_ = folder_.write("library/aa", "the sound");
    begin_librarian();
  }
  void begin_librarian() {
    librarian_.emplace(loop_.get(), ControlServer::Callbacks{[this](ConnectionId from, json message) {
                                                               link_of_library_ = from;
                                                               asked_.push_back(std::move(message));
                                                             },
                                                             [](ConnectionId) {}, [](ConnectionId) {}, [] {}});
    librarian_->listen(library_socket(config_));
  }
  void say(WebClient& client, const json& body = {{"room", "abc"}, {"token", "secret"}}) {
    client.say(request("POST", "/api/library/songs/7/room", "Cookie: roundelay_library=me\r\n", body.dump()));
  }
  json asked_by(WebClient& client, const json& body = {{"room", "abc"}, {"token", "secret"}}) {
    say(client, body);
    EXPECT_TRUE(loop_.run_until([&] { return !asked_.empty(); })) << client.heard();
    if (asked_.empty()) return {{"request", 0}};
    json message = std::move(asked_.front());
    asked_.erase(asked_.begin());
    return message;
  }
  // The shard has found it.
  void find_librarian() {
    EXPECT_TRUE(loop_.run_until([&] {
      if (!asked_.empty()) return true;
      if (!probe_ || probe_->ended() || parsed(probe_->heard())) {
        probe_.emplace(port());
        probe_->say(request("GET", "/api/library/"));
      }
      return false;
    }));
    asked_.clear();
  }
  void library_replies(const json& asked, int status, json body) {
    librarian_->send(link_of_library_, link::Reply{asked.at("request"), status, std::move(body)}.to_json());
    librarian_->flush();
  }
  [[nodiscard]] json song() const {
    return {{"headers", json::array()},
            {"file", file_},
            {"body", {{"id", 7}, {"title", "Shenandoah"}, {"words", "Away"}, {"bytes", 9}, {"credits", {{"artist", "Anna"}}}}}};
  }
  [[nodiscard]] int uploads() const { return folder_.files_in("uploads"); }

  std::string file_;
  std::optional<ControlServer> librarian_;
  ConnectionId link_of_library_ = 0;
  std::vector<json> asked_;  // of the librarian
  std::optional<WebClient> probe_;
};

TEST_F(SongToRoomTest, GoesOnAsAnUploadOnceBothSidesHaveSaidYes) {
  find_librarian();
  WebClient client(port());
  const json asked = asked_by(client, {{"room", "abc"}, {"token", "secret"}, {"as", "entry"}});
  EXPECT_EQ(asked["path"], "/songs/7/room");
  EXPECT_EQ(asked["fields"][0], (json{"cookie", "roundelay_library=me"}));
  EXPECT_FALSE(asked.contains("body")) << "the room's token is no business of the library";
  library_replies(asked, 200, song());
  const json check = next_heard();
  EXPECT_EQ(check["op"], "upload_check");
  EXPECT_EQ(check["room"], "abc");
  EXPECT_EQ(check["token"], "secret");
  EXPECT_EQ(check["size"], 9);
  EXPECT_EQ(check["song"]["id"], 7);
  EXPECT_EQ(uploads(), 0);
  reply(check, 100);
  const json whole = next_heard();
  EXPECT_EQ(whole["op"], "upload");
  EXPECT_EQ(whole["name"], "Shenandoah");
  EXPECT_EQ(whole["song"]["entry"], true);
  EXPECT_EQ(whole["song"]["words"], "Away");
  EXPECT_EQ(whole["song"]["credits"]["artist"], "Anna");
  EXPECT_EQ(folder_.read(whole["file"].get<std::string>().substr(folder_.path().size() + 1)), "the sound");
  reply(whole, 201, {{"songs", 1}});
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.json(), (json{{"ok", true}, {"errors", json::array()}, {"data", {{"songs", 1}}}}));
  EXPECT_EQ(folder_.read("library/aa"), "the sound");
}

TEST_F(SongToRoomTest, WhatEitherSideRefusesLeavesNothing) {
  find_librarian();
  {
    WebClient client(port());
    const json hidden = {{"ok", false}, {"errors", {{{"code", "not_found"}}}}, {"data", nullptr}};
    library_replies(asked_by(client), 404, {{"headers", json::array()}, {"body", hidden}});
    const HttpAnswer answer = answer_of(client);
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.json(), hidden);
    EXPECT_TRUE(heard_.empty()) << "the room is not asked for what may not be heard";
  }
  WebClient client(port());
  library_replies(asked_by(client), 200, song());
  reply(next_heard(), 401, error_body("bad_token", "Who are you?"));
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 401);
  EXPECT_EQ(answer.json()["errors"][0]["code"], "bad_token");
  EXPECT_EQ(uploads(), 0);
}

TEST_F(SongToRoomTest, WhoSaysNoRoomIsToldSo) {
  const HttpAnswer answer = ask("POST", "/api/library/songs/7/room", {}, R"({"room":"abc"})");
  EXPECT_EQ(answer.status, 400);
  EXPECT_EQ(ask("POST", "/api/library/songs/7/room", {}, R"({"room":"abc","token":"x","as":"score"})").status, 400);
  EXPECT_EQ(ask("POST", "/api/library/songs/7/room").status, 400);
}

TEST_F(SongToRoomTest, AFileThatIsGoneMeanwhileIsToldAndTheUploadEnded) {
  find_librarian();
  WebClient client(port());
  json gone = song();
  gone["file"] = file_ + "-gone";
  library_replies(asked_by(client), 200, gone);
  const json check = next_heard();
  reply(check, 100);
  const json ended = next_heard();
  EXPECT_EQ(ended["op"], "upload_gone");
  EXPECT_EQ(ended["request"], check["request"]);
  EXPECT_EQ(answer_of(client).status, 507);
}

TEST_F(SongToRoomTest, AConductorThatDiesWithTheFileLeavesNothing) {
  find_librarian();
  WebClient client(port());
  library_replies(asked_by(client), 200, song());
  reply(next_heard(), 100);
  EXPECT_EQ(next_heard()["op"], "upload");
  EXPECT_EQ(uploads(), 1);
  end_conductor();
  EXPECT_EQ(answer_of(client).status, 503);
  EXPECT_TRUE(loop_.run_until([&] { return uploads() == 0; }));
}

TEST_F(SongToRoomTest, ALibrarianThatDiesWhileItIsAskedIsToldOf) {
  find_librarian();
  WebClient client(port());
  static_cast<void>(asked_by(client));
  librarian_.reset();
  EXPECT_EQ(answer_of(client).status, 503);
}

}  // namespace
}  // namespace roundelay::song_to_room_test
