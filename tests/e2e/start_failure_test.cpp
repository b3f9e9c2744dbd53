// What cannot start says so and ends, instead of trying for ever behind a page that works for nobody.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "tests/e2e/process.h"
#include "tests/e2e/server.h"

namespace roundelay::e2e::start_failure_test {
namespace {

namespace fs = std::filesystem;

class StartFailure : public testing::Test {
 protected:
  StartFailure() { fs::create_directories(data_); }

  // `serve` over the folder as it is ends by itself with status 1; what it said.
  std::string sentences_of_failed_start() {
    Process server({ROUNDELAY_PROGRAM, "serve", "--shards", "1", "--port", "0", "--host", "127.0.0.1", "--data", data_, "--web",
                    TEST_PAGE_DIR},
                   folder_ / "log");
    EXPECT_EQ(server.wait(15s), 1);
    EXPECT_EQ(server.output().find("ready"), std::string::npos);
    EXPECT_TRUE(children_of(server.pid()).empty());
    std::ifstream in(folder_ / "log");
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }
  // The last line is the sentence for people.
  static std::string last_line(std::string text) {
    while (!text.empty() && text.back() == '\n') text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }

  TemporaryFolder folder_;
  std::string data_ = folder_ / "data";
  std::string database_ = data_ + "/roundelay.sqlite";
};

TEST_F(StartFailure, AThemeWithAColourThatThereIsNotAndOneThatIsServed) {
  const std::string theme = folder_ / "theme.json";
  std::ofstream(theme) << R"({"light": {"inc": "#111111"}})";
  Process server({ROUNDELAY_PROGRAM, "serve", "--shards", "1", "--port", "0", "--host", "127.0.0.1", "--data", data_, "--web",
                  TEST_PAGE_DIR, "--theme", theme},
                 folder_ / "log");
  EXPECT_EQ(server.wait(15s), 1);
  std::ifstream in(folder_ / "log");
  std::ostringstream said;
  said << in.rdbuf();
  EXPECT_NE(said.str().find("There is no colour light.inc; the page has paper, leaf"), std::string::npos) << said.str();

  std::ofstream(theme) << R"({"light": {"ink": "#999999"}})";
  const Server good(1, {{"theme", theme}});
  const HttpAnswer sheet = good.request("GET", "/theme.css");
  EXPECT_EQ(sheet.status, 200);
  EXPECT_NE(sheet.headers.find("text/css"), std::string::npos) << sheet.headers;
  EXPECT_NE(sheet.body.find("--ink: #999999;"), std::string::npos) << sheet.body;
  EXPECT_NE(good.log().find("Hard to read: light.ink #999999 on light.paper #f4ecdd"), std::string::npos) << good.log();
}

TEST_F(StartFailure, ADatabaseOfRandomBytes) {
  std::mt19937 random(1);
  std::ofstream out(database_);
  for (int i = 0; i < 20'000; ++i) out.put(static_cast<char>(random()));
  out.close();
  const std::string said = last_line(sentences_of_failed_start());
  EXPECT_NE(said.find("roundelay: the conductor cannot start: The database " + database_), std::string::npos) << said;
  EXPECT_NE(said.find("not a database"), std::string::npos) << said;
}

TEST_F(StartFailure, ADatabaseOfANewerVersion) {
  sqlite3* db = nullptr;
  ASSERT_EQ(sqlite3_open(database_.c_str(), &db), SQLITE_OK);
  sqlite3_exec(db, "PRAGMA user_version = 99", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const std::string said = last_line(sentences_of_failed_start());
  EXPECT_NE(said.find("made by a newer version of Roundelay (schema 99"), std::string::npos) << said;
}

TEST_F(StartFailure, AFolderInPlaceOfTheDatabase) {
  fs::create_directories(database_);
  const std::string said = last_line(sentences_of_failed_start());
  EXPECT_NE(said.find("The database " + database_ + " cannot be opened"), std::string::npos) << said;
}

TEST_F(StartFailure, AFolderInPlaceOfTheKey) {
  fs::create_directories(data_ + "/secret.key");
  const std::string said = last_line(sentences_of_failed_start());
  EXPECT_NE(said.find("roundelay: the conductor cannot start: "), std::string::npos) << said;
  EXPECT_NE(said.find("secret.key"), std::string::npos) << said;
}

TEST_F(StartFailure, AShardThatCanNeverStart) {
  fs::create_directories(data_ + "/wake-0.sock/in the way");
  const std::string said = last_line(sentences_of_failed_start());
  EXPECT_NE(said.find("roundelay: shard 0 cannot start: "), std::string::npos) << said;
  EXPECT_NE(said.find("wake-0.sock"), std::string::npos) << said;
}

}  // namespace
}  // namespace roundelay::e2e::start_failure_test
