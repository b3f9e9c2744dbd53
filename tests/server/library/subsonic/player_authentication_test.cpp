#include "server/library/subsonic/player_authentication.h"

#include "server/base/text.h"
#include "server/library/logins.h"
#include "tests/server/library/subsonic/subsonic_fixture.h"

namespace roundelay::player_authentication_test {
namespace {

using PlayerAuthenticationTest = SubsonicTest;

TEST_F(PlayerAuthenticationTest, TakesAPlayersPasswordPlainInHexAndAsADigest) {
  EXPECT_EQ(call_with("u=Anna&p=" + anna_password_, "ping")["status"], "ok");
  EXPECT_EQ(call_with("u=anna&p=enc:" + hex({reinterpret_cast<const uint8_t*>(anna_password_.data()), anna_password_.size()}),
                      "ping")["status"],
            "ok");
  EXPECT_EQ(call_with("u=Anna&s=c19b2d&t=" + player_digest(anna_password_, "c19b2d"), "ping")["status"], "ok");
  EXPECT_EQ(player_digest("sesame", "c19b2d"), "26719a1196d2a940705a59634eb18eab");  // the example of the API's description
  EXPECT_EQ(code_of(call_with("u=Anna&s=c19b2e&t=" + player_digest(anna_password_, "c19b2d"), "ping")), 40);
  EXPECT_EQ(code_of(call_with("u=Bert&p=" + anna_password_, "ping")), 40);
}

TEST_F(PlayerAuthenticationTest, TakesTheAccountsPasswordAndLooksAtItOnce) {
  const std::string proof = "u=Anna&p=open+sesame";
  LibraryRequest request = request_to(LibraryMethod::kGet, "/x");
  request.path = "/ping?" + proof;
  const LibraryAnswer first = subsonic_.answer(request);
  ASSERT_TRUE(first.password != nullptr);
  // While it is looked at, more come: they are no further tries, and wait for the same comparison.
  std::vector<LibraryAnswer> others;
  for (int i = 0; i < 100; ++i) {
    others.push_back(subsonic_.answer(request));
    ASSERT_TRUE(others.back().password != nullptr) << i;
    EXPECT_EQ(others.back().password->same, first.password->same);
  }
  for (const LibraryAnswer& other : others) EXPECT_TRUE(other.password->then(library_, {}, true).text != nullptr);
  EXPECT_TRUE(first.password->then(library_, {}, true).text != nullptr);
  EXPECT_EQ(subsonic_.answer(request).password, nullptr);
  // Until it is changed, or for a quarter of an hour.
  EXPECT_TRUE(run_sql(database_, "UPDATE accounts SET password = ?", {hashed("another one")}));
  EXPECT_NE(subsonic_.answer(request).password, nullptr);
  EXPECT_EQ(code_of(call_with(proof, "ping")), 40);
  unix_s_ += 600;
  EXPECT_EQ(call_with("u=Anna&p=another%20one", "ping")["status"], "ok");
  unix_s_ += 901;
  request = request_to(LibraryMethod::kGet, "/x");
  request.path = "/ping?u=Anna&p=another+one";
  EXPECT_NE(subsonic_.answer(request).password, nullptr);
}

TEST_F(PlayerAuthenticationTest, TakesATokenOfTheLibraryAsApiKey) {
  const std::string token = Logins(database_).add_token(anna_.id, "player", unix_s_).value();
  EXPECT_EQ(call_with("apiKey=" + token, "tokenInfo")["tokenInfo"]["username"], "Anna");
  EXPECT_EQ(code_of(call_with("apiKey=wrong", "ping")), 44);
  EXPECT_EQ(code_of(call_with("apiKey=" + token + "&u=Anna", "ping")), 43);
  EXPECT_EQ(code_of(call_with("apiKey=" + token + "&p=x", "ping")), 43);
  EXPECT_EQ(code_of(call_with("u=Anna&p=x&t=y&s=z", "ping")), 43);
}

TEST_F(PlayerAuthenticationTest, SaysWhatIsMissing) {
  EXPECT_EQ(code_of(call_with("", "ping")), 10);
  EXPECT_EQ(code_of(call_with("u=Anna", "ping")), 10);
  EXPECT_EQ(code_of(call_with("u=Anna&t=x", "ping")), 10);
  EXPECT_EQ(call_with("", "getOpenSubsonicExtensions")["status"], "ok");
}

TEST_F(PlayerAuthenticationTest, SlowsDownWhoTries) {
  const std::string wrong = "u=Anna&s=abc&t=00000000000000000000000000000000";
  for (int i = 0; i < 10; ++i) EXPECT_EQ(code_of(call_with(wrong, "ping")), 40) << i;
  EXPECT_EQ(code_of(call_with(wrong, "ping")), 0);
  EXPECT_EQ(code_of(call_with("u=Anna&p=guess", "ping")), 0);
  // Who has the right one is not kept out by others of her address.
  EXPECT_EQ(call_with("u=Anna&p=" + anna_password_, "ping")["status"], "ok");
}

TEST_F(PlayerAuthenticationTest, APasswordForAPlayerIsGoodUntilItIsTakenAway) {
  const auto mine = ask(LibraryMethod::kPost, "/auth/players", {{"name", "kitchen radio"}}, anna_);
  ASSERT_EQ(mine.status, 201);
  const std::string password = mine.data["password"];
  EXPECT_EQ(password.size(), 23U);
  EXPECT_EQ(call_with("u=Anna&p=" + password, "ping")["status"], "ok");
  const auto listed = ask(LibraryMethod::kGet, "/auth/players", nullptr, anna_).data["players"];
  ASSERT_EQ(listed.size(), 2U);
  EXPECT_EQ(listed[1]["name"], "kitchen radio");
  EXPECT_EQ(listed.dump().find(password), std::string::npos);
  const std::string path = "/auth/players/" + listed[1]["id"].dump();
  EXPECT_EQ(ask(LibraryMethod::kDelete, path, nullptr, bert_).status, 404);
  EXPECT_EQ(ask(LibraryMethod::kDelete, path, nullptr, anna_).status, 200);
  EXPECT_EQ(code_of(call_with("u=Anna&p=" + password, "ping")), 40);
  LibraryAccount by_token = anna_;
  by_token.session = 0;
  EXPECT_EQ(ask(LibraryMethod::kPost, "/auth/players", {{"name", "thief"}}, by_token).status, 403);
}

TEST_F(PlayerAuthenticationTest, APlayersPasswordIsNotInTheDatabaseAndWorthNothingWithoutTheKey) {
  std::string sealed;
  EXPECT_TRUE(each_row(database_, "SELECT sealed FROM player_passwords", {}, [&](const SqlRow& row) { sealed = row.text(0); }));
  EXPECT_EQ(library_.sealer.open(sealed, anna_.id), anna_password_);
  EXPECT_FALSE(library_.sealer.open(sealed, bert_.id).has_value());
  EXPECT_FALSE(Sealer().open(sealed, anna_.id).has_value());
  EXPECT_FALSE(library_.sealer.open(sealed.substr(2), anna_.id).has_value());
  EXPECT_FALSE(library_.sealer.open("zz", anna_.id).has_value());
  library_.sealer = Sealer();
  EXPECT_EQ(code_of(call_with("u=Anna&p=" + anna_password_, "ping")), 40);
}

}  // namespace
}  // namespace roundelay::player_authentication_test
