// A library in a folder of its own, and requests to it.
#pragma once

#include <gtest/gtest.h>
#include <sodium.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "server/library/accounts.h"
#include "server/library/library_identity.h"
#include "server/library/library_routes.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/library/library_description.h"

namespace roundelay {

class LibraryTest : public testing::Test {
 protected:
  LibraryTest() {
    EXPECT_GE(sodium_init(), 0);
    settings_.files_dir = folder_.path() + "/library";
    std::filesystem::create_directories(settings_.files_dir);
  }

  // A request of nobody, unless `as` says who asks.
  LibraryAnswer ask(LibraryMethod method, std::string path, nlohmann::json body = nullptr,
                    std::optional<LibraryAccount> as = std::nullopt) {
    LibraryRequest request = request_to(method, std::move(path), std::move(body));
    request.account = std::move(as);
    return looked_at(request, finished(answer_library(library_, request)));
  }
  // The same with a cookie, by which it is found who asks.
  LibraryAnswer call(LibraryMethod method, std::string path, nlohmann::json body = nullptr, std::string cookie = {}) {
    LibraryRequest request = request_to(method, std::move(path), std::move(body));
    request.cookie = std::move(cookie);
    return call(std::move(request));
  }
  LibraryAnswer call(LibraryRequest request) {
    if (auto refused = identify(library_, request)) return looked_at(request, *refused);
    return looked_at(request, finished(answer_library(library_, request)));
  }
  LibraryAnswer upload(const std::string& content, std::optional<LibraryAccount> as, const std::string& title = "",
                       const std::string& kind = "mp3") {
    LibraryRequest request = request_to(LibraryMethod::kPost, "/songs/upload", {{"title", title}});
    request.account = std::move(as);
    request.file = ReceivedFile{.sha256 = content, .bytes = 7, .name = "Amazing Grace.mp3", .kind = kind};
    return looked_at(request, finished(answer_library(library_, request)));
  }

  LibraryRequest request_to(LibraryMethod method, std::string path, nlohmann::json body = nullptr) const {
    LibraryRequest request;
    request.method = method;
    if (const size_t query = path.find('?'); query != std::string::npos) {
      const size_t equals = path.find('=', query);
      request.query.emplace_back(path.substr(query + 1, equals - query - 1), path.substr(equals + 1));
      path.resize(query);
    }
    request.path = std::move(path);
    request.body = std::move(body);
    request.unix_s = unix_s_;
    request.now_ns = unix_s_ * 1'000'000'000;
    request.address = address_;
    request.host = "choir.example";
    return request;
  }
  // The same answer, if it is as server/library/openapi.json says.
  static LibraryAnswer looked_at(const LibraryRequest& request, LibraryAnswer answer) {
    EXPECT_EQ(LibraryDescription::get().fault_of(request, answer), "");
    return answer;
  }
  // Work on passwords is done at once, with libsodium as the librarian does it but cheaper; what is long is read and written.
  LibraryAnswer finished(LibraryAnswer answer) {
    while (answer.password) {
      const std::shared_ptr<PasswordWork> work = answer.password;
      if (work->hash.empty()) {
        char made[crypto_pwhash_STRBYTES] = {};
        EXPECT_EQ(crypto_pwhash_str_alg(made, work->password.data(), work->password.size(), crypto_pwhash_OPSLIMIT_MIN,
                                        crypto_pwhash_MEMLIMIT_MIN, crypto_pwhash_ALG_ARGON2ID13),
                  0);
        answer = work->then(library_, made, false);
      } else {
        const bool fits = crypto_pwhash_str_verify(work->hash.c_str(), work->password.data(), work->password.size()) == 0;
        answer = work->then(library_, {}, fits);
      }
    }
    if (answer.long_one) {
      while (answer.long_one->read_on && !answer.long_one->read_on(library_)) ++slices_;
      if (answer.long_one->then) return finished(answer.long_one->then(library_));
      const auto text = std::make_shared<const LibraryText>(answer.long_one->write());
      answer.long_one = nullptr;
      answer.status = text->status;
      answer.headers = text->headers;
      const auto json = text->content_type == "application/json" ? nlohmann::json::parse(text->text) : nlohmann::json();
      if (!json.contains("errors")) {  // it is a player's
        answer.text = text;
        return answer;
      }
      answer.data = json["data"];
      answer.errors = json["errors"];
    }
    return answer;
  }
  LibraryAccount account(const std::string& name, LibraryRole role) {
    const auto id = Accounts(library_.database).add({.name = name, .role = role, .created_s = unix_s_});
    EXPECT_TRUE(id && *id > 0) << name;
    return {.id = id.value_or(0), .name = name, .role = role, .session = 1};
  }

  int slices_ = 0;  // of long answers, beside the last of each
  TemporaryFolder folder_;
  int64_t unix_s_ = 1'800'000'000;
  std::string address_ = "192.0.2.1";
  LibrarySettings settings_;
  LibraryDatabase database_{folder_.path() + "/library.sqlite"};
  Library library_{database_, settings_};
};

}  // namespace roundelay
