#include "server/http/recording_resource.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/server/http/http_house.h"

namespace roundelay::recording_resource_test {
namespace {

class RecordingResourceTest : public HttpHouse {
 protected:
  RecordingResourceTest() {
    std::filesystem::create_directories(folder_.path() + "/recordings/room-12");
    folder_.write("recordings/room-12/mix.opus", "0123456789");
    folder_.write("recordings/room-12/0-7-0.log", "secret");
  }
  // The conductor says yes.
  HttpAnswer file(const std::string& target, const std::string& headers = {}, const std::string& method = "GET") {
    WebClient client(port());
    client.say(request(method, target, headers));
    reply(next_heard(), 200, {{"name", "Abend \xE2\x80\x93 Anna"}});
    return answer_of(client, true);
  }
  static constexpr const char* kMix = "/api/rooms/abc/recordings/room-12/mix.opus";
};

TEST_F(RecordingResourceTest, ListAndChangesAreTheConductorsToAnswer) {
  WebClient client(port());
  auto asked = heard_of_hers(client, "GET", "/api/rooms/abc/recordings");
  EXPECT_EQ(asked.at("op"), "recordings");
  EXPECT_EQ(asked.at("wish"), "list");
  reply(asked, 200, {{"recordings", nlohmann::json::array()}});
  EXPECT_TRUE(answer_of(client).json().at("recordings").is_array());

  WebClient mixes(port());
  asked = heard_of_hers(mixes, "POST", "/api/rooms/abc/recordings/room-12/mix", R"({"tracks":[{"track":1}]})");
  EXPECT_EQ(asked.at("wish"), "mix_again");
  EXPECT_EQ(asked.at("recording"), "room-12");
  EXPECT_EQ(asked.at("body").at("tracks").size(), 1u);
  WebClient packs(port());
  EXPECT_EQ(heard_of_hers(packs, "POST", "/api/rooms/abc/recordings/room-12/zip").at("wish"), "zip");
  WebClient sings(port());
  asked = heard_of_hers(sings, "POST", "/api/rooms/abc/recordings/room-12/track", R"({"file":"mix.flac"})");
  EXPECT_EQ(asked.at("wish"), "track");
  EXPECT_EQ(asked.at("body").at("file"), "mix.flac");
  WebClient deletes(port());
  EXPECT_EQ(heard_of_hers(deletes, "DELETE", "/api/rooms/abc/recordings/room-12").at("wish"), "delete");

  EXPECT_EQ(ask("GET", "/api/rooms/abc/recordings").status, 401);
  EXPECT_EQ(ask("POST", "/api/rooms/abc/recordings/room-12/mix", kHerToken, "{").code(), "bad_message");
  EXPECT_NE(ask("POST", kMix, kHerToken).head.find("allow: GET, HEAD"), std::string::npos);
  EXPECT_TRUE(heard_.empty());
}

TEST_F(RecordingResourceTest, AFileIsSentWithItsRangesAndAName) {
  WebClient client(port());
  client.say(request("GET", std::string(kMix) + "?pass=p%2Bq"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("wish"), "file");
  EXPECT_EQ(asked.at("pass"), "p+q");
  EXPECT_EQ(asked.at("file"), "mix.opus");
  reply(asked, 200, {{"name", "Abend"}});
  const HttpAnswer whole = answer_of(client);
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, "0123456789");
  EXPECT_NE(whole.head.find("content-type: audio/ogg"), std::string::npos);
  EXPECT_NE(whole.head.find("accept-ranges: bytes"), std::string::npos);
  const size_t etag_at = whole.head.find("etag: ") + 6;
  const std::string etag = whole.head.substr(etag_at, whole.head.find("\r\n", etag_at) - etag_at);

  const HttpAnswer part = file(kMix, "range: bytes=3-5\r\nif-range: " + etag + "\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_NE(part.head.find("content-range: bytes 3-5/10"), std::string::npos) << part.head;
  EXPECT_EQ(file(kMix, "range: bytes=3-5\r\nif-range: \"other\"\r\n").status, 200);
  EXPECT_EQ(file(kMix, "range: bytes=10-\r\n").status, 416);
  EXPECT_EQ(file(kMix, "if-none-match: " + etag + "\r\n").status, 304);
  const HttpAnswer head = file(std::string(kMix) + "?download=1", {}, "HEAD");
  EXPECT_NE(head.head.find("content-length: 10"), std::string::npos);
  EXPECT_NE(head.head.find("content-disposition: attachment; filename=\"Abend _ Anna.opus\""), std::string::npos) << head.head;
  folder_.write("recordings/room-12/mix.opus", "another one");
  EXPECT_EQ(file(kMix, "if-none-match: " + etag + "\r\n").status, 200);
}

TEST_F(RecordingResourceTest, NoOtherFileCanBeAskedFor) {
  for (const char* target : {"/api/rooms/abc/recordings/room-12/0-7-0.log", "/api/rooms/abc/recordings/room-12/%2e%2e",
                             "/api/rooms/abc/recordings/../mix.opus", "/api/rooms/abc/recordings/%2e%2e/mix.opus"}) {
    EXPECT_EQ(ask("GET", target, kHerToken).status, 404) << target;
  }
  EXPECT_TRUE(heard_.empty());
  EXPECT_EQ(file("/api/rooms/abc/recordings/room-12/mix.flac").status, 404) << "it is not made yet";
  std::filesystem::create_symlink("0-7-0.log", folder_.path() + "/recordings/room-12/mix.flac");
  EXPECT_EQ(file("/api/rooms/abc/recordings/room-12/mix.flac").status, 404) << "links are not followed";
}

TEST_F(RecordingResourceTest, WhoMayNotHaveItGetsTheConductorsAnswer) {
  WebClient client(port());
  client.say(request("GET", kMix));
  reply(next_heard(), 403, error_body("not_allowed", "No."));
  EXPECT_EQ(answer_of(client).code(), "not_allowed");
  stand();
  EXPECT_EQ(ask("GET", kMix).status, 503);
}

}  // namespace
}  // namespace roundelay::recording_resource_test
