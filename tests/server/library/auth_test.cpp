// Accounts of the library: how one comes by one, in and out, and what is refused.
#include "server/library/sql.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay::auth_test {
namespace {

using enum LibraryMethod;

class LibraryAccounts : public LibraryTest {
 protected:
  LibraryAccounts() { settings_.registration = LibraryRegistration::kOpen; }
  // Her cookie.
  std::string newcomer(const std::string& name, const std::string& password = "open sesame") {
    return cookie_of(call(kPost, "/auth/register", {{"username", name}, {"password1", password}, {"password2", password}}));
  }
  std::string logged_in(const std::string& name, const std::string& password = "open sesame") {
    return cookie_of(call(kPost, "/auth/login", {{"username", name}, {"password", password}}));
  }
  static std::string cookie_of(const LibraryAnswer& answer) {
    for (const auto& [name, value] : answer.headers) {
      if (name == "set-cookie") return value.substr(0, value.find(';'));
    }
    return {};
  }
  static std::string code(const LibraryAnswer& answer) {
    return answer.errors.empty() ? "" : answer.errors[0].value("sentence", answer.errors[0].value("code", ""));
  }
};

TEST_F(LibraryAccounts, RegisterAndAreLoggedIn) {
  const LibraryAnswer made =
      call(kPost, "/auth/register", {{"username", "Anna"}, {"password1", "open sesame"}, {"password2", "open sesame"}});
  EXPECT_EQ(made.status, 201);
  EXPECT_EQ(made.data["account"]["role"], "member");
  ASSERT_EQ(made.headers.size(), 1U);
  EXPECT_NE(made.headers[0].second.find("; HttpOnly; SameSite=Lax"), std::string::npos);
  EXPECT_EQ(made.headers[0].second.find("Secure"), std::string::npos);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, cookie_of(made)).data["account"]["username"], "Anna");
  EXPECT_EQ(call(kGet, "/", nullptr, cookie_of(made)).data["account"]["username"], "Anna");
  EXPECT_TRUE(call(kGet, "/").data["account"].is_null());
}

TEST_F(LibraryAccounts, HaveSecureCookiesWhereTlsIs) {
  EXPECT_NE(session_cookie("x", "/choir/api/library", true).find("; Secure"), std::string::npos);
}

TEST_F(LibraryAccounts, AreRefusedWithTakenNamesAndBadPasswords) {
  newcomer("Anna");
  const auto attempt = [&](const char* name, const char* one, const char* two) {
    return code(call(kPost, "/auth/register", {{"username", name}, {"password1", one}, {"password2", two}}));
  };
  EXPECT_EQ(attempt("ANNA", "open sesame", "open sesame"), "library_name_is_taken");
  EXPECT_EQ(attempt("Ａnna", "open sesame", "open sesame"), "library_name_is_taken");
  EXPECT_EQ(attempt("Bert", "open sesame", "open sesam"), "library_passwords_differ");
  EXPECT_EQ(attempt("Bert", "short", "short"), "library_password_is_short");
}

TEST_F(LibraryAccounts, LogInByNameAndPasswordAlone) {
  newcomer("Anna");
  EXPECT_FALSE(logged_in("anna").empty());
  EXPECT_EQ(logged_in("Anna", "another one"), "");
  const LibraryAnswer unknown = call(kPost, "/auth/login", {{"username", "Bert"}, {"password", "another one"}});
  const LibraryAnswer wrong = call(kPost, "/auth/login", {{"username", "Anna"}, {"password", "another one"}});
  EXPECT_EQ(unknown.status, 401);
  EXPECT_EQ(unknown.body(), wrong.body());
}

TEST_F(LibraryAccounts, LogOutForGood) {
  const std::string cookie = newcomer("Anna");
  EXPECT_EQ(call(kPost, "/auth/logout", nullptr, cookie).status, 200);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, cookie).status, 401);
}

TEST_F(LibraryAccounts, EndTheirOtherSessions) {
  const std::string one = newcomer("Anna");
  const std::string two = logged_in("Anna");
  const auto sessions = call(kGet, "/auth/sessions", nullptr, one).data["sessions"];
  ASSERT_EQ(sessions.size(), 2U);
  for (const auto& session : sessions) {
    if (!session["current"]) {
      EXPECT_EQ(call(kDelete, "/auth/sessions/" + std::to_string(session["id"].get<int>()), nullptr, one).status, 200);
    }
  }
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, two).status, 401);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, one).status, 200);
}

TEST_F(LibraryAccounts, SeeWithWhatTheyAreLoggedIn) {
  const std::string cookie = newcomer("Anna");
  LibraryRequest phone = request_to(kPost, "/auth/login", {{"username", "Anna"}, {"password", "open sesame"}});
  phone.user_agent = "Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0";
  EXPECT_EQ(call(std::move(phone)).status, 200);
  const nlohmann::json sessions = call(kGet, "/auth/sessions", nullptr, cookie).data["sessions"];
  EXPECT_EQ(sessions.size(), 2U);
  for (const auto& session : sessions) {
    EXPECT_EQ(session["browser"], session["current"] ? "" : "Firefox");
    EXPECT_EQ(session["system"], session["current"] ? "" : "Android");
  }
}

TEST_F(LibraryAccounts, LoseSessionsThatNobodyUses) {
  const std::string cookie = newcomer("Anna");
  unix_s_ += 91 * 86'400;
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, cookie).status, 401);
}

TEST_F(LibraryAccounts, ChangeTheirPasswordAndEndTheOtherSessions) {
  const std::string cookie = newcomer("Anna");
  const std::string other = logged_in("Anna");
  EXPECT_EQ(code(call(kPost, "/auth/password",
                      {{"password", "wrong one"}, {"password1", "new secret"}, {"password2", "new secret"}}, cookie)),
            "library_password_is_wrong");
  EXPECT_EQ(call(kPost, "/auth/password", {{"password", "open sesame"}, {"password1", "new secret"}, {"password2", "new secret"}},
                 cookie)
                .status,
            200);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, other).status, 401);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, cookie).status, 200);
  EXPECT_FALSE(logged_in("Anna", "new secret").empty());
  EXPECT_TRUE(logged_in("Anna").empty());
}

TEST_F(LibraryAccounts, ForgetThemselvesWithTheirSongs) {
  const std::string cookie = newcomer("Anna");
  const auto anna = Accounts(database_).by_name("Anna").value().value();
  EXPECT_EQ(upload("aa", LibraryAccount{.id = anna.id, .name = "Anna", .role = LibraryRole::kMember}).status, 201);
  EXPECT_EQ(call(kPost, "/auth/forget", {{"password", "open sesame"}}, cookie).status, 200);
  EXPECT_EQ(call(kGet, "/auth/me", nullptr, cookie).status, 401);
  EXPECT_EQ(library_.unneeded_files, std::vector<std::string>{"aa"});
}

TEST_F(LibraryAccounts, EndBySlicesWhereTheyLeaveVeryMuch) {
  const std::string cookie = newcomer("Anna");
  const int64_t anna = call(kGet, "/auth/me", nullptr, cookie).data["account"]["id"],
                bert = account("Bert", LibraryRole::kMember).id;
  const auto many = [](const std::string& rows) {
    return "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) " + rows;
  };
  const std::string filled[] = {
      many("INSERT INTO files (hash, bytes, kind) SELECT 'h' || i, 1, 'mp3' FROM n"),
      many("INSERT INTO songs (title, hash, uploader, private, status, created) SELECT i, 'h' || i, ?1, 0, 'UPLOADED', 0 FROM n"),
      "INSERT INTO songs (title, hash, uploader, private, status, created) SELECT title, hash, ?2, 0, 'UPLOADED', 0 FROM songs "
      "WHERE "
      "uploader = ?1 AND CAST(title AS INTEGER) <= 100",
      "INSERT INTO plays (account, song, at) SELECT ?1, id, 1 FROM songs",
      "INSERT INTO ratings (account, song, value, at) SELECT ?1, id, 5, 1 FROM songs WHERE uploader = ?2",
      "INSERT INTO favourites (account, kind, item, at) SELECT ?1, 'song', id, 1 FROM songs",
      "INSERT INTO playlists (owner, name, fold, private, created, changed) VALUES (?1, 'Mine', 'mine', 1, 1, 1)",
      "INSERT INTO playlist_songs (playlist, place, song) SELECT playlists.id, songs.id, songs.id FROM playlists, songs"};
  for (const std::string& sql : filled) {
    SqlValues values;
    if (sql.find("?1") != std::string::npos) values.emplace_back(anna);
    if (sql.find("?2") != std::string::npos) values.emplace_back(bert);
    ASSERT_TRUE(run_sql(database_, sql, values)) << sql;
  }
  slices_ = 0;
  const LibraryAnswer gone = call(kPost, "/auth/forget", {{"password", "open sesame"}}, cookie);
  EXPECT_EQ(gone.status, 200);
  EXPECT_FALSE(gone.headers.empty()) << "the cookie is left for a day";
  EXPECT_GE(slices_, 10);
  for (const char* what :
       {"plays", "heard", "ratings", "favourites", "playlists", "playlist_songs", "sessions", "songs WHERE rating IS NOT NULL",
        "files WHERE NOT EXISTS (SELECT 1 FROM songs WHERE songs.hash = files.hash)"})
    EXPECT_EQ(sql_integer(database_, std::string("SELECT COUNT(*) FROM ") + what), 0) << what;
  EXPECT_EQ(sql_integer(database_, "SELECT COUNT(*) FROM songs"), sql_integer(database_, "SELECT COUNT(*) FROM files"));
  EXPECT_EQ(
      library_.unneeded_files.size() + static_cast<size_t>(sql_integer(database_, "SELECT COUNT(*) FROM files").value_or(0)),
      300U);
}

TEST_F(LibraryAccounts, ThatAreDeletedAreToldFromThoseThatWereLoggedOut) {
  account("Dora", LibraryRole::kAdmin);
  const std::string cookie = newcomer("Anna"), other = logged_in("Anna");
  EXPECT_EQ(call(kGet, "/", nullptr, "roundelay_library=nobody").data["account_gone"], false);
  const LibraryAnswer gone = call(kPost, "/auth/forget", {{"password", "open sesame"}}, cookie);
  EXPECT_NE(gone.headers.at(0).second.find("Max-Age=86400"), std::string::npos) << "her other windows are told by it";
  for (const std::string& each : {cookie, other}) {
    const auto asked = call(kGet, "/", nullptr, each);
    EXPECT_EQ(asked.data["account"], nullptr);
    EXPECT_EQ(asked.data["account_gone"], true);
    const auto refused = call(kGet, "/auth/me", nullptr, each);
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(refused.errors[0]["code"], "account_gone");
    EXPECT_EQ(code(refused), "library_account_is_gone");
  }
  unix_s_ += Logins::kKeepGoneS + 1;
  EXPECT_EQ(call(kGet, "/", nullptr, other).data["account_gone"], false) << "in the end nobody knows of it";
}

TEST_F(LibraryAccounts, KeepTheLastAdmin) {
  const LibraryAccount admin = account("Dora", LibraryRole::kAdmin);
  const std::string path = "/accounts/" + std::to_string(admin.id);
  EXPECT_EQ(code(ask(kDelete, path, nullptr, admin)), "library_last_admin");
  EXPECT_EQ(code(ask(kPatch, path, {{"role", "member"}}, admin)), "library_last_admin");
  account("Emil", LibraryRole::kAdmin);
  EXPECT_EQ(ask(kPatch, path, {{"role", "member"}}, admin).status, 200);
}

TEST_F(LibraryAccounts, HaveTheRoleOfTheirInvitationWhereAllMayCome) {
  nlohmann::json form{{"username", "Anna"}, {"password1", "open sesame"}, {"password2", "open sesame"}};
  const LibraryAccount curator = account("Cora", LibraryRole::kCurator);
  form["invitation"] = ask(kPost, "/invitations", {{"role", "curator"}}, curator).data["invitation"];
  EXPECT_EQ(call(kPost, "/auth/register", form).data["account"]["role"], "curator");
  form["username"] = "Bert";
  EXPECT_EQ(call(kPost, "/auth/register", form).data["account"]["role"], "member") << "it is used up";
  EXPECT_TRUE(ask(kGet, "/invitations", nullptr, curator).data["invitations"].empty());
}

TEST_F(LibraryAccounts, AreMadeByInvitationOnce) {
  settings_.registration = LibraryRegistration::kInvitation;
  nlohmann::json form{{"username", "Anna"}, {"password1", "open sesame"}, {"password2", "open sesame"}};
  EXPECT_EQ(code(call(kPost, "/auth/register", form)), "library_needs_an_invitation");
  const LibraryAccount curator = account("Cora", LibraryRole::kCurator);
  EXPECT_EQ(ask(kPost, "/invitations", {{"role", "admin"}}, curator).status, 403);
  form["invitation"] = ask(kPost, "/invitations", {{"role", "curator"}}, curator).data["invitation"];
  EXPECT_EQ(call(kPost, "/auth/register", form).data["account"]["role"], "curator");
  form["username"] = "Bert";
  EXPECT_EQ(code(call(kPost, "/auth/register", form)), "library_needs_an_invitation");
}

TEST_F(LibraryAccounts, AreNotMadeWhereTheLibraryIsClosed) {
  settings_.registration = LibraryRegistration::kClosed;
  EXPECT_EQ(newcomer("Anna"), "");
}

TEST_F(LibraryAccounts, GiveTokensToPrograms) {
  const std::string cookie = newcomer("Anna");
  const auto token = call(kPost, "/auth/tokens", {{"name", "player"}}, cookie).data["token"];
  LibraryRequest request = request_to(kGet, "/auth/me");
  request.authorization = "Bearer " + token.get<std::string>();
  EXPECT_EQ(call(request).data["account"]["username"], "Anna");
  // A stolen one brings forth no others.
  LibraryRequest another = request_to(kPost, "/auth/tokens", {{"name", "thief"}});
  another.authorization = request.authorization;
  EXPECT_EQ(call(another).status, 403);
  EXPECT_EQ(call(kDelete, "/auth/tokens/1", nullptr, cookie).status, 200);
  EXPECT_EQ(call(request).status, 401);
}

TEST_F(LibraryAccounts, AreNotUsedByPagesOfOtherSites) {
  const std::string cookie = newcomer("Anna");
  LibraryRequest request = request_to(kPost, "/auth/tokens", {{"name", "player"}});
  request.cookie = cookie;
  request.origin = "https://evil.example";
  EXPECT_EQ(call(request).status, 403);
  request.origin = "null";
  EXPECT_EQ(call(request).status, 403);
  request.origin = "https://choir.example";
  EXPECT_EQ(call(request).status, 201);
  settings_.public_origin = "https://sing.example";
  request.origin = "https://sing.example";
  EXPECT_EQ(call(request).status, 201);
}

TEST_F(LibraryAccounts, WaitAfterManyWrongPasswords) {
  newcomer("Anna");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(logged_in("Anna", "wrong one"), "");
  const LibraryAnswer refused = call(kPost, "/auth/login", {{"username", "Anna"}, {"password", "open sesame"}});
  EXPECT_EQ(refused.status, 429);
  address_ = "192.0.2.2";
  EXPECT_FALSE(logged_in("Anna").empty());
  unix_s_ += 60;
  address_ = "192.0.2.1";
  EXPECT_FALSE(logged_in("Anna").empty());
}

TEST_F(LibraryAccounts, OfAChoirThatSharesAnAddressAllComeIn) {
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(newcomer("Singer" + std::to_string(i)).empty()) << i;
  for (int i = 0; i < 30; ++i) EXPECT_FALSE(logged_in("Singer" + std::to_string(i)).empty()) << i;
  for (int i = 0; i < 10; ++i) EXPECT_EQ(logged_in("Singer0", "wrong one"), "");
  EXPECT_EQ(call(kPost, "/auth/login", {{"username", "Singer1"}, {"password", "open sesame"}}).status, 429);
}

TEST_F(LibraryAccounts, AllWhoAreInvitedComeInFromOneAddress) {
  settings_.registration = LibraryRegistration::kInvitation;
  nlohmann::json form = {{"password1", "open sesame"}, {"password2", "open sesame"}};
  const LibraryAccount curator = account("Cora", LibraryRole::kCurator);
  for (int i = 0; i < 80; ++i) {
    form["username"] = "Singer" + std::to_string(i);
    form["invitation"] = ask(kPost, "/invitations", nlohmann::json::object(), curator).data["invitation"];
    ASSERT_EQ(call(kPost, "/auth/register", form).status, 201) << i;
  }
  form["username"] = "Eve";
  int wrong = 0;
  while (wrong < 20 && call(kPost, "/auth/register", form).status == 403) ++wrong;
  EXPECT_EQ(wrong, 10) << "an invitation is good once";
}

TEST_F(LibraryAccounts, WaitAfterManyWrongPasswordsFromEverywhere) {
  address_ = "203.0.113.1";
  newcomer("Anna");
  int tried = 0;
  for (; tried < 40; ++tried) {
    address_ = "192.0.2." + std::to_string(tried);
    if (call(kPost, "/auth/login", {{"username", "Anna"}, {"password", "wrong one"}}).status == 429) break;
  }
  EXPECT_EQ(tried, 30);
}

TEST_F(LibraryAccounts, AreNotKeptOutByOthersWhoTryEverywhere) {
  newcomer("Anna");  // at home
  const std::string home = address_;
  for (int i = 0; i < 40; ++i) {
    address_ = "198.51.100." + std::to_string(i);
    static_cast<void>(logged_in("Anna", "wrong one"));
  }
  address_ = "203.0.113.9";
  EXPECT_EQ(call(kPost, "/auth/login", {{"username", "Anna"}, {"password", "open sesame"}}).status, 429);
  address_ = home;
  EXPECT_FALSE(logged_in("Anna").empty());
}

TEST(LibraryCookies, AreFoundAmongOthers) {
  EXPECT_EQ(cookie_value("a=1; roundelay_library=xyz; b=2", "roundelay_library"), "xyz");
  EXPECT_EQ(cookie_value("roundelay_library=xyz", "roundelay_library"), "xyz");
  EXPECT_EQ(cookie_value("not_roundelay_library=xyz; roundelay_library2=x", "roundelay_library"), "");
  EXPECT_EQ(cookie_value(";;=; =", "roundelay_library"), "");
}

}  // namespace
}  // namespace roundelay::auth_test
