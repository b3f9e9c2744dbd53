#include "server/http/track_resource.h"

#include <gtest/gtest.h>

#include "server/wire/link/track_file.h"
#include "tests/codec/test_sound.h"
#include "tests/server/http/http_house.h"

namespace roundelay::track_resource_test {
namespace {

using TrackResource = HttpHouse;

TEST_F(TrackResource, ATrackIsSentAsAFileOfItsPackets) {
  const auto made = test::make(test::sound_file(test::kWav, 48'000, 2, test::sample(test::glide, 48'000, 2, 1.5)));
  const std::string file = folder_.write("blob", std::string(made.blob.begin(), made.blob.end()));
  WebClient client(port());
  client.say(request("GET", "/api/rooms/abc/tracks/7/track.opus", kHerToken));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "track_file");
  EXPECT_EQ(asked.at("room"), "abc");
  EXPECT_EQ(asked.at("token"), "t");
  EXPECT_EQ(asked.at("track"), "7");
  reply(asked, 200, link::TrackPlace{file, "ab12", "Loch Lomond"}.to_json());
  const HttpAnswer sent = answer_of(client);
  ASSERT_EQ(sent.status, 200) << sent.body;
  for (const char* header : {"content-type: audio/ogg\r\n", "etag: \"ab12\"\r\n", "vary: authorization", "Loch Lomond.opus"})
    EXPECT_NE(sent.head.find(header), std::string::npos) << header << sent.head;
  const auto heard = test::make({reinterpret_cast<const uint8_t*>(sent.body.data()), sent.body.size()});
  ASSERT_TRUE(heard.info) << heard.info.error();
  EXPECT_DOUBLE_EQ(heard.info->seconds, 1.5);
  EXPECT_EQ(folder_.files_in("uploads"), 0);
}

TEST_F(TrackResource, WhatIsNotThereOrNotOnesOwnIsRefused) {
  EXPECT_EQ(ask("GET", "/api/rooms/abc/tracks/7/track.opus").status, 401);
  EXPECT_EQ(ask("DELETE", "/api/rooms/abc/tracks/7/track.opus", kHerToken).status, 405);
  EXPECT_TRUE(heard_.empty());
  for (const std::string& file : {folder_.path() + "/none", folder_.write("blob", "no track")}) {
    WebClient client(port());
    client.say(request("GET", "/api/rooms/abc/tracks/7/track.opus", kHerToken));
    reply(next_heard(), 200, link::TrackPlace{file, "ab12", "Loch Lomond"}.to_json());
    EXPECT_EQ(answer_of(client).code(), "no_track");
  }
}

}  // namespace
}  // namespace roundelay::track_resource_test
