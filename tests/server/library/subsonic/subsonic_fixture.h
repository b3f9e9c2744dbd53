// A library asked as players ask it.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>

#include "server/library/player_passwords.h"
#include "server/library/songs.h"
#include "server/library/subsonic/subsonic.h"
#include "tests/server/library/library_fixture.h"

namespace roundelay {

class SubsonicTest : public LibraryTest {
 protected:
  SubsonicTest() {
    EXPECT_TRUE(run_sql(database_, "UPDATE accounts SET password = ?", {hashed("open sesame")}));
    anna_password_ = PlayerPasswords(database_, library_.sealer).add(anna_.id, "phone", unix_s_).value_or("");
  }

  static std::string hashed(const std::string& password) {
    char out[crypto_pwhash_STRBYTES] = {};
    EXPECT_EQ(crypto_pwhash_str_alg(out, password.data(), password.size(), crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN,
                                    crypto_pwhash_ALG_ARGON2ID13),
              0);
    return out;
  }
  // The text of an answer to `query` as it would come.
  LibraryAnswer raw(const std::string& method, const std::string& query, const std::string& form = "") {
    LibraryRequest request = request_to(LibraryMethod::kGet, "/x");
    request.path = "/" + method + "?" + query;
    if (!form.empty()) {
      request.method = LibraryMethod::kPost;
      request.body = form;
    }
    return finished(subsonic_.answer(std::move(request)));
  }
  nlohmann::json call_with(const std::string& proof, const std::string& method, const std::string& more = "") {
    const LibraryAnswer answer = raw(method, proof + "&v=1.16.1&c=test&f=json" + (more.empty() ? "" : "&" + more));
    EXPECT_TRUE(answer.text != nullptr) << method;
    if (!answer.text) return {};
    return nlohmann::json::parse(answer.text->text)["subsonic-response"];
  }
  // Of Anna.
  nlohmann::json get(const std::string& method, const std::string& more = "") {
    return call_with("u=Anna&p=" + anna_password_, method, more);
  }
  int code_of(const nlohmann::json& response) {
    return response["status"] == "failed" ? response["error"]["code"].get<int>() : -1;
  }

  // With a file; public unless `fields` say otherwise.
  int64_t song(nlohmann::json fields, const LibraryAccount& owner) {
    fields.emplace("private", false);
    const auto id = Songs(database_).add({owner.id, owner.role}, fields, unix_s_);
    EXPECT_TRUE(id.has_value()) << fields;
    const std::string hash = "hash" + std::to_string(id.value_or(0));
    EXPECT_TRUE(run_sql(database_, "INSERT INTO files (hash, bytes, kind) VALUES (?, 400000, 'mp3')", {hash}));
    EXPECT_TRUE(run_sql(database_, "UPDATE songs SET hash = ?, status = 'UPLOADED' WHERE id = ?", {hash, id.value_or(0)}));
    return id.value_or(0);
  }

  LibraryAccount anna_ = account("Anna", LibraryRole::kMember);
  LibraryAccount bert_ = account("Bert", LibraryRole::kMember);
  LibraryAccount dora_ = account("Dora", LibraryRole::kAdmin);
  std::string anna_password_;
  Subsonic subsonic_{library_};
};

}  // namespace roundelay
