// Uploads of tracks, whole and in pieces: what is refused before a byte is read, what lies in the file at the end.
#include <gtest/gtest.h>

#include "tests/server/http/http_house.h"

namespace roundelay::upload_resource_test {
namespace {

const std::string kToken = "Authorization: Bearer secret\r\n";

class UploadResourceTest : public HttpHouse {
 protected:
  static std::string announced(size_t bytes, const std::string& target = "/api/rooms/abc/tracks?name=a%20song.mp3",
                               const std::string& headers = kToken) {
    return request("POST", target, headers + "Content-Length: " + std::to_string(bytes) + "\r\n");
  }
  // All of it, whatever the kernel takes at once.
  void say_all(WebClient& client, const std::string& bytes) {
    size_t said = 0;
    EXPECT_TRUE(loop_.run_until([&] {
      said += client.say(bytes.substr(said));
      return said == bytes.size();
    }));
  }
  [[nodiscard]] int uploads() const { return folder_.files_in("uploads"); }
  static std::string sound(size_t bytes) {
    std::string out(bytes, '\0');
    uint32_t state = 7;
    for (char& each : out) each = static_cast<char>((state = state * 1'664'525 + 1'013'904'223) >> 24);
    return out;
  }
};

TEST_F(UploadResourceTest, AFileIsWrittenBeforeTheConductorHasIt) {
  const std::string song = sound(3'000'000);
  WebClient client(port());
  client.say(announced(song.size()));
  const auto check = next_heard();
  EXPECT_EQ(check.at("op"), "upload_check");
  EXPECT_EQ(check.at("room"), "abc");
  EXPECT_EQ(check.at("token"), "secret");
  EXPECT_EQ(check.at("size"), song.size());
  EXPECT_EQ(uploads(), 0);
  reply(check, 100);
  say_all(client, song);
  const auto whole = next_heard();
  EXPECT_EQ(whole.at("op"), "upload");
  EXPECT_EQ(whole.at("name"), "a song.mp3");
  const std::string file = whole.at("file");
  EXPECT_EQ(file.substr(0, config_.uploads_dir().size()), config_.uploads_dir());
  EXPECT_EQ(folder_.read(file.substr(folder_.path().size() + 1)), song);
  reply(whole, 201, {{"track", "t1"}});
  EXPECT_EQ(answer_of(client).json(), (nlohmann::json{{"track", "t1"}}));
  EXPECT_EQ(uploads(), 1) << "the conductor's now";
}

TEST_F(UploadResourceTest, WhatCannotBeAnUploadIsRefusedBeforeItIsRead) {
  const std::string target = "/api/rooms/abc/tracks";
  EXPECT_EQ(ask("POST", target, kToken).status, 411);
  EXPECT_EQ(ask("POST", target, kToken + "Content-Length: 0\r\n").code(), "no_track");
  const auto refused = [&](const std::string& head) {
    WebClient client(port());
    client.say(head);
    return answer_of(client);
  };
  const HttpAnswer large = refused(announced(5'000'001));
  EXPECT_EQ(large.status, 413);
  EXPECT_NE(large.message().find("5 MB"), std::string::npos) << large.message();
  EXPECT_EQ(refused(announced(5'000'001, target, "")).status, 413) << "its size is looked at before its token";
  EXPECT_EQ(refused(announced(100, target, "")).code(), "bad_token");
  EXPECT_EQ(refused(announced(100, target, "Authorization: Basic secret\r\n")).status, 401);
  stand();
  EXPECT_EQ(refused(announced(100, target)).status, 503);
  EXPECT_TRUE(heard_.empty());
  EXPECT_EQ(uploads(), 0);
}

TEST_F(UploadResourceTest, WhomTheConductorRefusesSendsNothing) {
  WebClient client(port());
  client.say(announced(1'000'000) + std::string(1'000, 'x'));
  reply(next_heard(), 403, error_body("not_allowed", "No."));
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 403);
  ASSERT_TRUE(loop_.run_until([&] { return client.ended(); }));
  EXPECT_EQ(uploads(), 0);
}

TEST_F(UploadResourceTest, WhoLeavesInTheMiddleLeavesNoFileAndTheConductorIsTold) {
  nlohmann::json check;
  {
    WebClient client(port());
    client.say(announced(1'000'000));
    check = next_heard();
    reply(check, 100);
    say_all(client, std::string(300'000, 'x'));
    ASSERT_TRUE(loop_.run_until([&] { return uploads() == 1; }));
  }
  const auto gone = next_heard();
  EXPECT_EQ(gone.at("op"), "upload_gone");
  EXPECT_EQ(gone.at("request"), check.at("request"));
  EXPECT_TRUE(loop_.run_until([&] { return uploads() == 0; }));
}

TEST_F(UploadResourceTest, AConductorThatGoesDoesNotBreakOffWhatIsUnderWay) {
  WebClient client(port());
  client.say(announced(200'000));
  reply(next_heard(), 100);
  say_all(client, std::string(100'000, 'x'));
  end_conductor();
  EXPECT_EQ(client.answers(), 0);
  begin_conductor();
  ASSERT_TRUE(loop_.run_until([&] { return link_->connected(); }));
  say_all(client, std::string(100'000, 'y'));
  const auto whole = next_heard();
  EXPECT_EQ(whole.at("op"), "upload");
  reply(whole, 201);
  EXPECT_EQ(answer_of(client).status, 201);
}

TEST_F(UploadResourceTest, AFileThatNobodyTookIsRemoved) {
  WebClient client(port());
  client.say(announced(1'000));
  reply(next_heard(), 100);
  say_all(client, std::string(1'000, 'x'));
  EXPECT_EQ(next_heard().at("op"), "upload");
  end_conductor();  // before it has answered: the next one does not know of it
  EXPECT_EQ(answer_of(client).status, 503);
  EXPECT_TRUE(loop_.run_until([&] { return uploads() == 0; }));
}

TEST_F(UploadResourceTest, ADiskThatRefusesIsTold) {
  std::filesystem::remove(folder_.path() + "/uploads");
  WebClient client(port());
  client.say(announced(1'000));
  reply(next_heard(), 100);
  say_all(client, std::string(1'000, 'x'));
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 507);
  EXPECT_EQ(answer.code(), "busy");
}

// --- In pieces -------------------------------------------------------------------------------------------------------

TEST_F(UploadResourceTest, AnUploadInPiecesIsBegunShownAndGivenUpByTheConductor) {
  const struct {
    const char* method;
    const char* target;
    const char* op;
  } kWishes[] = {{"POST", "/api/rooms/abc/uploads?name=s.wav&size=5000&seconds=2.5", "upload_begin"},
                 {"GET", "/api/rooms/abc/uploads/u1", "upload_show"},
                 {"DELETE", "/api/rooms/abc/uploads/u1", "upload_cancel"}};
  for (const auto& wish : kWishes) {
    WebClient client(port());
    client.say(request(wish.method, wish.target, kToken));
    const auto asked = next_heard();
    EXPECT_EQ(asked.at("op"), wish.op);
    EXPECT_EQ(asked.at("room"), "abc");
    EXPECT_EQ(asked.at("token"), "secret");
    if (asked.at("op") == "upload_begin") {
      EXPECT_EQ(asked.at("size"), 5000);
      EXPECT_EQ(asked.at("seconds"), 2.5);
      EXPECT_EQ(asked.at("name"), "s.wav");
    } else {
      EXPECT_EQ(asked.at("upload"), "u1");
    }
    reply(asked, 200, {{"upload", "u1"}});
    EXPECT_EQ(answer_of(client).json(), (nlohmann::json{{"upload", "u1"}}));
  }
}

TEST_F(UploadResourceTest, WhatIsNoSizeAndNoLengthIsNamed) {
  for (const char* size : {"size=-5", "size=1e3", "size=", "size=five", "name=x"}) {
    const HttpAnswer answer = ask("POST", std::string("/api/rooms/abc/uploads?name=s.wav&") + size, kToken);
    EXPECT_EQ(answer.status, 400) << size;
    EXPECT_NE(answer.body.find("size must be"), std::string::npos) << answer.body;
  }
  for (const char* seconds : {"nan", "inf", "-1", "2s"})
    EXPECT_EQ(ask("POST", std::string("/api/rooms/abc/uploads?size=5&seconds=") + seconds, kToken).status, 400) << seconds;
  EXPECT_TRUE(heard_.empty());
}

TEST_F(UploadResourceTest, OtherMethodsAndBodiesAreRefusedWherePiecesGo) {
  EXPECT_EQ(ask("HEAD", "/api/rooms/abc/uploads/u1", kToken).status, 405);
  EXPECT_EQ(ask("GET", "/api/rooms/abc/uploads", kToken).status, 405);
  EXPECT_EQ(ask("DELETE", "/api/rooms/abc/uploads", kToken).status, 405);
  EXPECT_EQ(ask("PATCH", "/api/rooms/abc/uploads/u1", kToken).status, 405);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/uploads?name=s.wav", kToken, "{}").status, 400);
  EXPECT_TRUE(heard_.empty());
}

TEST_F(UploadResourceTest, PiecesComeTogetherInTheFileThatTheConductorNames) {
  const std::string song = sound(100'000);
  const std::string file = config_.uploads_dir() + "/whole";
  for (const size_t offset : {size_t{0}, size_t{60'000}}) {
    const std::string piece = song.substr(offset, offset == 0 ? 60'000 : std::string::npos);
    WebClient client(port());
    client.say(announced(piece.size(), "/api/rooms/abc/uploads/u1?offset=" + std::to_string(offset)));
    const auto check = next_heard();
    EXPECT_EQ(check.at("op"), "piece_check");
    EXPECT_EQ(check.at("upload"), "u1");
    EXPECT_EQ(check.at("offset"), offset);
    reply(check, 100, link::PiecePlace{file, static_cast<int64_t>(song.size())}.to_json());
    say_all(client, piece);
    const auto came = next_heard();
    EXPECT_EQ(came.at("op"), "piece");
    reply(came, 200, {{"received", offset + piece.size()}});
    EXPECT_EQ(answer_of(client).status, 200);
  }
  EXPECT_EQ(folder_.read("uploads/whole"), song);
}

TEST_F(UploadResourceTest, APieceThatBreaksOffLeavesWhatWasThere) {
  const std::string file = folder_.write("uploads/whole", "earlier");
  {
    WebClient client(port());
    client.say(announced(1'000, "/api/rooms/abc/uploads/u1?offset=7"));
    reply(next_heard(), 100, link::PiecePlace{file, 1'007}.to_json());
    say_all(client, std::string(500, 'x'));
    ASSERT_TRUE(loop_.run_until([&] { return folder_.read("uploads/whole").size() == 507; }));
  }
  // The next one finds the file as it was, so that it may come again.
  WebClient client(port());
  client.say(announced(1'000, "/api/rooms/abc/uploads/u1?offset=7"));
  reply(next_heard(), 100, link::PiecePlace{file, 1'007}.to_json());
  say_all(client, std::string(1'000, 'y'));
  reply(next_heard(), 200);
  EXPECT_EQ(answer_of(client).status, 200);
  EXPECT_EQ(folder_.read("uploads/whole"), "earlier" + std::string(1'000, 'y'));
}

TEST_F(UploadResourceTest, APieceThatNobodyTookStaysForTheNextConductor) {
  const std::string file = folder_.write("uploads/whole", "earlier");
  WebClient client(port());
  client.say(announced(10, "/api/rooms/abc/uploads/u1?offset=7"));
  reply(next_heard(), 100, link::PiecePlace{file, 17}.to_json());
  say_all(client, "0123456789");
  EXPECT_EQ(next_heard().at("op"), "piece");
  end_conductor();
  EXPECT_EQ(answer_of(client).status, 503);
  EXPECT_EQ(folder_.read("uploads/whole"), "earlier0123456789");
}

TEST_F(UploadResourceTest, ALetInPieceWithoutAPlaceIsRefused) {
  WebClient client(port());
  client.say(announced(10, "/api/rooms/abc/uploads/u1?offset=0"));
  reply(next_heard(), 100, {{"nonsense", true}});
  EXPECT_EQ(answer_of(client).status, 503);
}

}  // namespace
}  // namespace roundelay::upload_resource_test
