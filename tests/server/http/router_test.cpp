#include "server/http/router.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace roundelay::router_test {
namespace {

using Parts = Route::Parts;
using enum HttpRequest::Method;

// What the stars stand for; nothing if the path is of another pattern.
std::optional<Parts> fit(std::string_view pattern, std::string_view path) {
  Parts parts;
  return path_fits(pattern, path, parts) ? std::optional(parts) : std::nullopt;
}

TEST(PathFits, AStarIsOnePartThatIsNotEmpty) {
  EXPECT_EQ(fit("/api/rooms/*/uploads/*", "/api/rooms/abc/uploads/xyz"), (Parts{"abc", "xyz"}));
  EXPECT_EQ(fit("/api/rooms/*/tracks", "/api/rooms/a.b~c/tracks"), (Parts{"a.b~c"}));
  for (const char* other : {"/api/rooms/abc", "/api/rooms//tracks", "/api/rooms/abc/tracks/", "/api/rooms/abc/tracks/x",
                            "/api/rooms/abc/tracksx", "/api/rooms", "", "*"}) {
    EXPECT_FALSE(fit("/api/rooms/*/tracks", other)) << other;
  }
}

TEST(PathFits, PlainPathsAreThemselves) {
  EXPECT_TRUE(fit("/status", "/status"));
  for (const char* other : {"/status/", "/statu", "/statuss", "/", "//status"}) EXPECT_FALSE(fit("/status", other)) << other;
}

TEST(PathFits, TwoStarsAreWhateverFollows) {
  for (const char* path : {"/api/", "/api/x", "/api//", "/api/a/b/c"}) EXPECT_TRUE(fit("/api/**", path)) << path;
  for (const char* other : {"/api", "/apix", "/", ""}) EXPECT_FALSE(fit("/api/**", other)) << other;
  for (const char* path : {"/", "/a", "/a//b", "*"}) EXPECT_TRUE(fit("/**", path)) << path;
}

class RouterTest : public testing::Test, private HttpRequest::Channel {
 protected:
  static constexpr int64_t kNoBody = -1;

  // The row's name that answered, or the status of a refusal.
  std::string ask(std::string_view method, const std::string& path, int64_t bytes = kNoBody, const std::string& token = {},
                  const std::string& address = "203.0.113.5") {
    HttpHead head;
    head.method = method;
    head.path = path;
    head.content_length = bytes;
    if (!token.empty()) head.fields.emplace_back("authorization", token);
    answered_by_.clear();
    HttpRequest::Channel& channel = *this;
    HttpRequest request(std::move(head), address, {}, channel);
    router_.on_request(request);
    return request.answered() ? std::to_string(request.response().status) : answered_by_;
  }
  Route row(Methods methods, std::string_view path, const std::string& name, MayAsk who = MayAsk::kEverybody, Body body = {}) {
    return {methods, path, who, body, [this, name](HttpRequest&, const Parts&) { answered_by_ = name; }};
  }

  std::string answered_by_;
  Router router_{{
      row(kReads, "/a", "reads"),
      row({kPost}, "/a/*", "small", MayAsk::kEverybody, {Body::Kind::kSmall, 100}),
      row({kDelete}, "/a/*", "none", MayAsk::kEverybody, {Body::Kind::kNone}),
      row({kPost}, "/files", "file", MayAsk::kTokenHolders, {Body::Kind::kFile, 1'000'000}),
      row(kReads, "/secret", "private", MayAsk::kPrivateAddresses),
      row(kAnyMethod, "/**", "rest"),
  }};

 private:
  void on_answer() override {}
  void pause_body(bool) override {}
};

TEST_F(RouterTest, TheFirstRowThatFitsAnswers) {
  EXPECT_EQ(ask("GET", "/a"), "reads");
  EXPECT_EQ(ask("HEAD", "/a"), "reads");
  EXPECT_EQ(ask("POST", "/a"), "rest");
  EXPECT_EQ(ask("POST", "/a/b"), "small");
  EXPECT_EQ(ask("DELETE", "/a/b"), "none");
  EXPECT_EQ(ask("PATCH", "/a/b"), "rest");
}

TEST_F(RouterTest, ABodyThatDoesNotFitIsRefused) {
  EXPECT_EQ(ask("POST", "/a/b", 100), "small");
  EXPECT_EQ(ask("POST", "/a/b", 101), "413");
  EXPECT_EQ(ask("DELETE", "/a/b", 0), "none");
  EXPECT_EQ(ask("DELETE", "/a/b", 1), "400");
  const std::string token = "Bearer x";
  EXPECT_EQ(ask("POST", "/files", kNoBody, token), "411");
  EXPECT_EQ(ask("POST", "/files", 0, token), "422");
  EXPECT_EQ(ask("POST", "/files", 1'000'001, token), "413");
  EXPECT_EQ(ask("POST", "/files", 1'000'000, token), "file");
}

TEST_F(RouterTest, WhoMayNotIsRefused) {
  EXPECT_EQ(ask("POST", "/files", 10), "401");
  EXPECT_EQ(ask("POST", "/files", 10, "Basic x"), "401");
  EXPECT_EQ(ask("POST", "/files", 10, "bearer x"), "file");
  EXPECT_EQ(ask("GET", "/secret"), "403");
  EXPECT_EQ(ask("GET", "/secret", kNoBody, {}, "192.168.1.2"), "private");
}

}  // namespace
}  // namespace roundelay::router_test
