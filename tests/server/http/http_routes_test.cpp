#include "server/http/http_routes.h"

#include <gtest/gtest.h>

#include "tests/server/http/http_house.h"
#include "tests/server/store/logged.h"

namespace roundelay::http_routes_test {
namespace {

// --- Of every shard ------------------------------------------------------------------------------------------------

using Routes = HttpHouse;

TEST_F(Routes, HealthIsGoodWhileAllProcessesTurn) {
  const HttpAnswer answer = ask("GET", "/healthz");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json(), (nlohmann::json{{"status", "ok"}}));
  EXPECT_EQ(ask("HEAD", "/healthz").status, 200);
}

TEST_F(Routes, HealthNamesTheProcessThatStands) {
  stand();
  const HttpAnswer answer = ask("GET", "/healthz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.json().at("status"), "unwell");
  EXPECT_EQ(answer.json().at("processes"), (nlohmann::json{{{"process", "conductor"}, {"state", "stands"}}}));
  EXPECT_NE(answer.message().find("conductor stands"), std::string::npos);
}

TEST_F(Routes, HealthNamesAConductorThatIsAway) {
  end_conductor();
  const HttpAnswer answer = ask("GET", "/healthz");
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.json().at("processes"), (nlohmann::json{{{"process", "conductor"}, {"state", "away"}}}));
}

TEST_F(Routes, StatusHasTheShardsCountersAndWhatTheConductorCounts) {
  segment_.shard(kShard).singers = 7;
  WebClient client(port());
  client.say(request("GET", "/status"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "http");
  EXPECT_EQ(asked.at("path"), link::Counts::kPath);
  reply(asked, 200, link::Counts{.rooms = 3, .people = 12, .singers = 9}.to_json());
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.json().at("rooms"), 3);
  EXPECT_EQ(answer.json().at("shards").at(0).at("singers"), 7);
}

TEST_F(Routes, StatusIsToldWithoutAConductorToo) {
  stand();
  EXPECT_EQ(ask("GET", "/status").json().at("shards").size(), 1u) << "it stands: nobody waits for it";
  beat();
  WebClient client(port());
  client.say(request("GET", "/status"));
  (void)next_heard();
  end_conductor();
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 200) << "it went while it was asked";
  EXPECT_FALSE(answer.json().contains("rooms"));
}

TEST_F(Routes, MetricsHaveTheConductorsCountsWhileItIsThere) {
  WebClient client(port());
  client.say(request("GET", "/metrics"));
  reply(next_heard(), 200, link::Counts{.rooms = 3, .people = 12, .singers = 9}.to_json());
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.head.find("content-type: text/plain"), std::string::npos) << answer.head;
  EXPECT_NE(answer.body.find("roundelay_rooms 3"), std::string::npos);
  EXPECT_NE(answer.body.find("\nroundelay_library_up 0\n"), std::string::npos) << "there is no librarian here";
  end_conductor();
  const HttpAnswer without = ask("GET", "/metrics");
  EXPECT_EQ(without.status, 200);
  EXPECT_EQ(without.body.find("roundelay_rooms 3"), std::string::npos);
  EXPECT_NE(without.body.find("roundelay_"), std::string::npos);
}

// A request that came from elsewhere than this machine.
struct FromElsewhere final : HttpRequest::Channel {
  void on_answer() override {}
  void pause_body(bool) override {}
  [[nodiscard]] static HttpHead head(const std::string& path) {
    HttpHead out;
    out.method = "GET";
    out.path = path;
    return out;
  }
};

TEST_F(Routes, MetricsAreForPrivateAddressesUnlessTheyArePublic) {
  FromElsewhere channel;
  for (const char* address : {"203.0.113.5", "2001:db8::5"}) {
    HttpRequest request(FromElsewhere::head("/metrics"), address, {}, channel);
    routes_->on_request(request);
    ASSERT_TRUE(request.answered());
    EXPECT_EQ(request.response().status, 403) << address;
    routes_->on_request_gone(request);
  }
  stand();  // so that nobody is asked
  for (const bool everybody : {false, true}) {
    config_.metrics_public = everybody;
    HttpRoutes routes(loop_.get(), config_, segment_, kShard, *link_, live_);
    HttpRequest request(FromElsewhere::head("/metrics"), everybody ? "203.0.113.5" : "10.1.2.3", {}, channel);
    routes.on_request(request);
    ASSERT_TRUE(request.answered());
    EXPECT_EQ(request.response().status, 200);
    routes.on_request_gone(request);
  }
}

TEST_F(Routes, MetricsAreRefusedToWhoComesThroughAProxyFromElsewhere) {
  EXPECT_EQ(ask("GET", "/metrics", "X-Forwarded-For: 10.1.2.3, 203.0.113.5\r\n").status, 403);
  stand();
  EXPECT_EQ(ask("GET", "/metrics", "X-Forwarded-For: 203.0.113.5, 10.1.2.3\r\n").status, 200);
}

TEST_F(Routes, WhoComesThroughATrustedProxyHasTheAddressThatItTells) {
  WebClient client(port());
  client.say(request("POST", "/api/rooms", "X-Forwarded-For: 192.0.2.7\r\n", "{}"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("address"), "192.0.2.7");
  reply(asked, 201);
  EXPECT_EQ(answer_of(client).status, 201);
}

TEST_F(Routes, TooManyOfOneAddressAreLoggedWithWhatCuresIt) {
  const std::string log = test::logged([this] {
    WebClient client(port());
    client.say(request("POST", "/api/rooms", "Connection: close\r\n", "{}"));
    reply(next_heard(), 429);
    EXPECT_TRUE(loop_.run_until([&] { return client.ended(); }));
  });
  EXPECT_NE(log.find("/api/rooms of one address, 127.0.0.1 (connection from 127.0.0.1"), std::string::npos) << log;
  EXPECT_NE(log.find("X-Forwarded-For"), std::string::npos) << log;
}

TEST(WhereFrom, NamesTheSettingThatCures) {
  const auto told = [](const char* address, const char* peer, const char* header, const char* words) {
    const std::string text = where_from(address, peer, header, "10.0.0.1");
    EXPECT_NE(text.find(words), std::string::npos) << text;
  };
  told("10.0.0.2", "10.0.0.2", "192.0.2.7",
       "if 10.0.0.2 is a proxy of yours, name it in trusted_proxies, which is '10.0.0.1' now");
  told("10.0.0.1", "10.0.0.1", "", "let it tell who asks in X-Forwarded-For");
  told("10.0.0.2", "10.0.0.1", "10.0.0.2", "if 10.0.0.2 is a proxy of yours too, name it in trusted_proxies");
  told("10.0.0.2", "10.0.0.2", "a\nb\x80", "'a?b?'");
}

class UnderAPath : public HttpHouse {
 protected:
  UnderAPath() {
    folder_.write("page/index.html",
                  R"(<meta name="base-path" content="/"><link href="/assets/page.css"><script src="/assets/page.js"></script>)");
    config_.base_path = "/sing/";
    routes_ = std::make_unique<HttpRoutes>(loop_.get(), config_, segment_, kShard, *link_, live_);
  }
};

TEST_F(UnderAPath, ThePageKnowsWhereItIs) {
  for (const char* path : {"/sing/", "/sing/r/abc"}) {
    const HttpAnswer page = ask("GET", path);
    EXPECT_EQ(page.status, 200) << path;
    EXPECT_EQ(page.body, R"(<meta name="base-path" content="/sing/"><link href="/sing/assets/page.css">)"
                         R"(<script src="/sing/assets/page.js"></script>)");
  }
  EXPECT_EQ(ask("GET", "/sing/nothing").body, ask("GET", "/sing/").body);
  EXPECT_EQ(ask("GET", "/sing/assets/page-1234.js").body, "sing()");
}

TEST_F(UnderAPath, InterfacesForProgramsAreDescribed) {
  for (const auto& [path, known] : {std::pair("/sing/api/openapi.json", "/api/rooms/{room}/commands"),
                                    std::pair("/sing/api/library/openapi.json", "/songs/{id}")}) {
    const HttpAnswer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_TRUE(nlohmann::json::parse(answer.body).at("paths").contains(known)) << path;
  }
}

TEST_F(UnderAPath, WhoForgetsTheSlashIsLedThere) {
  const HttpAnswer answer = ask("GET", "/sing?a=b");
  EXPECT_EQ(answer.status, 301);
  EXPECT_NE(answer.head.find("location: /sing/?a=b\r\n"), std::string::npos) << answer.head;
}

TEST_F(UnderAPath, OutsideOfItIsNothingButWhatProbesAsk) {
  for (const char* path : {"/", "/r/abc", "/status", "/api/rooms", "/singers", "/assets/page-1234.js"}) {
    const HttpAnswer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 404) << path;
    EXPECT_NE(answer.message().find("this server is at /sing/"), std::string::npos) << answer.message();
  }
  EXPECT_EQ(ask("POST", "/sing").status, 404);
  EXPECT_EQ(ask("GET", "/healthz").status, 200);
  stand();
  EXPECT_EQ(ask("GET", "/metrics").status, 200);
  EXPECT_EQ(ask("GET", "/sing/metrics").status, 200);
}

// --- Pages -----------------------------------------------------------------------------------------------------------

TEST_F(Routes, ThePageIsAtTheRootAndAtEveryRoom) {
  for (const char* path :
       {"/", "/r/abc", "/r/abc/recordings", "/library", "/library/songs/12", "/library/playlists/3", "/library/favourites",
        "/library/account", "/library/recommended", "/library/duplicates", "/library/api", "/library/artists",
        "/library/artists/4", "/library/albums/5", "/library/settings", "/index.html"}) {
    const HttpAnswer answer = ask("GET", path);
    EXPECT_EQ(answer.status, 200) << path;
    EXPECT_EQ(answer.body, "<title>The page</title>");
  }
  EXPECT_EQ(ask("HEAD", "/").status, 200);
  EXPECT_NE(ask("GET", "/assets/page-1234.js").head.find("immutable"), std::string::npos);
}

TEST_F(Routes, WhereNothingIsPeopleGetThePageAndProgramsJson) {
  const HttpAnswer typed = ask("GET", "/nothing/here");
  EXPECT_EQ(typed.status, 404);
  EXPECT_EQ(typed.body, "<title>The page</title>");
  EXPECT_EQ(ask("GET", "/assets/nothing.js").code(), "not_found");
  EXPECT_EQ(ask("GET", "/nothing.js").status, 404);
}

TEST_F(Routes, OtherMethodsThanReadingAreRefusedOutsideTheApi) {
  for (const char* path : {"/", "/healthz", "/status", "/metrics", "/nothing", "/api/internal/counts"}) {
    EXPECT_EQ(ask("POST", path, {}, "{}").status, 405) << path;
    EXPECT_EQ(ask("DELETE", path).status, 405) << path;
    EXPECT_EQ(ask("PATCH", path).status, 405) << path;
  }
}

TEST_F(Routes, AMethodThatIsRefusedIsToldWhichOthersThereAre) {
  const HttpAnswer page = ask("DELETE", "/");
  EXPECT_NE(page.head.find("\r\nallow: GET, HEAD"), std::string::npos) << page.head;
  const HttpAnswer tracks = ask("GET", "/api/rooms/abc/tracks");
  EXPECT_EQ(tracks.status, 405);
  EXPECT_NE(tracks.head.find("\r\nallow: POST"), std::string::npos) << tracks.head;
  const HttpAnswer library = ask("OPTIONS", "/api/library/songs/");
  EXPECT_EQ(library.status, 405);
  EXPECT_NE(library.head.find("\r\nallow: GET, HEAD, POST"), std::string::npos) << library.head;
  EXPECT_TRUE(heard_.empty());
}

TEST_F(Routes, AddressesOfProgramsAnswerNoPage) {
  EXPECT_EQ(ask("GET", "/api").code(), "not_found");
  const HttpAnswer socket = ask("GET", "/ws");
  EXPECT_EQ(socket.status, 426);
  EXPECT_EQ(socket.code(), "bad_message");
  EXPECT_EQ(ask("GET", "/r/abc/def").status, 404);
  EXPECT_EQ(ask("GET", "/library/songs/one").status, 404);
  EXPECT_EQ(ask("GET", "/libraryx").status, 404);
  EXPECT_EQ(ask("GET", "/library/settings/1").status, 404);
}

TEST_F(Routes, WhatShardsAskOfTheConductorIsNobodyElses) {
  EXPECT_EQ(ask("GET", "/api/internal/counts").status, 404);
  EXPECT_TRUE(heard_.empty());
}

// --- The conductor's resources ---------------------------------------------------------------------------------------

TEST_F(Routes, ARequestOfTheApiIsTheConductorsToAnswer) {
  WebClient client(port());
  client.say(request("POST", "/api/rooms", {}, R"({"name":"Choir"})"));
  const auto asked = next_heard();
  EXPECT_EQ(asked.at("op"), "http");
  EXPECT_EQ(asked.at("method"), "POST");
  EXPECT_EQ(asked.at("path"), "/api/rooms");
  EXPECT_EQ(asked.at("address"), "127.0.0.1");
  EXPECT_EQ(asked.at("body"), (nlohmann::json{{"name", "Choir"}}));
  reply(asked, 201, {{"room", "abc"}});
  const HttpAnswer answer = answer_of(client);
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.json(), (nlohmann::json{{"room", "abc"}}));
}

TEST_F(Routes, MethodsOfTheApi) {
  for (const auto& [method, told] : {std::pair{"GET", "GET"}, {"HEAD", "GET"}, {"DELETE", "DELETE"}, {"POST", "POST"}}) {
    WebClient client(port());
    client.say(request(method, "/api/rooms/abc/tracks/t"));
    const auto asked = next_heard();
    EXPECT_EQ(asked.at("method"), told) << method;
    EXPECT_TRUE(asked.at("body").is_null());
    reply(asked, 404, error_body("no_track", "There is no such track."));
    EXPECT_EQ(answer_of(client, true).status, 404);
  }
  EXPECT_EQ(ask("PATCH", "/api/rooms/abc").status, 405);
}

TEST_F(Routes, ABodyOfTheApiIsSmallJson) {
  EXPECT_EQ(ask("POST", "/api/rooms", {}, "{no").code(), "bad_message");
  WebClient most(port());
  most.say(request("POST", "/api/rooms", {}, '"' + std::string(16'382, 'x') + '"'));
  reply(next_heard(), 200);
  EXPECT_EQ(answer_of(most).status, 200);
  const HttpAnswer more = ask("POST", "/api/rooms", {}, '"' + std::string(16'383, 'x') + '"');
  EXPECT_EQ(more.status, 413);
  EXPECT_EQ(more.code(), "too_large");
  EXPECT_TRUE(heard_.empty());
}

TEST_F(Routes, WithoutAConductorTheApiSaysSoAtOnce) {
  stand();
  const HttpAnswer stands = ask("GET", "/api/rooms/abc");
  EXPECT_EQ(stands.status, 503);
  EXPECT_EQ(stands.code(), "busy");
  beat();
  WebClient waits(port());
  waits.say(request("GET", "/api/rooms/abc"));
  (void)next_heard();
  end_conductor();
  EXPECT_EQ(answer_of(waits).status, 503);
  EXPECT_EQ(ask("GET", "/api/rooms/abc").status, 503);
  begin_conductor();
  ASSERT_TRUE(loop_.run_until([&] { return link_->connected(); }));
  WebClient again(port());
  again.say(request("GET", "/api/rooms/abc"));
  reply(next_heard(), 200);
  EXPECT_EQ(answer_of(again).status, 200);
}

TEST_F(Routes, AnAnswerForWhoIsGoneIsNobodys) {
  WebClient stays(port());
  stays.say(request("GET", "/api/rooms/stays"));
  const auto first = next_heard();
  nlohmann::json asked;
  {
    WebClient leaves(port());
    leaves.say(request("GET", "/api/rooms/leaves"));
    asked = next_heard();
  }
  reply(asked, 200, {{"for", "who left"}});
  reply({{"request", 123'456}}, 200);
  reply(first, 200, {{"for", "who stays"}});
  EXPECT_EQ(answer_of(stays).json(), (nlohmann::json{{"for", "who stays"}}));
}

}  // namespace
}  // namespace roundelay::http_routes_test
